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
 * Gathers items into batches: one is written when it is full, or a while after its first item. One is under way at a time, in the order of
 * arrival; one that fails is written again, after a growing delay, until it succeeds, and everything behind it waits. What bounds the
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
    private volatile int items;

    private record Batch<T>(List<T> items, Promise<Void> written) {}

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
            last = new Batch<>(new ArrayList<>(), Promise.promise());
            waiting.addLast(last);
        }
        last.items().add(item);
        items++;
        if (!writing) {
            if (waiting.getFirst().items().size() >= size) {
                write();
            } else if (!timing) {
                timing = true;
                vertx.setTimer(gatherMillis, id -> {
                    timing = false;
                    flush();
                });
            }
        }
        return last.written().future();
    }

    /** Items not yet written. Safe on any thread. */
    int waiting() {
        return items;
    }

    /** Writes what there is without waiting for more. */
    void flush() {
        if (!writing && !waiting.isEmpty()) {
            write();
        }
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

    private void write() {
        Batch<T> batch = waiting.removeFirst();
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
        flush();
    }
}
