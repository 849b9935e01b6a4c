package dev.laneway.testkit.calls;

import dev.laneway.testkit.wire.Vendor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The calls, newest {@code capacity} of them. An older one is forgotten and counted as overflow. Kept bodies share a
 * bound of their own; the oldest are dropped first, and counted. Safe for any thread.
 */
public final class CallLog {
    private static final long MOST_BODY_BYTES = 256L * 1024 * 1024;

    private final int capacity;
    private final Prices prices;
    private final Consumer<Call> whenEnded;
    private final boolean listened;
    private LiveCall[] ring;
    private final Deque<LiveCall> withBody = new ArrayDeque<>();
    private long bodyBytes;
    private long bodiesDropped;
    private long arrived;
    private long ended;

    /**
     * An empty log.
     *
     * @param capacity most calls remembered
     * @param prices what calls are charged
     * @param whenEnded told of each call that ends, on the thread that ended it; empty for nobody
     */
    public CallLog(int capacity, Prices prices, Optional<Consumer<Call>> whenEnded) {
        this.capacity = capacity;
        this.prices = prices;
        this.whenEnded = whenEnded.orElse(call -> {});
        this.listened = whenEnded.isPresent();
        this.ring = new LiveCall[capacity];
    }

    /**
     * How much passed through.
     *
     * @param arrived calls since the last reset
     * @param ended of those, the ones that ended
     * @param overflowed of those, the ones forgotten
     * @param bodiesDropped bodies dropped to stay within the bound
     */
    public record Counts(long arrived, long ended, long overflowed, long bodiesDropped) {}

    /** A call arrives. */
    public synchronized LiveCall open(long startedMillis, String attemptId, Vendor vendor, String path, String key) {
        arrived++;
        LiveCall call = new LiveCall(this, arrived, startedMillis, attemptId, vendor, path, key);
        ring[slot(arrived)] = call;
        return call;
    }

    /** Remembers that a call keeps its body of so many bytes. */
    public synchronized void keeps(LiveCall call, int bytes) {
        withBody.addLast(call);
        bodyBytes += bytes;
        while (bodyBytes > MOST_BODY_BYTES && withBody.size() > 1) {
            bodyBytes -= withBody.removeFirst().dropBody();
            bodiesDropped++;
        }
    }

    void ended(LiveCall call) {
        synchronized (this) {
            if (ring[slot(call.seq())] == call) {
                ended++;
            }
        }
        if (listened) {
            whenEnded.accept(call.snapshot());
        }
    }

    /** The calls remembered, oldest first; without those that only loaded a model. */
    public List<Call> calls() {
        return live().stream()
                .filter(call -> !call.isLoad())
                .map(LiveCall::snapshot)
                .toList();
    }

    /** The calls remembered that loaded or unloaded a model and asked nothing, oldest first. */
    public List<Call> loads() {
        return live().stream().filter(LiveCall::isLoad).map(LiveCall::snapshot).toList();
    }

    /** All of them, each as it goes on. */
    public synchronized List<LiveCall> live() {
        List<LiveCall> calls = new ArrayList<>();
        for (long seq = Math.max(1, arrived - capacity + 1); seq <= arrived; seq++) {
            calls.add(ring[slot(seq)]);
        }
        return calls;
    }

    public synchronized Optional<LiveCall> find(long seq) {
        boolean remembered = seq >= 1 && seq <= arrived && seq > arrived - capacity;
        return remembered ? Optional.of(ring[slot(seq)]) : Optional.empty();
    }

    public synchronized Counts counts() {
        return new Counts(arrived, ended, Math.max(0, arrived - capacity), bodiesDropped);
    }

    /** Forgets everything and counts from 1 again. Calls still running are no longer recorded. */
    public synchronized void reset() {
        ring = new LiveCall[capacity];
        withBody.clear();
        bodyBytes = 0;
        bodiesDropped = 0;
        arrived = 0;
        ended = 0;
    }

    Prices prices() {
        return prices;
    }

    private int slot(long seq) {
        return (int) (seq % capacity);
    }
}
