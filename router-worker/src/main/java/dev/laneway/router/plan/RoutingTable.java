package dev.laneway.router.plan;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.RoutingStrategy;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.topology.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A config as the planner of one zone looks at it: plans and topics' names made once. Immutable, but for limits; safe on any thread. */
public final class RoutingTable {
    private final GatewayConfig config;
    private final Zone zone;
    private final Tariff tariff;
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<Work, Map<String, String>> attempts = new HashMap<>();
    private final Directory directory;

    private record Work(String lane, WorkClass workClass) {}

    /** One in which nothing has a price, nor other terms than the config's. */
    public RoutingTable(GatewayConfig config, Zone zone) {
        this(config, zone, (request, deployment, inputTokens) -> null, new Directory());
        directory.put(config);
    }

    /**
     * @param tariff what calls cost, where the config chooses by that
     * @param directory terms that are in force now
     */
    public RoutingTable(GatewayConfig config, Zone zone, Tariff tariff, Directory directory) {
        this.config = config;
        this.directory = directory;
        this.tariff = tariff;
        this.zone = zone;
        for (Route route : config.routes().values()) {
            plans.put(route.name(), plan(config, route));
        }
        for (String topic : TopicPlan.of(config).attempts(zone, deployment -> true)) {
            Topics.Parsed parsed = Topics.parse(topic).orElseThrow();
            attempts.computeIfAbsent(new Work(parsed.lane(), parsed.workClass()), work -> new HashMap<>())
                    .put(parsed.account().orElseThrow(), topic);
        }
    }

    /** The zone of the requests that are planned with it: that of their topics. */
    public Zone zone() {
        return zone;
    }

    /** Names the config's content. */
    String version() {
        return config.version();
    }

    RoutingStrategy strategy() {
        return config.router().strategy();
    }

    Tariff tariff() {
        return tariff;
    }

    /** The limits of a deployment that are in force now; {@link RateLimits#NONE} where it has none. */
    RateLimits limits(String deployment) {
        RateLimits stated = directory.terms(Scope.DEPLOYMENT, deployment).limits();
        return stated == null ? RateLimits.NONE : stated;
    }

    /** The least wait before a further try, milliseconds. */
    long leastWait() {
        return config.router().retryAfter().toMillis();
    }

    /**
     * Further tries of a hop after a failure: as the policy of the group or the one for all has it, else as the deployment that failed
     * has it; null where none of them says anything.
     */
    @Nullable
    Integer retries(String hop, String deployment, FailureKind kind) {
        Integer policy = config.router().retries(hop, kind);
        if (policy != null) {
            return policy;
        }
        Deployment failed = deployment(deployment);
        return failed == null ? null : failed.rules().retries();
    }

    Optional<Route> route(String model) {
        return config.route(model);
    }

    /** What is to be done for a request of a route of this config. */
    Plan plan(Route route) {
        Plan plan = plans.get(route.name());
        return plan == null ? plan(config, route) : plan;
    }

    /** Null where the config has none of that id. */
    public @Nullable Deployment deployment(String id) {
        return config.deployments().get(id);
    }

    @Nullable
    Lane lane(String name) {
        return config.lanes().get(name);
    }

    /** The topic that workers read for an account's attempts; null where no route of the config leads there. */
    @Nullable
    public String attempts(String account, String lane, WorkClass workClass) {
        Map<String, String> byAccount = attempts.get(new Work(lane, workClass));
        return byAccount == null ? null : byAccount.get(account);
    }

    private static Plan plan(GatewayConfig config, Route route) {
        return Plan.untried(
                config.version(),
                route.chain().stream().map(RoutingTable::hop).toList(),
                config.router().numRetries(),
                route.fallbackAllowed(),
                route.continueStreams());
    }

    private static Hop hop(ChainHop hop) {
        @Nullable
        FailureKind onlyAfter = switch (hop.origin()) {
            case CHAIN, FALLBACKS, DEFAULT_FALLBACKS -> null;
            case CONTEXT_WINDOW_FALLBACKS -> FailureKind.CONTEXT_WINDOW;
            case CONTENT_POLICY_FALLBACKS -> FailureKind.CONTENT_POLICY;
        };
        return new Hop(hop.name(), hop.deployments(), onlyAfter);
    }
}
