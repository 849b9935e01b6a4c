package dev.laneway.runtime.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the probes saw last. A server is unhealthy before it has answered for the first time, and after it failed to twice in a row.
 * Made and closed on one context; read on any thread.
 */
public final class HealthBoard {
    public static final String DATABASE = "database";
    public static final String CACHE = "cache";
    public static final String BROKER = "broker";

    private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);
    private static final int FAILURES = 2;

    private final Vertx vertx;
    private final List<HealthProbe> probes;
    private final long patienceMillis;
    private final Map<String, ServiceState> states = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> asking = new HashSet<>();
    private long timer;

    private HealthBoard(Vertx vertx, List<HealthProbe> probes, Duration interval) {
        this.vertx = vertx;
        this.probes = List.copyOf(probes);
        this.patienceMillis = Math.max(1, interval.toMillis() * 3 / 4);
        probes.forEach(probe -> states.put(probe.service(), ServiceState.UNHEALTHY));
    }

    /** Begins to ask, at once and after each interval. */
    public static HealthBoard open(Vertx vertx, List<HealthProbe> probes, Duration interval) {
        HealthBoard board = new HealthBoard(vertx, probes, interval);
        board.askAll();
        board.timer = vertx.setPeriodic(interval.toMillis(), id -> board.askAll());
        return board;
    }

    /** How a server was when last asked. */
    public ServiceState state(String service) {
        return states.getOrDefault(service, ServiceState.NOT_CONFIGURED);
    }

    public Future<Void> close() {
        vertx.cancelTimer(timer);
        List<Future<Void>> closing = new ArrayList<>();
        probes.forEach(probe -> closing.add(probe.close()));
        return Future.join(closing).otherwiseEmpty().mapEmpty();
    }

    private void askAll() {
        for (HealthProbe probe : probes) {
            if (asking.add(probe.service())) {
                probe.check().timeout(patienceMillis, TimeUnit.MILLISECONDS).onComplete((done, cause) -> {
                    asking.remove(probe.service());
                    if (cause == null) {
                        failures.put(probe.service(), 0);
                        put(probe.service(), ServiceState.HEALTHY);
                    } else if (failures.merge(probe.service(), 1, Integer::sum) >= FAILURES) {
                        put(probe.service(), ServiceState.UNHEALTHY);
                    }
                });
            }
        }
    }

    private void put(String service, ServiceState now) {
        if (states.put(service, now) != now) {
            LOG.info("{} is {}", service, now.id());
        }
    }
}
