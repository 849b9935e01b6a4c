package dev.laneway.ingress.limits;

/** A request's place among those of its lane that wait for their first answer. Given back once; used on one event loop. */
public final class Place {
    private final RouteQueue queue;
    private final long enteredNanos;
    private final int ahead;
    private boolean left;

    Place(RouteQueue queue, long enteredNanos, int ahead) {
        this.queue = queue;
        this.enteredNanos = enteredNanos;
        this.ahead = ahead;
    }

    /** Its first answer is there, be it an error. */
    public void answered(long nowNanos) {
        if (leave()) {
            queue.forecast().answered(nowNanos, nowNanos - enteredNanos, ahead);
        }
    }

    /** Its time was over before it was answered. */
    public void expired(long nowNanos) {
        if (leave()) {
            queue.forecast().gaveUp(nowNanos, nowNanos - enteredNanos, ahead);
        }
    }

    /** It ended for a reason that says nothing about the others. @return false where it had ended before */
    public boolean leave() {
        if (left) {
            return false;
        }
        left = true;
        queue.left();
        return true;
    }
}
