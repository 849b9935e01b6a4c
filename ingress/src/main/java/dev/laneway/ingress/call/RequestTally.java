package dev.laneway.ingress.call;

import dev.laneway.ingress.http.Refusal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts a request: once as accepted or refused, and once at its end where it was accepted. One thread. */
final class RequestTally {
    private final RouteMeters meters;
    private final AtomicInteger inFlight;
    private final long startedNanos;

    /** How a request ended; each has its counter. */
    enum Outcome {
        COMPLETED,
        FAILED,
        CANCELLED,
        EXPIRED
    }

    RequestTally(RouteMeters meters, AtomicInteger inFlight, long startedNanos) {
        this.meters = meters;
        this.inFlight = inFlight;
        this.startedNanos = startedNanos;
    }

    void accepted() {
        meters.accepted.increment();
        inFlight.incrementAndGet();
        meters.acceptTime.record(sinceItCame(), TimeUnit.NANOSECONDS);
    }

    void refused(Refusal why) {
        meters.refused(why).increment();
    }

    void firstFrame() {
        meters.firstFrameTime.record(sinceItCame(), TimeUnit.NANOSECONDS);
    }

    void fellBack() {
        meters.fallbacks.increment();
    }

    /** @param reason why it was cancelled, where it was; {@code status} what a client was told of a failure */
    void ended(Outcome how, int status, String reason) {
        inFlight.decrementAndGet();
        meters.totalTime.record(sinceItCame(), TimeUnit.NANOSECONDS);
        switch (how) {
            case COMPLETED -> meters.completed.increment();
            case FAILED -> meters.failed(status).increment();
            case CANCELLED -> meters.cancelled(reason).increment();
            case EXPIRED -> meters.expired.increment();
        }
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(sinceItCame());
    }

    private long sinceItCame() {
        return System.nanoTime() - startedNanos;
    }
}
