package dev.laneway.ingress.call;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.ingress.limits.LaneGate;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.meters.Meters;
import org.jspecify.annotations.Nullable;

/** What every request of a route has in common, made once for each config. Safe on any thread. */
final class RouteCard {
    private final Route route;
    private final boolean durable;
    private final String topic;
    private final LaneGate gate;
    private final Meters registry;
    private volatile @Nullable RouteMeters meters;

    /** @param durable whether its lane's requests outlive their clients */
    RouteCard(Route route, boolean durable, LaneGate gate, Meters registry) {
        this.route = route;
        this.durable = durable;
        this.gate = gate;
        this.registry = registry;
        topic = Topics.requests(route.zone(), route.lane(), WorkClass.INTERACTIVE);
    }

    Route route() {
        return route;
    }

    /** Whether its requests go on when their clients leave, whatever these sent. */
    boolean durable() {
        return durable;
    }

    /** Where its requests go. */
    String topic() {
        return topic;
    }

    LaneGate gate() {
        return gate;
    }

    /** Made when first asked for: of a thousand routes, most are never called. */
    RouteMeters meters() {
        RouteMeters made = meters;
        if (made == null) {
            made = new RouteMeters(registry, route);
            meters = made;
        }
        return made;
    }
}
