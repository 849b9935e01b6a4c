package dev.laneway.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dead}: the dead letters of a running system. */
@Command(
        name = "dead",
        description = "Shows records that could not be processed, and sends them out again.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DeadListCommand.class, DeadShowCommand.class, DeadReplayCommand.class})
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class DeadCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
