package dev.laneway.router;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.Zone;
import dev.laneway.router.plan.RoutingTable;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.CallRules;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.Cooldown;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.OnUnknown;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.RetryPolicy;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.RouterSettings;
import dev.laneway.runtime.config.RoutingStrategy;
import dev.laneway.runtime.config.alerts.AlertSettings;
import dev.laneway.runtime.control.Directory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds configs for tests: deployments are named {@code group/account}, and that is their id. */
public final class Gateway {
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final String version;
    private int retries;
    private boolean continueStreams;
    private RetryPolicy policy = RetryPolicy.NONE;
    private RoutingStrategy strategy = RoutingStrategy.WEIGHT;
    private Directory directory = new Directory();
    private Tariff tariff = (request, deployment, inputTokens) -> null;
    private final Map<String, RateLimits> limits = new LinkedHashMap<>();
    private final Map<String, RetryPolicy> groupPolicies = new LinkedHashMap<>();

    private Gateway(String version) {
        this.version = version;
    }

    public static Gateway version(String version) {
        return new Gateway(version);
    }

    public Gateway retries(int number) {
        retries = number;
        return this;
    }

    public Gateway strategy(RoutingStrategy by) {
        strategy = by;
        return this;
    }

    /** What the control topic has beside the config. */
    public Gateway directory(Directory terms) {
        directory = terms;
        return this;
    }

    public Gateway tariff(Tariff prices) {
        tariff = prices;
        return this;
    }

    /** Limits of deployments, by their ids. */
    public Gateway limits(Map<String, RateLimits> each) {
        limits.putAll(each);
        return this;
    }

    public Gateway retryPolicy(RetryPolicy rule) {
        policy = rule;
        return this;
    }

    public Gateway retryPolicy(String group, RetryPolicy rule) {
        groupPolicies.put(group, rule);
        return this;
    }

    /** How a deployment that is there is called. */
    public Gateway rules(String id, int order, Integer tries) {
        Deployment was = deployments.get(id);
        deployments.put(
                id,
                new Deployment(
                        id,
                        was.group(),
                        was.provider(),
                        was.account(),
                        was.vendorModel(),
                        was.baseUrl(),
                        was.apiKey(),
                        was.zone(),
                        was.timeout(),
                        was.streamTimeout(),
                        was.weight(),
                        was.maxParallel(),
                        was.extra(),
                        was.extraHeaders(),
                        was.modelInfo(),
                        was.region(),
                        null,
                        new CallRules(order, tries, Cooldown.USUAL, Set.of())));
        return this;
    }

    /** The provider's row by which a deployment that is there is called. */
    public Gateway provider(String id, String name) {
        Deployment was = deployments.get(id);
        deployments.put(
                id,
                new Deployment(
                        id,
                        was.group(),
                        name,
                        was.account(),
                        was.vendorModel(),
                        was.baseUrl(),
                        was.apiKey(),
                        was.zone(),
                        was.timeout(),
                        was.streamTimeout(),
                        was.weight(),
                        was.maxParallel(),
                        was.extra(),
                        was.extraHeaders(),
                        was.modelInfo(),
                        was.region()));
        return this;
    }

    /** Of the routes that follow, where they may fall back. */
    public Gateway continueStreams() {
        continueStreams = true;
        return this;
    }

    public Gateway lane(String name, Privacy privacy, String... approved) {
        lanes.put(name, new Lane(name, privacy, List.of(approved), 1, OnUnknown.FAIL, false, "", List.of()));
        return this;
    }

    public Gateway lane(Lane lane) {
        lanes.put(lane.name(), lane);
        return this;
    }

    public Gateway cloud(String id) {
        return deployment(id, Zone.CLOUD, ModelInfo.NONE, 1);
    }

    public Gateway local(String id) {
        return deployment(id, Zone.LOCAL, ModelInfo.NONE, 1);
    }

    public Gateway deployment(String id, Zone zone, ModelInfo info, int weight) {
        String[] parts = id.split("/", 2);
        deployments.put(
                id,
                new Deployment(
                        id,
                        parts[0],
                        "openai",
                        parts[1],
                        "model",
                        URI.create("http://localhost:1"),
                        null,
                        zone,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        weight,
                        null,
                        Map.of(),
                        Map.of(),
                        info,
                        null));
        return this;
    }

    /** A route over groups; {@code name@origin} gives a hop an origin. */
    public Gateway route(String name, String lane, Zone zone, boolean fallback, String... groups) {
        if (groups.length == 0) {
            return this;
        }
        Lane rule = lanes.get(lane);
        routes.put(
                name,
                new Route(
                        name,
                        lane,
                        Arrays.stream(groups).map(this::hop).toList(),
                        fallback,
                        zone == Zone.LOCAL ? Privacy.LOCAL_ONLY : rule.privacy(),
                        zone,
                        "",
                        true,
                        rule.approved(),
                        continueStreams && fallback));
        return this;
    }

    /** Whether all of a group runs in the network. */
    public boolean isLocal(String group) {
        return members(group).stream().allMatch(id -> deployments.get(id).zone() == Zone.LOCAL);
    }

    public GatewayConfig config() {
        Map<String, DeploymentGroup> groups = new LinkedHashMap<>();
        for (Deployment deployment : deployments.values()) {
            groups.put(
                    deployment.group(),
                    new DeploymentGroup(deployment.group(), members(deployment.group()), List.of()));
        }
        return new GatewayConfig(
                version,
                deployments,
                groups,
                lanes,
                routes,
                new RouterSettings(retries, Duration.ZERO, policy, groupPolicies, Cooldown.USUAL, strategy),
                new Limits(1_000, Duration.ofMinutes(10), null),
                false,
                null,
                List.of(),
                limits.entrySet().stream()
                        .map(each -> new Holder(Scope.DEPLOYMENT, each.getKey(), Terms.limited(each.getValue())))
                        .toList(),
                AlertSettings.USUAL,
                List.of());
    }

    public RoutingTable table(Zone zone) {
        GatewayConfig config = config();
        directory.put(config);
        return new RoutingTable(config, zone, tariff, directory);
    }

    public static ModelInfo info(Integer window, String... lacks) {
        return new ModelInfo(window, null, Set.of(), Set.of(lacks), "chat");
    }

    private ChainHop hop(String text) {
        String[] parts = text.split("@", 2);
        HopOrigin origin = parts.length == 1 ? HopOrigin.CHAIN : HopOrigin.valueOf(parts[1]);
        return new ChainHop(parts[0], members(parts[0]), origin);
    }

    private List<String> members(String group) {
        List<String> members = new ArrayList<>();
        for (Deployment deployment : deployments.values()) {
            if (deployment.group().equals(group)) {
                members.add(deployment.id());
            }
        }
        return members;
    }
}
