package dev.laneway.accounting.ledger;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Gathers items into batches: one is written when it is full, or a while after its first item, whatever was written meanwhile: each costs
 * something of its own, so that many small ones would cost more. One is under way at a time, in the order of arrival; one that fails is written again, after a growing delay, until it succeeds, and everything behind it waits. What bounds the
 * waiting items is the source, which pauses at its cap; what it takes back is to be forgotten here, or each rebalance would add a cap of
 * them. Belongs to one context.
 */
final class Batcher<T> {
    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long LAST_DELAY_MILLIS = 5_000;

    private final Vertx vertx;
    private final int size;
    private final long gatherMillis;
    private final Function<List<T>, Future<Void>> writer;
    private final ArrayDeque<Batch<T>> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean timing;
    private boolean hurried;
    private volatile int items;

    /** @param since when its first item came, monotonic nanoseconds */
    private record Batch<T>(List<T> items, Promise<Void> written, long since) {}

    /**
     * @param size items of a full batch
     * @param gatherMillis how long a batch that is not full waits for more, at least 1
     */
    Batcher(Vertx vertx, int size, long gatherMillis, Function<List<T>, Future<Void>> writer) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.size = size;
        this.gatherMillis = gatherMillis;
        this.writer = Objects.requireNonNull(writer, "writer");
    }

    /** Takes an item; the future succeeds when it is written, and never fails. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes; others only look
    Future<Void> add(T item) {
        Batch<T> last = waiting.peekLast();
        if (last == null || last.items().size() >= size) {
            last = new Batch<>(new ArrayList<>(), Promise.promise(), System.nanoTime());
            waiting.addLast(last);
        }
        last.items().add(item);
        items++;
        next();
        return last.written().future();
    }

    /** Items not yet written. Safe on any thread. */
    int waiting() {
        return items;
    }

    /** Writes what there is without waiting for more. */
    void flush() {
        hurried = true;
        next();
    }

    /**
     * Drops items that wait: they will be added again, here or elsewhere, and what their futures say means nothing any more. Of the batch that
     * is under way none is dropped.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes; others only look
    void forget(Predicate<? super T> gone) {
        Iterator<Batch<T>> batches = waiting.iterator();
        while (batches.hasNext()) {
            List<T> kept = batches.next().items();
            int before = kept.size();
            kept.removeIf(gone);
            items -= before - kept.size();
            if (kept.isEmpty()) {
                batches.remove();
            }
        }
    }

    /** Writes the next batch, where none is under way and it is due: it is full, or its time is up. */
    private void next() {
        Batch<T> first = waiting.peekFirst();
        if (first == null) {
            hurried = false;
            return;
        }
        if (writing) {
            return;
        }
        long left = gatherMillis - (System.nanoTime() - first.since()) / 1_000_000;
        // nothing is added to one that has another behind it
        if (hurried || first.items().size() >= size || waiting.size() > 1 || left <= 0) {
            write();
        } else if (!timing) {
            timing = true;
            vertx.setTimer(left, id -> {
                timing = false;
                next();
            });
        }
    }

    private void write() {
        Batch<T> batch = waiting.removeFirst();
        hurried = hurried && !waiting.isEmpty();
        writing = true;
        attempt(batch, 0);
    }

    private void attempt(Batch<T> batch, int failures) {
        writer.apply(batch.items()).onComplete((done, cause) -> {
            if (cause == null) {
                finish(batch);
            } else {
                long delay = Math.min(LAST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures, 10));
                vertx.setTimer(delay, id -> attempt(batch, failures + 1));
            }
        });
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes; others only look
    private void finish(Batch<T> batch) {
        writing = false;
        items -= batch.items().size();
        batch.written().complete();
        next();
    }
}
