package dev.laneway.standalone.alerts;

import dev.laneway.standalone.cli.CommandGroup;
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
public final class AlertsCommand extends CommandGroup {}
