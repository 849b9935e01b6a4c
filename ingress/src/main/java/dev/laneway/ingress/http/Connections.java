package dev.laneway.ingress.http;

import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop: not too many, and none that stays without a request. Vert.x shows a connection when its first
 * request has come; until then {@link Arrivals} looks after it, from then on {@link #sweep}.
 *
 * <p>A client that ends its input may wait for its answer, or be gone: TCP does not tell. Where an answer is due, the client is sent
 * an interim response, which makes a client that is gone reset the connection; one that waits passes over it and gets its answer.
 */
public final class Connections {
    /** After the end of a client's input: the first makes who is gone reset the connection, a later one finds out. */
    private static final long[] PROBES_AFTER_NANOS = {0, 250_000_000, 2_000_000_000};

    private final int capacity;
    private final Arrivals arrivals;
    private final Map<HttpConnection, Use> open = new HashMap<>();
    private final Counter refused;
    private final Counter idle;
    private volatile int count;

    private static final class Use {
        private int requests;
        private long since = System.nanoTime();
        private @Nullable HttpServerRequest latest;
        private boolean inputEnded;
        private long inputEndedAt;
        private int probes;
        private boolean distrusted;
    }

    public Connections(int capacity, Arrivals arrivals, Meters meters) {
        this.capacity = capacity;
        this.arrivals = arrivals;
        refused = meters.counter(IngressMetric.CONNECTIONS_REFUSED);
        idle = meters.counter(IngressMetric.CONNECTIONS_IDLE);
    }

    /** A connection was made. */
    public void opened(HttpConnection connection) {
        arrivals.introduced(connection);
        if (open.size() >= capacity) {
            refused.increment();
            connection.close();
            return;
        }
        Wire.removeIdleGuard(connection);
        Use use = new Use();
        open.put(connection, use);
        count = open.size();
        Wire.onInputEnd(connection, () -> inputEnded(connection, use));
        connection.closeHandler(v -> {
            open.remove(connection);
            count = open.size();
        });
    }

    /** A request began. @return false where what came before it on its connection forbids to believe that it is one */
    public boolean begun(HttpServerRequest http) {
        Use use = open.get(http.connection());
        if (use == null) {
            return true;
        }
        if (use.distrusted) {
            Wire.flush(http.connection());
            Wire.cut(http.connection());
            return false;
        }
        use.requests++;
        use.latest = http;
        return true;
    }

    /** Nothing that comes on it from now on is a request: where something does, it is closed with what was written so far. */
    public void distrust(HttpConnection connection) {
        Use use = open.get(connection);
        if (use != null) {
            use.distrusted = true;
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

    /** Closes those that were idle for longer than that, and those that nothing more can come on. */
    public void sweep(long nowNanos, long patienceNanos) {
        List<HttpConnection> tooLong = new ArrayList<>();
        List<HttpConnection> done = new ArrayList<>();
        open.forEach((connection, use) -> {
            if (use.requests <= 0 && nowNanos - use.since > patienceNanos) {
                tooLong.add(connection);
            } else if (use.inputEnded && use.requests <= 0) {
                done.add(connection);
            } else if (use.inputEnded) {
                probe(use, nowNanos);
            }
        });
        idle.increment(tooLong.size());
        tooLong.forEach(Wire::cut);
        done.forEach(HttpConnection::close);
    }

    private static void inputEnded(HttpConnection connection, Use use) {
        HttpServerRequest http = use.latest;
        // a body that will never be whole can't be answered; HTTP/1.0 knows no interim response to find a client gone
        // by
        boolean answerable = http != null && http.isEnded() && http.version() != HttpVersion.HTTP_1_0;
        if (use.requests <= 0 || !answerable) {
            Wire.cut(connection);
            return;
        }
        use.inputEnded = true;
        use.inputEndedAt = System.nanoTime();
        probe(use, use.inputEndedAt);
    }

    /** The frames of an answer that has begun are probes enough. */
    private static void probe(Use use, long nowNanos) {
        HttpServerRequest http = use.latest;
        if (use.probes < PROBES_AFTER_NANOS.length
                && nowNanos - use.inputEndedAt >= PROBES_AFTER_NANOS[use.probes]
                && http != null
                && !http.response().headWritten()) {
            use.probes++;
            http.response().writeContinue();
        }
    }
}
