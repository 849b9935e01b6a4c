package dev.laneway.standalone.serve;

import dev.laneway.accounting.AccountingRole;
import dev.laneway.accounting.control.ConfigFeed;
import dev.laneway.contracts.Principal;
import dev.laneway.ingress.RunningIngress;
import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.LastGoodCopy;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.control.ControlView;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.role.Role;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import dev.laneway.standalone.cli.StartFailed;
import dev.laneway.standalone.cli.StopSignal;
import dev.laneway.standalone.config.CatalogueProviders;
import dev.laneway.standalone.servers.AwaitedServers;
import dev.laneway.standalone.servers.ServersFromEnvironment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run ROLE}: one role against the servers that the environment names. */
@Command(
        name = "run",
        description = "Runs one role against the servers named by KAFKA_BOOTSTRAP_SERVERS, DATABASE_URL and REDIS_URL.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RunCommand implements Callable<Integer> {
    /** The roles, as the command line names them. */
    enum RoleName {
        INGRESS("ingress"),
        ROUTER_WORKER("router-worker"),
        PROVIDER_WORKERS("provider-workers"),
        ACCOUNTING("accounting");

        private final String id;

        RoleName(String id) {
            this.id = id;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ROLE",
            description = "One of ${COMPLETION-CANDIDATES}.",
            converter = RoleNames.class,
            completionCandidates = RoleNames.Candidates.class)
    private RoleName role;

    @Mixin
    private ServeOptions serve;

    @Option(
            names = "--grace-seconds",
            defaultValue = "2",
            description =
                    "How long an ingress that is told to stop goes on taking calls after /ready has turned 503, so that"
                            + " whoever balances load notices. Part of --drain-seconds. Default: ${DEFAULT-VALUE}.")
    private int graceSeconds;

    @Override
    public Integer call() throws Exception {
        StopSignal stop = StopSignal.install();
        Environment environment = Environment.system();
        RoleContext.Servers servers = ServersFromEnvironment.read(environment);
        LanewayProcess process = LanewayProcess.create();
        try {
            RunningRole running = start(process, servers, environment);
            process.started();
            process.awaitReady();
            tell(process, running);
            stop.await();
            process.drain(Duration.ofSeconds(serve.drainSeconds));
        } finally {
            process.close();
        }
        return 0;
    }

    private RunningRole start(LanewayProcess process, RoleContext.Servers servers, Environment environment)
            throws StartFailed {
        if (role == RoleName.INGRESS) {
            Ports.requireDistinct(serve.port, serve.managementPort);
            Ports.requireFree(serve.host, serve.port, "--port");
        }
        RoleLogins.require(role, servers.kafka());
        List<Principal> itself = RoleLogins.of(role);
        process.listen(serve.host, serve.managementPort, servers.kafka().asFirstOf(RoleLogins.looking(itself)));
        AwaitedServers.kafka(servers.kafka().servers(), AwaitedServers.PATIENCE);
        if (role == RoleName.ACCOUNTING) {
            AwaitedServers.database(servers.databaseUrl(), AwaitedServers.PATIENCE);
        }
        Prices prices = process.prices(CatalogueFile.place(environment, stateFolder(environment)));
        ConfigLoader loader = new ConfigLoader(new CatalogueProviders(), prices, serve.acceptUnenforced);
        ConfigSource config = config(loader, environment);
        if (role != RoleName.ACCOUNTING) {
            Runnable watch = config.watchLiterals(); // what else the file says is in force only by the control topic
            process.onClose(watch);
        } else {
            Waiting.on(AccountingRole.prepare(process.vertx(), servers), LanewayProcess.START, "topics");
        }
        ControlView control = Waiting.on(
                ControlView.open(
                        process.vertx(),
                        servers.kafka().asFirstOf(itself),
                        role.toString(),
                        text -> loader.parsePublished(text, environment)),
                LanewayProcess.START,
                "control topic (is accounting running?)");
        return process.start(
                make(config, servers.kafka()),
                new RoleContext(
                        process.vertx(),
                        ServersFromEnvironment.node(environment),
                        servers,
                        control,
                        environment,
                        config::literals,
                        process.meters(),
                        prices));
    }

    private ConfigSource config(ConfigLoader loader, Environment environment) throws StartFailed {
        if (serve.config != null) {
            return new ConfigSource(ConfigFeed.file(
                    serve.config, LastGoodCopy.of(stateFolder(environment), serve.config), loader, environment));
        }
        if (role != RoleName.ACCOUNTING
                && loader.parse("model_list: []", "no config file", environment) instanceof ConfigResult.Valid none) {
            return new ConfigSource(ConfigFeed.fixed(none));
        }
        throw new StartFailed("accounting publishes the config: --config FILE is missing");
    }

    private Role make(ConfigSource config, KafkaAccess kafka) {
        return switch (role) {
            case INGRESS ->
                Roles.ingress(serve.host, serve.port, serve.workers, Duration.ofSeconds(Math.max(0, graceSeconds)));
            case ROUTER_WORKER -> Roles.router(RoleLogins.zones(role, kafka, Principal::router));
            case PROVIDER_WORKERS -> Roles.providers(RoleLogins.zones(role, kafka, Principal::worker));
            case ACCOUNTING -> Roles.accounting(config, this::show);
        };
    }

    private void show(SecretText key) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("master key: " + key.reveal() + "   (shown this once; only its hash is kept)");
        out.flush();
    }

    private void tell(LanewayProcess process, RunningRole running) {
        PrintWriter out = spec.commandLine().getOut();
        String where = running instanceof RunningIngress ingress ? " at " + serve.url(ingress.port()) : "";
        out.println("Laneway is ready: " + role + where + ", management " + serve.url(process.managementPort()));
        out.flush();
    }

    private static Path stateFolder(Environment environment) {
        return Path.of(Objects.requireNonNullElse(environment.get("LANEWAY_HOME"), ".laneway"), "state");
    }
}
