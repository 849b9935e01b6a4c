package dev.laneway.runtime.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.contracts.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code routes} prints: what each alias can reach, in order, and why.
 *
 * @param version of the config
 * @param unrouted models that no route reaches
 */
public record RouteReport(
        String version,
        List<Entry> routes,
        @JsonProperty("models_without_a_route") List<String> unrouted) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public RouteReport {
        routes = List.copyOf(routes);
        unrouted = List.copyOf(unrouted);
    }

    /** One alias. */
    public record Entry(
            String route,
            String lane,
            String purpose,
            Privacy privacy,
            Zone zone,
            String fallback,
            boolean visible,
            String why,
            List<Hop> hops) {}

    /** One step. @see HopOrigin */
    public record Hop(String name, HopOrigin origin, String after, List<Target> deployments) {}

    /** Where a step may run. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            @Nullable String id,
            String model,
            @Nullable String account,
            @Nullable String address,
            Zone zone,
            @Nullable String region,
            @JsonProperty("in_service") boolean inService,
            @Nullable String reason) {}

    /** The report as this machine sees it: whether a key is there is looked up with its secrets. May block on files. */
    public static RouteReport of(GatewayConfig config, Secrets secrets) {
        TreeSet<String> unrouted = new TreeSet<>(config.groups().keySet());
        List<Entry> routes = new ArrayList<>();
        for (Route route : config.routes().values()) {
            route.chain().forEach(hop -> unrouted.remove(hop.name()));
            routes.add(entry(route, config, secrets));
        }
        return new RouteReport(config.version(), routes, List.copyOf(unrouted));
    }

    /** For programs. */
    public String json() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records can be written", impossible);
        }
    }

    /** For people. */
    public String text() {
        return RouteText.of(this);
    }

    private static Entry entry(Route route, GatewayConfig config, Secrets secrets) {
        Lane lane = Objects.requireNonNull(config.lanes().get(route.lane()));
        List<Hop> hops = new ArrayList<>();
        for (ChainHop hop : route.chain()) {
            hops.add(new Hop(
                    hop.name(), hop.origin(), hops.isEmpty() ? "first" : after(hop), targets(hop, config, secrets)));
        }
        return new Entry(
                route.name(),
                route.lane(),
                route.purpose(),
                route.privacy(),
                route.zone(),
                route.fallbackAllowed() ? "allowed" : "never",
                route.visible(),
                why(route, lane),
                hops);
    }

    private static List<Target> targets(ChainHop hop, GatewayConfig config, Secrets secrets) {
        List<Target> targets = new ArrayList<>();
        for (String id : hop.deployments()) {
            Deployment deployment = Objects.requireNonNull(config.deployments().get(id));
            String missing = secrets.missing(deployment);
            targets.add(new Target(
                    id,
                    deployment.provider() + "/" + deployment.vendorModel(),
                    deployment.account(),
                    deployment.baseUrl().toString(),
                    deployment.zone(),
                    deployment.region(),
                    missing == null,
                    missing));
        }
        DeploymentGroup group = config.groups().get(hop.name());
        for (OutOfService out : group == null ? List.<OutOfService>of() : group.outOfService()) {
            targets.add(new Target(null, out.model(), null, null, out.zone(), null, false, out.reason()));
        }
        return targets;
    }

    private static String after(ChainHop hop) {
        return switch (hop.origin()) {
            case CHAIN, FALLBACKS, DEFAULT_FALLBACKS -> "any failure";
            case CONTEXT_WINDOW_FALLBACKS -> "a prompt that did not fit";
            case CONTENT_POLICY_FALLBACKS -> "a vendor's refusal";
        };
    }

    private static String why(Route route, Lane lane) {
        String rule = route.privacy() == lane.privacy()
                ? "lane " + lane.name() + " is " + lane.privacy().id()
                : "the route is " + route.privacy().id() + " in lane " + lane.name() + ", which is "
                        + lane.privacy().id();
        return switch (route.privacy()) {
            case LOCAL_ONLY -> rule + ": no deployment outside the network can be reached";
            case LOCAL_FIRST ->
                rule
                        + (route.zone() == Zone.LOCAL
                                ? ": nothing outside the network is in its chain"
                                : ": what is outside the network was approved by name");
            case CLOUD_ALLOWED ->
                rule
                        + (route.zone() == Zone.LOCAL
                                ? ": it might leave the network, but nothing outside is in its chain"
                                : ": it may leave the network");
        };
    }
}
