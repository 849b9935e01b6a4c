package dev.laneway.testkit.proxy;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The mode of one direction, for all connections. Any thread. */
final class Dial {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turned = lock.newCondition();
    private volatile Mode mode = Mode.PASS;

    Mode mode() {
        return mode;
    }

    void turn(Mode next) {
        lock.lock();
        try {
            mode = next;
            turned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when bytes move, or are swallowed. */
    Mode awaitMoving() throws InterruptedException {
        if (!(mode instanceof Mode.Cut)) {
            return mode;
        }
        lock.lock();
        try {
            while (mode instanceof Mode.Cut) {
                turned.await();
            }
            return mode;
        } finally {
            lock.unlock();
        }
    }

    /** When a piece that came now is to arrive, by {@link System#nanoTime}. */
    long due() {
        long now = System.nanoTime();
        return mode instanceof Mode.Latency latency
                ? now
                        + latency.least().toNanos()
                        + ThreadLocalRandom.current().nextLong(latency.jitter().toNanos() + 1)
                : now;
    }
}
