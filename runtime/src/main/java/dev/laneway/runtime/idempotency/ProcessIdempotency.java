package dev.laneway.runtime.idempotency;

import dev.laneway.contracts.ClientNames;
import dev.laneway.contracts.Fact;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Names in memory, for a process that was given no Redis, and for tests: other processes don't see them. Holds at most {@value #MOST}
 * of each kind; then further ones are refused, or not remembered. Safe on any thread.
 */
public final class ProcessIdempotency implements IdempotencyStore, IdempotencyRecords {
    private static final int MOST = 100_000;

    private final LongSupplier clock;
    private final Map<String, Entry> keys = new HashMap<>();
    private final Map<String, Labelled> labels = new HashMap<>();
    private boolean restored;
    private int forgotten;

    private record Entry(String id, String body, @Nullable Fact end, long until) {
        boolean free() {
            Fact.Terminal terminal = end == null ? null : end.terminal();
            return terminal != null && !KeyRule.keeps(terminal);
        }

        Entry until(long later) {
            return new Entry(id, body, end, Math.max(until, later));
        }
    }

    private record Labelled(String id, long until) {}

    /**
     * A store that knows nothing.
     *
     * @param clock epoch milliseconds
     * @param restored whether that is all there is to know
     */
    public ProcessIdempotency(LongSupplier clock, boolean restored) {
        this.clock = clock;
        this.restored = restored;
    }

    /** Forgets everything, as a server that was emptied. */
    public synchronized void forget() {
        keys.clear();
        labels.clear();
        restored = false;
        forgotten++;
    }

    @Override
    public synchronized Future<Claim> claim(ClientNames names, String requestId, Duration provisional) {
        if (!restored) {
            return Future.succeededFuture(new Claim.NotRestored());
        }
        String key = Objects.requireNonNull(names.key(), "key");
        Entry had = entry(key);
        if (had != null && !had.free()) {
            return Future.succeededFuture(new Claim.Taken(had.id, had.body, had.end));
        }
        Entry claimed = new Entry(requestId, Objects.requireNonNull(names.body(), "body"), null, until(provisional));
        return put(key, claimed) ? Future.succeededFuture(new Claim.Granted()) : full();
    }

    @Override
    public synchronized void keep(String key, String requestId, Duration lifetime) {
        Entry had = entry(key);
        if (had != null && had.id.equals(requestId)) {
            keys.put(key, had.until(until(lifetime)));
        }
    }

    @Override
    public synchronized void release(String key, String requestId) {
        Entry had = entry(key);
        if (had != null && had.id.equals(requestId)) {
            keys.remove(key);
        }
    }

    @Override
    public synchronized void label(String label, String requestId, Duration lifetime) {
        purge();
        if (labels.size() < MOST) {
            labels.put(label, new Labelled(requestId, until(lifetime)));
        }
    }

    @Override
    public synchronized Future<Found> find(String key, String label) {
        Entry entry = entry(key);
        Labelled labelled = labels.get(label);
        if (entry != null) {
            return Future.succeededFuture(new Found.Known(entry.id));
        }
        if (labelled != null && labelled.until > clock.getAsLong()) {
            return Future.succeededFuture(new Found.Known(labelled.id));
        }
        return Future.succeededFuture(restored ? new Found.Nothing() : new Found.NotRestored());
    }

    @Override
    public synchronized Future<Boolean> whole() {
        return Future.succeededFuture(restored);
    }

    @Override
    public synchronized Future<String> restoring() {
        return Future.succeededFuture(String.valueOf(forgotten));
    }

    @Override
    public synchronized Future<Void> write(Fact.OfRequest fact, Duration left) {
        ClientNames names = fact.request().names();
        if (names == null) {
            return Future.succeededFuture();
        }
        String id = fact.request().id();
        String label = names.label();
        Labelled labelled = label == null ? null : labels.get(label);
        if (label != null && (labelled == null || labelled.id.compareTo(id) <= 0)) {
            label(label, id, left);
        }
        String key = names.key();
        return key == null || write(key, id, String.valueOf(names.body()), fact, left)
                ? Future.succeededFuture()
                : full();
    }

    private boolean write(String key, String id, String body, Fact fact, Duration left) {
        Entry had = entry(key);
        if (had != null && had.id.compareTo(id) > 0) {
            return true;
        }
        if (had != null && had.id.equals(id) && (had.end != null || fact.terminal() == null)) {
            keys.put(key, had.until(until(left)));
            return true;
        }
        return put(key, new Entry(id, body, fact.terminal() == null ? null : fact, until(left)));
    }

    @Override
    public synchronized Future<Void> restored(String beginning) {
        if (!beginning.equals(String.valueOf(forgotten))) {
            return Future.failedFuture("it has forgotten meanwhile");
        }
        restored = true;
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private static <T> Future<T> full() {
        return Future.failedFuture("too many keys are remembered");
    }

    private @Nullable Entry entry(String key) {
        Entry entry = keys.get(key);
        return entry == null || entry.until <= clock.getAsLong() ? null : entry;
    }

    private boolean put(String key, Entry entry) {
        purge();
        if (keys.size() >= MOST && !keys.containsKey(key)) {
            return false;
        }
        keys.put(key, entry);
        return true;
    }

    /** Only where there is no room otherwise: until then what is over is passed over. */
    private void purge() {
        if (keys.size() >= MOST || labels.size() >= MOST) {
            long now = clock.getAsLong();
            keys.values().removeIf(entry -> entry.until <= now);
            labels.values().removeIf(labelled -> labelled.until <= now);
        }
    }

    private long until(Duration lifetime) {
        return clock.getAsLong() + lifetime.toMillis();
    }
}
