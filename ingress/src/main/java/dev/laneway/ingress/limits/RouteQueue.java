package dev.laneway.ingress.limits;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests of one route that wait for their first answer, those that are streamed and the others apart: what one kind takes says
 * nothing of another. They share their lane's room. Safe on any thread.
 */
public final class RouteQueue {
    /** How much of its time a request may be expected to wait, in tenths: the forecast may be off by the rest. */
    private static final int TENTHS = 9;

    private final LaneGate lane;
    private final Forecast forecast = new Forecast();
    private final AtomicInteger waiting = new AtomicInteger();

    public RouteQueue(LaneGate lane) {
        this.lane = lane;
    }

    /**
     * Takes a place, or says why there is none. Somebody who would be the only one of the queue is always let in: he finds out
     * how it is now.
     *
     * @param leftNanos until the request's deadline
     */
    public Entry enter(long nowNanos, long leftNanos) {
        int ahead = lane.waiting();
        if (waiting.get() > 0) {
            long expected = forecast.expected(nowNanos, ahead);
            if (expected != Forecast.UNKNOWN && expected > leftNanos / 10 * TENTHS) {
                return new Entry.TooLate(Spread.from((expected - leftNanos / 10 * TENTHS) / 1_000_000));
            }
        }
        if (!lane.enter()) {
            // by then some have been answered; where nobody knows how soon that is, a moment has to do
            long expected = forecast.expected(nowNanos, Math.max(1, ahead / 10));
            return new Entry.Full(Spread.from(Math.max(0, expected) / 1_000_000));
        }
        waiting.incrementAndGet();
        return new Entry.Admitted(new Place(this, nowNanos, ahead));
    }

    Forecast forecast() {
        return forecast;
    }

    void left() {
        waiting.decrementAndGet();
        lane.leave();
    }
}
