package dev.laneway.standalone.trials;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.standalone.cli.StartFailed;
import dev.laneway.standalone.config.CatalogueProviders;
import dev.laneway.standalone.faults.FaultOutcome;
import dev.laneway.standalone.faults.FaultPage;
import dev.laneway.standalone.faults.FaultTrial;
import dev.laneway.standalone.faults.RouterLog;
import dev.laneway.standalone.serve.Standalone;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faults}: tries every fault of the simulator, and prints the fault table. */
@Command(
        name = "faults",
        description = {
            "Tries every fault of the vendor simulator for real, by vendors and before clients of every format, on routes with and",
            "without a hop to fall back to, streamed and not, and prints what the client gets, how many calls the vendor saw, and",
            "what the log says. The whole system runs on ports of its own, in a temporary folder. Takes about a minute."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class FaultsCommand implements Callable<Integer> {
    private static final String HOST = "127.0.0.1";
    private static final String KEY = "sk-of-the-trial";

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Save the table there, as JSON.")
    private @Nullable Path json;

    @Option(names = "--markdown", description = "Print the page deploy/docs/faults.md.")
    private boolean markdown;

    @Override
    public Integer call() throws Exception {
        silence();
        spec.commandLine().getErr().println("starting the whole system beside a simulated vendor");
        List<FaultOutcome> outcomes = run();
        if (json != null) {
            Files.writeString(json, FaultPage.json(outcomes) + "\n");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(markdown ? FaultPage.markdown(outcomes) : FaultPage.text(outcomes));
        out.flush();
        return 0;
    }

    /** What is logged of failures that are played is no news. */
    private static void silence() {
        System.setProperty("LOG_LEVEL", "OFF"); // logback.xml reads it with the first logger
        ((Logger) LoggerFactory.getLogger("io.vertx")).setLevel(Level.OFF);
    }

    private static List<FaultOutcome> run() throws Exception {
        Path folder = Files.createTempDirectory("laneway-faults-");
        Vertx vertx = Vertx.vertx();
        try (RouterLog log = new RouterLog()) {
            VendorSimulator simulator =
                    VendorSimulator.start(vertx, SimulatorConfig.defaults()).await(20, TimeUnit.SECONDS);
            String text = FaultTrial.config(simulator.baseUrl());
            Environment environment = Environment.of(Map.of("LANEWAY_MASTER_KEY", KEY));
            Path file = Files.writeString(folder.resolve("faults.yaml"), text);
            try (Standalone laneway =
                    Standalone.start(Standalone.Settings.onTrial(file, false, folder.resolve("state"), environment))) {
                URI api = URI.create("http://" + HOST + ":" + laneway.port());
                return new FaultTrial(api, KEY, simulator, log).run(FaultTrial.names(parse(text, environment)));
            }
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
            Folders.delete(folder);
        }
    }

    private static GatewayConfig parse(String text, Environment environment) throws StartFailed {
        return switch (new ConfigLoader(new CatalogueProviders(), false).parse(text, "faults.yaml", environment)) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid ->
                throw new StartFailed(String.valueOf(invalid.problems().getFirst()));
        };
    }
}
