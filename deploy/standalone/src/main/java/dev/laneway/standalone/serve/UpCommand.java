package dev.laneway.standalone.serve;

import dev.laneway.runtime.config.DefaultConfig;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.standalone.cli.StopSignal;
import dev.laneway.standalone.cli.Version;
import dev.laneway.standalone.proofs.ProofArchive;
import dev.laneway.standalone.proofs.ProofChild;
import dev.laneway.standalone.proofs.ReloadProofs;
import dev.laneway.standalone.servers.DataOptions;
import dev.laneway.standalone.servers.ServersFromEnvironment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: all roles in one JVM with embedded Kafka, PostgreSQL and Redis. */
@Command(
        name = "up",
        description = "Runs everything in one process, with nothing installed but a JDK.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServeOptions serve;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--prove-reloads",
            paramLabel = "auto|off",
            defaultValue = "auto",
            description =
                    "After each reload of the config file, prove it as the command prove does: beside this process, at lowest"
                            + " priority. The result is logged and in /metrics, the evidence in proofs/ of the data folder. auto: where there is a"
                            + " config file and Kafka is the embedded one. Default: ${DEFAULT-VALUE}.")
    private ProveReloads proveReloads;

    /** Values of the option. */
    private enum ProveReloads {
        AUTO,
        OFF
    }

    @Override
    public Integer call() throws Exception {
        long begun = System.nanoTime();
        StopSignal stop = StopSignal.install();
        Environment environment = Environment.system();
        Path folder = data.folder(environment);
        ServersFromEnvironment.masterKeys(environment);
        try (Standalone laneway = Standalone.start(new Standalone.Settings(
                        serve.config,
                        serve.host,
                        serve.port,
                        serve.managementPort,
                        serve.workers,
                        serve.acceptUnenforced,
                        data.services(environment),
                        folder.resolveSibling("state"),
                        environment,
                        Duration.ofSeconds(serve.drainSeconds),
                        this::show));
                ReloadProofs proofs = proofs(laneway, folder)) {
            if (proveReloads == ProveReloads.AUTO
                    && serve.config != null
                    && environment.get("KAFKA_BOOTSTRAP_SERVERS") == null) {
                laneway.onReload(proofs::request);
            }
            tell(laneway, environment, folder, (System.nanoTime() - begun) / 1e9);
            var _ = laneway.services().failure().thenAccept(stop::fail);
            stop.await();
            spec.commandLine().getOut().println("Laneway is draining, for at most " + serve.drainSeconds + " s");
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    /** By the program that this is a command of. Closed first, so that what drains has the machine to itself. */
    private ReloadProofs proofs(Standalone laneway, Path folder) {
        return new ReloadProofs(
                ProofChild.of(
                        Objects.requireNonNullElse(serve.config, Path.of("")),
                        spec.root().userObject().getClass()),
                data.ephemeral() ? ProofArchive.none() : ProofArchive.in(folder.resolve("proofs")),
                laneway.meters(),
                ReloadProofs.LIMIT);
    }

    /** At once: a key that nobody saw because the start ended early would be lost. */
    private void show(SecretText key) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("master key  " + key.reveal()
                + "   (shown this once; only its hash is kept. LANEWAY_MASTER_KEY sets your own)");
        out.flush();
    }

    private void tell(Standalone laneway, Environment environment, Path folder, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        String api = serve.url(laneway.port());
        Optional<String> key = laneway.generatedKey().map(generated -> generated.reveal());
        laneway.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println(Version.TEXT + ", all roles in one process");
        out.println("  API         " + api + "/v1 (OpenAI), " + api + " (Anthropic)");
        out.println("  management  " + serve.url(laneway.managementPort()) + "/metrics, /ready, /live");
        out.println("  data        " + (data.ephemeral() ? "none is kept (--ephemeral)" : folder));
        out.println("  broker      " + laneway.services().endpoints().kafkaBootstrapServers());
        out.println("  providers   " + providers(laneway));
        if (key.isEmpty() && environment.get("LANEWAY_MASTER_KEY") == null) {
            out.println(
                    "  master key  that of the config or of the environment, else the one shown at the first start with this"
                            + " data; LANEWAY_MASTER_KEY stands for it below");
        }
        out.println("  try         curl " + api + "/v1/chat/completions -H 'Authorization: Bearer "
                + key.orElse("'\"$LANEWAY_MASTER_KEY\"'") + "' -H 'Content-Type: application/json' -d '{\"model\":\""
                + model(laneway) + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
        out.println(String.format(Locale.ROOT, "Laneway is ready at %s in %.1f s", api, seconds));
        out.flush();
    }

    private String providers(Standalone laneway) {
        if (laneway.simulated()) {
            return "none configured: the built-in SIMULATED vendor answers, not a real model";
        }
        if (serve.config != null) {
            return "as " + serve.config + " says; ./laneway routes --config " + serve.config
                    + " shows what can run where";
        }
        return laneway.found().stream()
                .map(found -> found.provider() + " (" + found.variable() + ")")
                .collect(Collectors.joining(", "));
    }

    private String model(Standalone laneway) {
        return laneway.found().stream()
                .map(DefaultConfig.Found::example)
                .filter(example -> example != null)
                .findFirst()
                .or(laneway::firstRoute)
                .orElse("A_ROUTE_OF_YOURS");
    }
}
