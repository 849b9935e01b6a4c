package dev.laneway.standalone.ledger;

import dev.laneway.standalone.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ledger}: the tables of what was spent. */
@Command(
        name = "ledger",
        description = "Has the ledger made anew from the log of usage.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = LedgerRebuildCommand.class)
public final class LedgerCommand extends CommandGroup {}
