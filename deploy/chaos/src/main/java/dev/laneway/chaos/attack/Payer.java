package dev.laneway.chaos.attack;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Whose budget is spent, and how far its callers are. Any thread. */
final class Payer {

    private final String owner;
    private final String key;
    private final Duration patience;
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong movedAt = new AtomicLong(System.nanoTime());

    /**
     * @param owner by whom facts are of it
     * @param patience nothing passed for so long although it was asked: the budget is spent
     */
    Payer(String owner, String key, Duration patience) {
        this.owner = owner;
        this.key = key;
        this.patience = patience;
    }

    String owner() {
        return owner;
    }

    String key() {
        return key;
    }

    void passed() {
        passed.incrementAndGet();
        movedAt.set(System.nanoTime());
    }

    /** By the budget. */
    void refused() {
        refused.incrementAndGet();
    }

    /** For another reason: it says nothing of the budget. */
    void failed() {
        movedAt.set(System.nanoTime());
    }

    int answers() {
        return passed.get();
    }

    boolean isSpent() {
        return refused.get() > 0 && System.nanoTime() - movedAt.get() > patience.toNanos();
    }
}
