package dev.laneway.router;

import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests that wait for their next try; their records stay uncommitted. At most some of a partition, so that those that wait can't use
 * up its cap of unfinished records and stop the others. Not safe across threads, apart from {@link #size}.
 */
final class Waiting {
    private final Vertx vertx;
    private final int maxPerPartition;
    private final Map<Place, Integer> places = new HashMap<>();
    private final Map<String, Timer> timers = new HashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    private record Place(String topic, int partition) {}

    Waiting(Vertx vertx, int maxPerPartition) {
        this.vertx = vertx;
        this.maxPerPartition = maxPerPartition;
    }

    /** Whether one more record of the partition may wait. */
    boolean hasRoom(Taken<?> taken) {
        return places.isEmpty() || places.getOrDefault(place(taken), 0) < maxPerPartition;
    }

    /** Succeeds after a time, or earlier when its request is woken. */
    Future<Void> begin(Taken<?> taken, String requestId, long millis) {
        Place place = place(taken);
        places.merge(place, 1, Integer::sum);
        size.incrementAndGet();
        Timer timer = vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS);
        timers.put(requestId, timer);
        return timer.otherwiseEmpty().onComplete(over -> {
            timers.remove(requestId, timer);
            places.computeIfPresent(place, (same, count) -> count == 1 ? null : count - 1);
            size.decrementAndGet();
        });
    }

    /** Ends a request's wait, if it waits. */
    void wake(String requestId) {
        Timer timer = timers.get(requestId);
        if (timer != null) {
            timer.cancel();
        }
    }

    int size() {
        return size.get();
    }

    private static Place place(Taken<?> taken) {
        return new Place(taken.topic(), taken.partition());
    }
}
