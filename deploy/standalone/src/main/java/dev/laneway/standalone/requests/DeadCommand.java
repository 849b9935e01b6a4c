package dev.laneway.standalone.requests;

import dev.laneway.standalone.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code dead}: the dead letters of a running system. */
@Command(
        name = "dead",
        description = "Shows records that could not be processed, and sends them out again.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DeadListCommand.class, DeadShowCommand.class, DeadReplayCommand.class})
public final class DeadCommand extends CommandGroup {}
