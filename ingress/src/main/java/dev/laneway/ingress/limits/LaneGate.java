package dev.laneway.ingress.limits;

import java.util.concurrent.atomic.AtomicInteger;

/** The requests of one lane that wait for their first frame. Safe on any thread. */
public final class LaneGate {
    private volatile int capacity;
    private final AtomicInteger waiting = new AtomicInteger();

    public LaneGate(int capacity) {
        this.capacity = capacity;
    }

    /** From now on so many may wait; those who do stay. */
    public void capacity(int room) {
        capacity = room;
    }

    /** Takes a place; false where the lane is full. */
    public boolean enter() {
        if (waiting.incrementAndGet() > capacity) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    public void leave() {
        waiting.decrementAndGet();
    }

    public int waiting() {
        return waiting.get();
    }
}
