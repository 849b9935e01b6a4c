package dev.laneway.provider.reply;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what must not be lost: again and again until the broker has acknowledged it, or the role is closed. An attempt's
 * record stays uncommitted meanwhile, and its call is not made again. How many wait is bounded by the attempts in flight.
 */
public final class Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long LAST_DELAY_MILLIS = 5_000;
    private static final long LOG_MILLIS = 5_000;

    private final Vertx vertx;
    private boolean closed;
    private long lastLog;

    public Outcomes(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Succeeds when the record is acknowledged; does not complete before. */
    public Future<Void> publish(Supplier<? extends Future<?>> send) {
        Promise<Void> promise = Promise.promise();
        attempt(send, promise, FIRST_DELAY_MILLIS);
        return promise.future();
    }

    /** Gives up what is not acknowledged yet. */
    public void close() {
        closed = true;
    }

    private void attempt(Supplier<? extends Future<?>> send, Promise<Void> promise, long delay) {
        send.get().onComplete((done, cause) -> {
            if (cause == null) {
                promise.complete();
            } else if (!closed) {
                log(cause);
                vertx.setTimer(delay, id -> attempt(send, promise, Math.min(LAST_DELAY_MILLIS, delay * 2)));
            }
        });
    }

    private void log(Throwable cause) {
        long now = System.currentTimeMillis();
        if (now - lastLog >= LOG_MILLIS) {
            lastLog = now;
            LOG.warn("an outcome waits for the broker: {}", String.valueOf(cause));
        }
    }
}
