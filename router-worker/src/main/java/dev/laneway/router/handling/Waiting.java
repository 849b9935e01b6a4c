package dev.laneway.router.handling;

import dev.laneway.runtime.kafka.NotOursException;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for their next try; their records stay uncommitted. At most some of a partition, so that those that wait can't use
 * up its cap of unfinished records and stop the others. Not safe across threads, apart from {@link #size}.
 */
public final class Waiting {
    private final Vertx vertx;
    private final int maxPerPartition;
    private final Map<Place, Integer> places = new HashMap<>();
    private final Set<Wait> waits = new HashSet<>();
    private final Map<String, Wait> byRequest = new HashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private boolean abandoned;
    private int left;

    private record Place(String topic, int partition) {}

    private static final class Wait {
        final String requestId;
        final Place place;
        final Promise<Void> over = Promise.promise();
        long timer;

        Wait(String requestId, Place place) {
            this.requestId = requestId;
            this.place = place;
        }
    }

    public Waiting(Vertx vertx, int maxPerPartition) {
        this.vertx = vertx;
        this.maxPerPartition = maxPerPartition;
    }

    /** Whether one more record of the partition may wait. */
    boolean hasRoom(Taken<?> taken) {
        return places.isEmpty() || places.getOrDefault(place(taken), 0) < maxPerPartition;
    }

    /**
     * Succeeds after a time, or earlier when its request is woken. Of a request that is delivered twice, both wait, and only the last
     * can be woken. After {@link #abandon} it does not complete.
     */
    Future<Void> begin(Taken<?> taken, String requestId, long millis) {
        if (abandoned) {
            left++;
            return Promise.<Void>promise().future();
        }
        Wait wait = new Wait(requestId, place(taken));
        wait.timer = vertx.setTimer(Math.max(1, millis), id -> end(wait));
        places.merge(wait.place, 1, Integer::sum);
        waits.add(wait);
        byRequest.put(requestId, wait);
        size.incrementAndGet();
        return wait.over.future();
    }

    /** Ends a request's wait, if it waits. */
    void wake(String requestId) {
        Wait wait = byRequest.get(requestId);
        if (wait != null && vertx.cancelTimer(wait.timer)) {
            end(wait);
        }
    }

    /** Partitions have moved: nothing of theirs waits any longer, for it is handed out again. Fails what {@link #begin} promised. */
    public void moved(Set<TopicPartition> partitions) {
        for (Wait wait : List.copyOf(waits)) {
            boolean gone = partitions.contains(new TopicPartition(wait.place.topic, wait.place.partition));
            if (gone && vertx.cancelTimer(wait.timer)) {
                remove(wait);
                wait.over.fail(new NotOursException());
            }
        }
    }

    /** Ends no wait any more, begun or yet to begin: others will have their records. */
    public void abandon() {
        abandoned = true;
        left += waits.size();
        waits.forEach(wait -> vertx.cancelTimer(wait.timer));
        waits.clear();
        byRequest.clear();
        places.clear();
        size.set(0);
    }

    /** Records whose wait was abandoned. */
    public int left() {
        return left;
    }

    int size() {
        return size.get();
    }

    private void end(Wait wait) {
        remove(wait);
        wait.over.complete();
    }

    private void remove(Wait wait) {
        waits.remove(wait);
        byRequest.remove(wait.requestId, wait);
        places.computeIfPresent(wait.place, Waiting::oneLess);
        size.decrementAndGet();
    }

    private static @Nullable Integer oneLess(Place place, int count) {
        return count == 1 ? null : count - 1;
    }

    private static Place place(Taken<?> taken) {
        return new Place(taken.topic(), taken.partition());
    }
}
