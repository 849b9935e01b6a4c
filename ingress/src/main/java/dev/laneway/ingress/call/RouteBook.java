package dev.laneway.ingress.call;

import dev.laneway.ingress.limits.LaneGate;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.topology.TopicPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The routes of the config in force. Read on any thread; a call uses one edition from its beginning to its end. */
public final class RouteBook {
    private final int waitingPerLane;
    private final Meters meters;
    private final Map<String, LaneGate> gates = new ConcurrentHashMap<>();
    private volatile @Nullable Edition current;

    /** One config's routes. */
    record Edition(GatewayConfig config, Map<String, RouteCard> cards) {
        /** The route that a client means; null where it may call none of that name. */
        @Nullable
        RouteCard find(String model) {
            return config.route(model).map(route -> cards.get(route.name())).orElse(null);
        }
    }

    public RouteBook(int waitingPerLane, Meters meters) {
        this.waitingPerLane = waitingPerLane;
        this.meters = meters;
    }

    /** Puts a config in force. */
    public void put(GatewayConfig config) {
        Map<String, RouteCard> cards = new HashMap<>();
        for (Route route : config.routes().values()) {
            Lane lane = config.lanes().get(route.lane());
            boolean durable = lane != null && lane.durable();
            cards.put(route.name(), new RouteCard(route, durable, gate(config, route.lane()), meters));
        }
        current = new Edition(config, cards);
    }

    /** The config in force; null before the first. */
    public @Nullable GatewayConfig config() {
        Edition edition = current;
        return edition == null ? null : edition.config;
    }

    /** How long answers are kept. */
    public Duration answersKept() {
        Edition edition = current;
        return TopicPlan.kept(
                edition == null
                        ? Limits.DEFAULT_REQUEST_TIMEOUT
                        : edition.config().limits().requestTimeout());
    }

    @Nullable
    Edition current() {
        return current;
    }

    private LaneGate gate(GatewayConfig config, String name) {
        Lane lane = config.lanes().get(name);
        int room = Math.min(waitingPerLane, lane == null ? Lane.DEFAULT_ROOM : lane.room());
        LaneGate gate = gates.computeIfAbsent(name, absent -> {
            LaneGate made = new LaneGate(room);
            meters.gauge(IngressMetric.WAITING, made::waiting, MetricTag.LANE, name);
            return made;
        });
        gate.capacity(room);
        return gate;
    }
}
