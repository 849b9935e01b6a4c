package dev.laneway.e2e;

import dev.laneway.accounting.AccountingRole;
import dev.laneway.accounting.AccountingSettings;
import dev.laneway.accounting.control.ConfigFeed;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Principal;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.LastGoodCopy;
import dev.laneway.runtime.config.Providers;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.control.ControlView;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Accounting alone, as its process runs it, with a Vert.x of its own. */
final class AccountingProcess implements AutoCloseable {
    /** One self-hosted vendor is enough for what accounting does with a config. */
    private static final Providers PROVIDERS = new Providers() {
        private final ProviderRow ollama = new ProviderRow(
                "ollama",
                Dialect.OPENAI_CHAT,
                "http://127.0.0.1:11434",
                ProviderRow.AuthStyle.NONE,
                List.of(),
                List.of(),
                true,
                Set.of());

        @Override
        public ProviderRow find(String prefix) {
            return prefix.equals("ollama") ? ollama : null;
        }

        @Override
        public Collection<ProviderRow> all() {
            return List.of(ollama);
        }
    };

    private final Vertx vertx;
    private final Meters meters;
    private final ControlView control;
    private final RunningRole role;
    private final Queue<String> shownKeys;

    private AccountingProcess(
            Vertx vertx, Meters meters, ControlView control, RunningRole role, Queue<String> shownKeys) {
        this.vertx = vertx;
        this.meters = meters;
        this.control = control;
        this.role = role;
        this.shownKeys = shownKeys;
    }

    /** A config with one lane, and as many local deployments as names are given. */
    static String config(String... names) {
        StringBuilder text = new StringBuilder("model_list:\n");
        for (String name : names) {
            text.append("  - {model_name: ")
                    .append(name)
                    .append(", litellm_params: {model: ollama/")
                    .append(name)
                    .append("}}\n");
        }
        return text.toString();
    }

    static AccountingProcess start(RoleContext.Servers servers, Path file, Map<String, String> environment)
            throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Environment variables = Environment.of(environment);
            ConfigLoader loader = new ConfigLoader(PROVIDERS, false);
            AccountingRole.prepare(vertx, servers).await(30, TimeUnit.SECONDS);
            ControlView control = ControlView.open(
                            vertx,
                            servers.kafka().as(Principal.ACCOUNTING),
                            "test",
                            text -> loader.parse(text, "lw.control", Environment.of(Map.of())))
                    .await(30, TimeUnit.SECONDS);
            Queue<String> shown = new ConcurrentLinkedQueue<>();
            Meters meters = Meters.create();
            RoleContext context = new RoleContext(
                    vertx,
                    new RoleContext.Node(UUID.randomUUID().toString(), "here"),
                    servers,
                    control,
                    variables,
                    () -> SecretValues.NONE,
                    meters);
            AccountingSettings settings = new AccountingSettings(
                    ConfigFeed.file(file, new LastGoodCopy(file.resolveSibling("last-good")), loader, variables),
                    (SecretText key) -> shown.add(key.reveal()));
            RunningRole role = new AccountingRole(settings).start(context).await(60, TimeUnit.SECONDS);
            return new AccountingProcess(vertx, meters, control, role, shown);
        } catch (Throwable e) {
            vertx.close().await(20, TimeUnit.SECONDS);
            throw e;
        }
    }

    ControlView control() {
        return control;
    }

    RunningRole role() {
        return role;
    }

    /** Keys that were given to the process to show. */
    Queue<String> shownKeys() {
        return shownKeys;
    }

    /** The value of a metric, all its tags together; 0 where there is none. */
    double metric(String name) {
        return meters.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() throws Exception {
        role.drain(Duration.ofSeconds(10)).await(20, TimeUnit.SECONDS);
        leave();
    }

    /** Ends at once; what was read and not written is for others. */
    void leave() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        meters.close();
    }
}
