package dev.laneway.runtime.config;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.alerts.AlertSettings;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A config in force: immutable, whole, without any secret, and the same in every role whatever its environment. The maps keep
 * the order of the file. Safe for any thread.
 *
 * <p>It can't be made with a route that breaks its privacy rule: the last check of the first fence.
 *
 * @param version names the content: 12 hex digits
 * @param deployments by id
 * @param groups by {@code model_name}, patterns among them
 * @param lanes by name
 * @param routes by name: all that a client may call
 * @param exposeModels whether deployments' own names are callable beside routes
 * @param masterKey the file's; the environment's goes first, see {@code MasterKeys}
 * @param keys of clients that the file has
 * @param holders the terms that the file has for everything, a model, a provider, a deployment ...
 * @param alerts what an operator wants to be told of, and where
 * @param trustedProxies addresses and CIDR blocks of proxies that are believed what they say of their clients' addresses
 */
public record GatewayConfig(
        String version,
        Map<String, Deployment> deployments,
        Map<String, DeploymentGroup> groups,
        Map<String, Lane> lanes,
        Map<String, Route> routes,
        RouterSettings router,
        Limits limits,
        boolean exposeModels,
        @Nullable SecretRef masterKey,
        List<FileKey> keys,
        List<Holder> holders,
        AlertSettings alerts,
        List<String> trustedProxies) {
    public GatewayConfig {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(router, "router");
        Objects.requireNonNull(limits, "limits");
        deployments = Collections.unmodifiableMap(new LinkedHashMap<>(deployments));
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
        keys = List.copyOf(keys);
        holders = List.copyOf(holders);
        Objects.requireNonNull(alerts, "alerts");
        trustedProxies = List.copyOf(trustedProxies);
        for (Route route : routes.values()) {
            requireLawful(route, deployments, lanes);
        }
    }

    /** Without keys of clients. */
    public GatewayConfig(
            String version,
            Map<String, Deployment> deployments,
            Map<String, DeploymentGroup> groups,
            Map<String, Lane> lanes,
            Map<String, Route> routes,
            RouterSettings router,
            Limits limits,
            boolean exposeModels,
            @Nullable SecretRef masterKey) {
        this(
                version,
                deployments,
                groups,
                lanes,
                routes,
                router,
                limits,
                exposeModels,
                masterKey,
                List.of(),
                List.of(),
                AlertSettings.USUAL,
                List.of());
    }

    /**
     * The route that a client means by {@code model}: the one of that name, else the most specific pattern that fits. A pattern
     * that may answer from inside the network has no models of a vendor's cloud.
     */
    public Optional<Route> route(String model) {
        if (model.contains("*")) {
            return Optional.empty();
        }
        Route exact = routes.get(model);
        return exact != null
                ? Optional.of(exact)
                : routes.values().stream()
                        .filter(route -> fits(route, model))
                        .max(Comparator.comparingInt(GatewayConfig::specificity))
                        .filter(route -> !CloudModel.is(model) || isCloudOnly(route));
    }

    /** Whether calls cost a model of that name: a {@code model_name}, or one model of a pattern that a chain names. */
    public boolean isModel(String name) {
        DeploymentGroup group = groups.get(name);
        return group != null
                && group.deployments().stream()
                        .map(deployments::get)
                        .allMatch(deployment ->
                                deployment != null && deployment.group().equals(name));
    }

    private boolean isCloudOnly(Route route) {
        return route.chain().stream()
                .flatMap(hop -> hop.deployments().stream())
                .noneMatch(id -> Objects.requireNonNull(deployments.get(id)).zone() == Zone.LOCAL);
    }

    private static boolean fits(Route route, String model) {
        Wildcard pattern = Wildcard.of(route.name());
        return pattern != null && pattern.part(model) != null;
    }

    private static int specificity(Route route) {
        Wildcard pattern = Wildcard.of(route.name());
        return pattern == null ? Integer.MAX_VALUE : pattern.specificity();
    }

    private static void requireLawful(Route route, Map<String, Deployment> deployments, Map<String, Lane> lanes) {
        Lane lane = lanes.get(route.lane());
        if (lane == null || !route.privacy().narrowsOrEquals(lane.privacy())) {
            throw new IllegalArgumentException("route " + route.name() + " is wider than its lane");
        }
        for (ChainHop hop : route.chain()) {
            for (String id : hop.deployments()) {
                Deployment deployment = deployments.get(id);
                if (deployment == null) {
                    throw new IllegalArgumentException("route " + route.name() + " names an unknown deployment");
                }
                if (deployment.zone() == Zone.CLOUD && !route.zone().allows(Zone.CLOUD)) {
                    throw new IllegalArgumentException("route " + route.name() + " would leave the network");
                }
            }
        }
    }
}
