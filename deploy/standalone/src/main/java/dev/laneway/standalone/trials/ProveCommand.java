package dev.laneway.standalone.trials;

import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.RouteReport;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.standalone.cli.Exit;
import dev.laneway.standalone.cli.StartFailed;
import dev.laneway.standalone.cli.Version;
import dev.laneway.standalone.config.CatalogueProviders;
import dev.laneway.standalone.config.ReadConfig;
import dev.laneway.standalone.prove.Proof;
import dev.laneway.standalone.prove.ProofText;
import dev.laneway.standalone.prove.Rehearsal;
import dev.laneway.standalone.prove.RehearsalConfig;
import dev.laneway.standalone.prove.Rehearsed;
import dev.laneway.standalone.prove.Stage;
import dev.laneway.standalone.serve.Standalone;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code prove}: runs a config for real, its vendors replaced, and shows what ran where. */
@Command(
        name = "prove",
        description = {
            "Tries every route for real and shows what ran where. No vendor is called: the whole system runs on ports of its own, with",
            "every deployment's address replaced by a recording simulator. Exit code 1 if local work could leave the network or did."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ProveCommand implements Callable<Integer> {
    private static final String HOST = "127.0.0.1";

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The config file. Without one, what the environment's provider keys allow.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Print JSON, with all evidence: to be kept for an auditor.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Environment environment = Environment.system();
        Rehearsal rehearsal =
                new Rehearsal(Version.TEXT, config == null ? "(made from the environment)" : config.toString());
        Proof proof = switch (ReadConfig.load(config, environment)) {
            case ConfigResult.Valid valid -> run(rehearsal, valid, environment);
            case ConfigResult.Invalid invalid -> rehearsal.refused(invalid);
        };
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? proof.json() : ProofText.of(proof).stripTrailing());
        out.flush();
        return proof.kept() ? 0 : Exit.FAILED;
    }

    private Proof run(Rehearsal rehearsal, ConfigResult.Valid original, Environment environment) throws Exception {
        silence(environment);
        spec.commandLine().getErr().println("starting the whole system beside itself; no vendor will be called");
        RouteReport could = RouteReport.of(original.config(), new Secrets(environment, original.literals()));
        String key = "sk-" + HexFormat.of().formatHex(SecureRandom.getSeed(16));
        Environment own = Environment.of(Map.of("LANEWAY_MASTER_KEY", key));
        Path folder = Files.createTempDirectory("laneway-prove-");
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> deleteWhatIsLeft(folder)));
        try (Stage stage = Stage.start()) {
            String text = RehearsalConfig.of(original.publishableText(), stage::address);
            GatewayConfig rehearsed = parse(text, own);
            Path file = Files.writeString(folder.resolve("rehearsal.json"), text);
            try (Standalone laneway =
                    Standalone.start(Standalone.Settings.onTrial(file, true, folder.resolve("state"), own))) {
                Rehearsed system = new Rehearsed(
                        URI.create("http://" + HOST + ":" + laneway.port()),
                        URI.create("http://" + HOST + ":" + laneway.managementPort()),
                        laneway.services().kafkaAdmin(),
                        key);
                return rehearsal.run(original, could, rehearsed, system, stage);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    /**
     * What is logged of failures and attacks that are played is no news, unless a level of logging is asked for. Works by logback.xml,
     * which reads this property with the first logger.
     */
    private static void silence(Environment environment) {
        if (environment.get("LOG_LEVEL") == null && environment.get("LITELLM_LOG") == null) {
            System.setProperty("LOG_LEVEL", "OFF");
        }
    }

    private static GatewayConfig parse(String text, Environment environment) throws StartFailed {
        return switch (new ConfigLoader(new CatalogueProviders(), true).parse(text, "rehearsal", environment)) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid ->
                throw new StartFailed(
                        "this config can't be rehearsed: " + invalid.problems().getFirst());
        };
    }

    /** Where a signal ended the proof. */
    private static void deleteWhatIsLeft(Path folder) {
        if (Files.exists(folder)) {
            try {
                Folders.delete(folder);
            } catch (IOException | UncheckedIOException e) {
                return; // something is still written there: no secret is in it
            }
        }
    }
}
