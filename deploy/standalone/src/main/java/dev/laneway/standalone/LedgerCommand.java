package dev.laneway.standalone;

import picocli.CommandLine.Command;

/** {@code ledger}: the tables of what was spent. */
@Command(
        name = "ledger",
        description = "Has the ledger made anew from the log of usage.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = LedgerRebuildCommand.class)
final class LedgerCommand extends CommandGroup {}
