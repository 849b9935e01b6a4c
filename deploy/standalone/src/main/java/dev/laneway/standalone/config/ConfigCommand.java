package dev.laneway.standalone.config;

import dev.laneway.standalone.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class ConfigCommand extends CommandGroup {}
