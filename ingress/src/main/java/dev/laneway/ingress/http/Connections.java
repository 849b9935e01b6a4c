package dev.laneway.ingress.http;

import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of one event loop: not too many, and none that stays without a request. Vert.x shows a connection when its first
 * request has come; until then its own guard looks after it, from then on {@link #sweep}.
 */
public final class Connections {
    private final int capacity;
    private final Map<HttpConnection, Use> open = new HashMap<>();
    private final Counter refused;
    private final Counter idle;
    private volatile int count;

    private static final class Use {
        private int requests;
        private long since = System.nanoTime();
    }

    public Connections(int capacity, Meters meters) {
        this.capacity = capacity;
        refused = meters.counter(IngressMetric.CONNECTIONS_REFUSED);
        idle = meters.counter(IngressMetric.CONNECTIONS_IDLE);
    }

    /** A connection was made. */
    public void opened(HttpConnection connection) {
        if (open.size() >= capacity) {
            refused.increment();
            connection.close();
            return;
        }
        Wire.removeIdleGuard(connection);
        open.put(connection, new Use());
        count = open.size();
        connection.closeHandler(v -> {
            open.remove(connection);
            count = open.size();
        });
    }

    /** A request began on it. */
    public void begun(HttpConnection connection) {
        Use use = open.get(connection);
        if (use != null) {
            use.requests++;
        }
    }

    /** A request ended on it. */
    public void ended(HttpConnection connection) {
        Use use = open.get(connection);
        if (use != null) {
            use.requests--;
            use.since = System.nanoTime();
        }
    }

    /** How many are open; on any thread. */
    public int count() {
        return count;
    }

    /** Closes those that were idle for longer than that. */
    public void sweep(long nowNanos, long patienceNanos) {
        List<HttpConnection> tooLong = new ArrayList<>();
        open.forEach((connection, use) -> {
            if (use.requests <= 0 && nowNanos - use.since > patienceNanos) {
                tooLong.add(connection);
            }
        });
        idle.increment(tooLong.size());
        tooLong.forEach(Wire::cut);
    }
}
