package dev.laneway.standalone;

import dev.laneway.standalone.alerts.AlertsCommand;
import dev.laneway.standalone.catalogue.CatalogueCommand;
import dev.laneway.standalone.cli.CommandGroup;
import dev.laneway.standalone.cli.Exit;
import dev.laneway.standalone.cli.Sentence;
import dev.laneway.standalone.cli.Version;
import dev.laneway.standalone.config.ConfigCommand;
import dev.laneway.standalone.config.RoutesCommand;
import dev.laneway.standalone.config.ValidateCommand;
import dev.laneway.standalone.keys.KeysCommand;
import dev.laneway.standalone.ledger.LedgerCommand;
import dev.laneway.standalone.requests.DeadCommand;
import dev.laneway.standalone.requests.TraceCommand;
import dev.laneway.standalone.serve.RehearseCommand;
import dev.laneway.standalone.serve.RunCommand;
import dev.laneway.standalone.serve.UpCommand;
import dev.laneway.standalone.servers.AclsCommand;
import dev.laneway.standalone.servers.ServicesCommand;
import dev.laneway.standalone.trials.BenchCommand;
import dev.laneway.standalone.trials.ChaosCommand;
import dev.laneway.standalone.trials.FaultsCommand;
import dev.laneway.standalone.trials.ProveCommand;
import dev.laneway.standalone.trials.SimulateCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "laneway",
        description = "An LLM gateway built as an event pipeline.",
        mixinStandardHelpOptions = true,
        version = Version.TEXT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            RunCommand.class,
            ServicesCommand.class,
            AclsCommand.class,
            SimulateCommand.class,
            TraceCommand.class,
            DeadCommand.class,
            LedgerCommand.class,
            KeysCommand.class,
            AlertsCommand.class,
            ValidateCommand.class,
            RoutesCommand.class,
            ConfigCommand.class,
            ProveCommand.class,
            BenchCommand.class,
            ChaosCommand.class,
            FaultsCommand.class,
            CatalogueCommand.class,
            RehearseCommand.class,
        },
        footer = {"", "./laneway test builds and runs every test that CI runs."})
public final class Main extends CommandGroup {
    public static void main(String[] args) {
        List.of("LITELLM_LOG", "LOG_LEVEL").forEach(Main::pythonsLevel);
        System.exit(commandLine().execute(Arrays.stream(args).map(Main::hyphens).toArray(String[]::new)));
    }

    /** The command line, not yet called; prints to its writers, and ends no process. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("laneway: " + Sentence.of(failure));
                    return Exit.FAILED;
                });
    }

    /** LiteLLM's users write levels as Python has them; logback.xml reads the property before the variable, with the first logger. */
    private static void pythonsLevel(String variable) {
        String level = Objects.requireNonNullElse(System.getenv(variable), "").toUpperCase(Locale.ROOT);
        if (level.equals("WARNING")) {
            System.setProperty(variable, "WARN");
        } else if (level.equals("CRITICAL")) {
            System.setProperty(variable, "ERROR");
        }
    }

    /** LiteLLM's options have underscores: {@code --num_workers} is {@code --num-workers}. Values stay as they are. */
    private static String hyphens(String argument) {
        if (!argument.startsWith("--")) {
            return argument;
        }
        int value = argument.indexOf('=');
        String name = value < 0 ? argument : argument.substring(0, value);
        return name.replace('_', '-') + (value < 0 ? "" : argument.substring(value));
    }
}
