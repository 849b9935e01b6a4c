package dev.laneway.standalone.serve;

import dev.laneway.accounting.AccountingRole;
import dev.laneway.accounting.control.ConfigFeed;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Zone;
import dev.laneway.ingress.RunningIngress;
import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.DefaultConfig;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.LastGoodCopy;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.config.Severity;
import dev.laneway.runtime.control.ControlView;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.ServicesConfig;
import dev.laneway.services.ServicesException;
import dev.laneway.standalone.cli.Sentence;
import dev.laneway.standalone.cli.StartFailed;
import dev.laneway.standalone.config.CatalogueProviders;
import dev.laneway.standalone.servers.AwaitedServers;
import dev.laneway.standalone.servers.ServersFromEnvironment;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All roles in one JVM over embedded (or external) servers: what {@code up} runs. Starting blocks until everything serves; closing
 * drains. Not safe across threads.
 */
public final class Standalone implements AutoCloseable {
    /**
     * What to start.
     *
     * @param config the file; without one, what the environment's provider keys allow, and the built-in simulator where there are none
     * @param workers event loops of the ingress
     * @param stateFolder where the last good config is kept
     * @param drain how long closing waits for what is in flight
     * @param showMasterKey is given a generated master key at once, on another thread
     */
    public record Settings(
            @Nullable Path config,
            String host,
            int port,
            int managementPort,
            int workers,
            boolean acceptUnenforced,
            ServicesConfig services,
            Path stateFolder,
            Environment environment,
            Duration drain,
            Consumer<SecretText> showMasterKey) {
        /**
         * For a system that lives as long as a trial: on free ports of the loopback, over embedded servers whose data goes with them.
         *
         * @param environment has the master key
         */
        public static Settings onTrial(
                @Nullable Path config, boolean acceptUnenforced, Path stateFolder, Environment environment) {
            return new Settings(
                    config,
                    "127.0.0.1",
                    0,
                    0,
                    1,
                    acceptUnenforced,
                    ServicesConfig.temporary(),
                    stateFolder,
                    environment,
                    Duration.ofSeconds(5),
                    generated -> {});
        }
    }

    private final Settings settings;
    private final LanewayProcess process;
    private final EmbeddedServices services;
    private final CompletableFuture<SecretText> generatedKey = new CompletableFuture<>();
    private @Nullable VendorSimulator simulator;
    private @Nullable RunningIngress ingress;
    private List<DefaultConfig.Found> found = List.of();
    private List<Problem> warnings = List.of();
    private @Nullable String firstRoute;
    private @Nullable String startedWith;
    private @Nullable ControlView control;

    private Standalone(Settings settings, LanewayProcess process, EmbeddedServices services) {
        this.settings = settings;
        this.process = process;
        this.services = services;
    }

    /** Starts everything; where something can't be, what was started is stopped again. */
    public static Standalone start(Settings settings) throws StartFailed {
        Ports.requireDistinct(settings.port(), settings.managementPort());
        Ports.requireFree(settings.host(), settings.port(), "--port");
        Ports.requireFree(settings.host(), settings.managementPort(), "--management-port");
        LanewayProcess process = LanewayProcess.create();
        EmbeddedServices services;
        try {
            services = EmbeddedServices.start(settings.services());
        } catch (ServicesException e) {
            process.close();
            throw new StartFailed(Sentence.of(e), e);
        }
        Standalone standalone = new Standalone(settings, process, services);
        try {
            standalone.startRoles();
            return standalone;
        } catch (StartFailed | RuntimeException e) {
            standalone.close();
            throw e;
        }
    }

    /** The whole system, in the order in which it needs itself. */
    private void startRoles() throws StartFailed {
        RoleContext.Servers servers = ServersFromEnvironment.of(settings.environment(), services);
        KafkaAccess kafka = servers.kafka();
        RoleLogins.requireAll(kafka);
        process.listen(
                settings.host(),
                settings.managementPort(),
                kafka.asFirstOf(RoleLogins.looking(List.of(Principal.INGRESS))));
        AwaitedServers.kafka(kafka.servers(), AwaitedServers.PATIENCE);
        AwaitedServers.database(servers.databaseUrl(), AwaitedServers.PATIENCE);

        Prices prices = process.prices(CatalogueFile.place(settings.environment(), settings.stateFolder()));
        ConfigLoader loader = new ConfigLoader(new CatalogueProviders(), prices, settings.acceptUnenforced());
        ConfigSource config = configSource(loader);
        ConfigStart start = config.start();
        warnings = check(start);
        inForce(start).map(GatewayConfig::version).ifPresent(version -> startedWith = version);
        firstRoute = firstRoute(start);

        Waiting.on(AccountingRole.prepare(process.vertx(), servers), LanewayProcess.START, "topics");
        ControlView opened = Waiting.on(
                ControlView.open(
                        process.vertx(),
                        kafka.as(Principal.ACCOUNTING),
                        "laneway",
                        text -> loader.parsePublished(text, settings.environment())),
                LanewayProcess.START,
                "control topic");
        control = opened;
        RoleContext context = new RoleContext(
                process.vertx(),
                ServersFromEnvironment.node(settings.environment()),
                servers,
                opened,
                settings.environment(),
                config::literals,
                process.meters(),
                prices);

        List<RunningRole> running = process.startAll(
                List.of(
                        Roles.accounting(config, this::keyGenerated),
                        Roles.router(EnumSet.allOf(Zone.class)),
                        Roles.providers(EnumSet.allOf(Zone.class)),
                        Roles.ingress(settings.host(), settings.port(), settings.workers(), Duration.ZERO)),
                context);
        ingress = (RunningIngress) running.getLast();
        process.started();
        process.awaitReady();
    }

    private void keyGenerated(SecretText key) {
        settings.showMasterKey().accept(key);
        generatedKey.complete(key);
    }

    private ConfigSource configSource(ConfigLoader loader) throws StartFailed {
        if (settings.config() != null) {
            return new ConfigSource(ConfigFeed.file(
                    settings.config(),
                    LastGoodCopy.of(settings.stateFolder(), settings.config()),
                    loader,
                    settings.environment()));
        }
        DefaultConfig unsaid = DefaultConfig.from(settings.environment(), new CatalogueProviders());
        if (unsaid.found().isEmpty()) {
            simulator = Waiting.on(
                    VendorSimulator.start(
                            process.vertx(),
                            SimulatorConfig.defaults().withPort(Ports.free()).withRememberedCalls(10_000)),
                    LanewayProcess.START,
                    "built-in simulated vendor");
            unsaid = DefaultConfig.simulated(simulator.baseUrl() + "/local/v1");
        }
        found = unsaid.found();
        return switch (loader.parse(unsaid.text(), "config made from the environment", settings.environment())) {
            case ConfigResult.Valid valid -> new ConfigSource(ConfigFeed.fixed(valid));
            case ConfigResult.Invalid invalid ->
                throw new StartFailed(String.valueOf(invalid.problems().getFirst()));
        };
    }

    /** A file that is there and wrong ends the start, with its first problem. */
    private static List<Problem> check(ConfigStart start) throws StartFailed {
        return switch (start) {
            case ConfigStart.FromFile from -> from.valid().problems();
            case ConfigStart.FromLastGood from -> List.of(from.why());
            case ConfigStart.Refused refused -> {
                List<Problem> errors = refused.why().problems().stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .toList();
                String more = errors.size() > 1
                        ? " (and " + (errors.size() - 1) + " more; ./laneway validate lists all)"
                        : "";
                throw new StartFailed(errors.getFirst() + more);
            }
        };
    }

    private static Optional<GatewayConfig> inForce(ConfigStart start) {
        return switch (start) {
            case ConfigStart.FromFile from -> Optional.of(from.valid().config());
            case ConfigStart.FromLastGood from -> Optional.of(from.valid().config());
            case ConfigStart.Refused refused -> Optional.empty();
        };
    }

    private static @Nullable String firstRoute(ConfigStart start) {
        return inForce(start)
                .flatMap(config -> config.routes().keySet().stream()
                        .filter(route -> !route.contains("*"))
                        .findFirst())
                .orElse(null);
    }

    /** Calls with the {@link GatewayConfig#version()} of every config that comes into force after the one of the start, on an event loop. */
    void onReload(Consumer<String> listener) {
        Reloads reloads = new Reloads(Objects.requireNonNull(startedWith), listener);
        Objects.requireNonNull(control)
                .onConfig(
                        process.vertx().getOrCreateContext(),
                        now -> reloads.inForce(now.config().version()));
    }

    Meters meters() {
        return process.meters();
    }

    /** The first route of the config that is no pattern, for an example. */
    public Optional<String> firstRoute() {
        return Optional.ofNullable(firstRoute);
    }

    /** Where the APIs listen. */
    public int port() {
        return Objects.requireNonNull(ingress).port();
    }

    public int managementPort() {
        return process.managementPort();
    }

    /** The providers that a start without a config file found; empty with a file. */
    public List<DefaultConfig.Found> found() {
        return found;
    }

    /** Whether only the built-in simulated vendor answers. */
    public boolean simulated() {
        return simulator != null;
    }

    /** Of the config file. */
    public List<Problem> warnings() {
        return warnings;
    }

    /** The servers that it uses. */
    public EmbeddedServices services() {
        return services;
    }

    /** The master key, where this start made one; it is nowhere else. */
    public Optional<SecretText> generatedKey() {
        try {
            // its hash is in force before the config is, so it is here by now or never
            return Optional.of(generatedKey.get(100, TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Drains what is in flight, then stops everything. */
    @Override
    public void close() {
        process.drain(settings.drain());
        if (simulator != null) {
            simulator.close();
        }
        process.close();
        services.close();
    }
}
