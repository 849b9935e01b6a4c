package dev.laneway.standalone;

import picocli.CommandLine.Command;

/** {@code dead}: the dead letters of a running system. */
@Command(
        name = "dead",
        description = "Shows records that could not be processed, and sends them out again.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DeadListCommand.class, DeadShowCommand.class, DeadReplayCommand.class})
final class DeadCommand extends CommandGroup {}
