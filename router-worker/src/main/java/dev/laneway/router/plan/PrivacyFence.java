package dev.laneway.router.plan;

import dev.laneway.contracts.Request;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.Wildcard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The second of the four fences: whether a request may go to a deployment. It trusts neither the config's own checks nor the plan in
 * an event; it holds a request to the zone of its topic, to the rule of the lane in its topic, and to the rule of its route and of the
 * route's lane. What any of them does not permit, or what it can't know, is refused.
 */
final class PrivacyFence {
    private final Request request;
    private final String hop;
    private final RoutingTable table;
    private final @Nullable Route route;

    /** @param hop the name by which the chain calls the deployments */
    PrivacyFence(Request request, String hop, RoutingTable table) {
        this.request = request;
        this.hop = hop;
        this.table = table;
        this.route = table.route(request.route()).orElse(null);
    }

    boolean admits(Deployment deployment) {
        Lane lane = table.lane(request.lane());
        if (lane != null && !processedWhere(lane.regions(), deployment)) {
            return false;
        }
        Zone runsIn = deployment.zone(request.route());
        if (runsIn == Zone.LOCAL) {
            return true;
        }
        return table.zone().allows(runsIn)
                && request.zone().allows(runsIn)
                && lane != null
                && admits(lane.privacy(), lane.approved(), deployment)
                && (route == null || admits(route, deployment));
    }

    private boolean admits(Route named, Deployment deployment) {
        Lane lane = table.lane(named.lane());
        return lane != null
                && admits(lane.privacy(), lane.approved(), deployment)
                && named.zone().allows(Zone.CLOUD)
                && admits(named.privacy(), named.approved(), deployment);
    }

    private boolean admits(Privacy privacy, List<String> approved, Deployment deployment) {
        return switch (privacy) {
            case LOCAL_ONLY -> false;
            case LOCAL_FIRST ->
                approved.contains(deployment.group())
                        || approved.contains(deployment.id())
                        || (approved.contains(hop) && isCalledBy(hop, deployment));
            case CLOUD_ALLOWED -> true;
        };
    }

    /** Whether a name that the config approves is one that a pattern's deployment is called by. */
    private static boolean isCalledBy(String name, Deployment deployment) {
        Wildcard pattern = Wildcard.of(deployment.group());
        return pattern != null && pattern.part(name) != null;
    }

    /** A lane that names regions admits only what is known to be in one of them. */
    private static boolean processedWhere(List<String> regions, Deployment deployment) {
        return regions.isEmpty() || (deployment.region() != null && regions.contains(deployment.region()));
    }
}
