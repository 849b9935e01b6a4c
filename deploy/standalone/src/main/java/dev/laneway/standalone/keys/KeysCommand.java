package dev.laneway.standalone.keys;

import dev.laneway.standalone.cli.CommandGroup;
import picocli.CommandLine.Command;

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
            KeysUpdateCommand.class,
            KeysChangeCommand.Block.class,
            KeysChangeCommand.Unblock.class,
            KeysRotateCommand.class,
            KeysChangeCommand.Delete.class
        },
        footer = {"", "Exit codes: 0 done, 1 refused or out of reach, 2 called wrongly."})
public final class KeysCommand extends CommandGroup {}
