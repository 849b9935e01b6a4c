package dev.laneway.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}: the keys of a running gateway's clients. */
@Command(
        name = "keys",
        description = "Makes, shows and changes the keys of a running gateway's clients. Needs the master key.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeysListCommand.class,
            KeysCreateCommand.class,
            KeysShowCommand.class,
            KeysChangeCommand.Block.class,
            KeysChangeCommand.Unblock.class,
            KeysRotateCommand.class,
            KeysChangeCommand.Delete.class
        },
        footer = {"", "Exit codes: 0 done, 1 refused or out of reach, 2 called wrongly."})
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
