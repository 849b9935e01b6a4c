package dev.laneway.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code config}: what the config file was before, what changed since, and the way back. */
@Command(
        name = "config",
        description =
                "Lists what the config file was before, compares, and rolls back; lists every key that it may have.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConfigHistoryCommand.class,
            ConfigDiffCommand.class,
            ConfigRollbackCommand.class,
            ConfigKeysCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
