package dev.laneway.standalone;

import picocli.CommandLine.Command;

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
final class AlertsCommand extends CommandGroup {}
