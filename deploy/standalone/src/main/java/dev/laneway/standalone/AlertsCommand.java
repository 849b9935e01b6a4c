package dev.laneway.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alerts}: what a running gateway told its operator of, and what it shall not tell of for a while. */
@Command(
        name = "alerts",
        description = "Shows the alerts of a running gateway, and keeps it from telling of some. Needs the master key.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AlertsListCommand.class,
            AlertsSilencesCommand.class,
            AlertsSilenceCommand.class,
            AlertsEndCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 refused or out of reach, 2 called wrongly."})
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class AlertsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
