package dev.laneway.ingress.call;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.ingress.limits.Entry;
import dev.laneway.ingress.limits.LaneGate;
import dev.laneway.ingress.limits.RouteQueue;
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
    private volatile @Nullable Queues queues;

    private record Queues(RouteQueue streams, RouteQueue others) {
        RouteQueue of(boolean streamed) {
            return streamed ? streams : others;
        }
    }

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

    /**
     * Takes a place in its lane.
     *
     * @param leftNanos until the request's deadline
     */
    Entry enter(boolean streamed, long nowNanos, long leftNanos) {
        return queues().of(streamed).enter(nowNanos, leftNanos);
    }

    private Queues queues() {
        Queues made = queues;
        if (made == null) {
            made = new Queues(new RouteQueue(gate), new RouteQueue(gate));
            queues = made;
        }
        return made;
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
