package dev.laneway.ingress.limits;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes held for clients, in request bodies and in answers that they have not taken yet. Safe on any thread. */
public final class MemoryBudget {
    private final long capacity;
    private final AtomicLong held = new AtomicLong();

    public MemoryBudget(long capacity) {
        this.capacity = capacity;
    }

    /** Takes room; false, and none taken, where there isn't enough. */
    public boolean reserve(int bytes) {
        if (held.addAndGet(bytes) > capacity) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    public void release(int bytes) {
        held.addAndGet(-bytes);
    }

    /** Bytes held just now. */
    public long held() {
        return held.get();
    }
}
