package dev.laneway.runtime.kafka;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a source knows of one partition while it is assigned. Not safe across threads. */
final class PartitionWork {
    /** Records that were read and may not be begun with yet: at most the cap and what one poll brings. */
    final ArrayDeque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();

    final long ownership;
    final long assignment;
    /** Null until it is known what the members before left. */
    @Nullable
    PartitionProgress progress;

    boolean paused;
    /** Of what was taken and is not finished. */
    long bytes;

    boolean revoked;
    private final ArrayDeque<long[]> takenAt = new ArrayDeque<>();
    private List<Asking> asking = new ArrayList<>();
    private long lastSeen = -1;

    /** Somebody who wants to go on with a record. */
    private record Asking(long offset, Promise<Void> right) {}

    /**
     * @param ownership the number of its assignment, as the consumer counts
     * @param assignment {@link Taken#assignment()}
     */
    PartitionWork(long ownership, long assignment) {
        this.ownership = ownership;
        this.assignment = assignment;
    }

    /** A record was read; false where it, or one behind it, was read before. */
    boolean seen(long offset) {
        if (offset <= lastSeen) {
            return false;
        }
        lastSeen = offset;
        return true;
    }

    /** Above the last record that waits, 0 where none does. */
    long wanted() {
        return waiting.isEmpty() ? 0 : waiting.getLast().offset() + 1;
    }

    /** Read and not finished. */
    int held() {
        return waiting.size() + unfinished();
    }

    int unfinished() {
        return progress == null ? 0 : progress.unfinished();
    }

    int span() {
        return waiting.size() + (progress == null ? 0 : progress.span());
    }

    void taken(PartitionProgress mine, long offset, long nowMillis) {
        mine.taken(offset);
        takenAt.addLast(new long[] {offset, nowMillis});
    }

    boolean finish(long offset) {
        if (progress == null) {
            return false;
        }
        boolean first = progress.finish(offset);
        long head = progress.committable();
        while (!takenAt.isEmpty() && takenAt.getFirst()[0] < head) {
            takenAt.removeFirst();
        }
        return first;
    }

    /** When the oldest unfinished record was taken, or the given time where there is none. */
    long headTakenAt(long now) {
        return takenAt.isEmpty() ? now : takenAt.getFirst()[1];
    }

    void ask(long offset, Promise<Void> right) {
        asking.add(new Asking(offset, right));
    }

    boolean isAsked() {
        return !asking.isEmpty();
    }

    /** A commit was accepted: who may go on, goes on. */
    void answer(String epoch, long nanos) {
        if (progress == null || asking.isEmpty()) {
            return;
        }
        PartitionProgress mine = progress;
        List<Asking> left = new ArrayList<>();
        List<Asking> asked = asking;
        asking = left;
        for (Asking one : asked) {
            if (mine.holds(one.offset, epoch, nanos)) {
                one.right.complete();
            } else {
                left.add(one);
            }
        }
    }

    /** The partition has moved: nobody goes on. */
    void revoke() {
        revoked = true;
        waiting.clear();
        List<Asking> asked = asking;
        asking = new ArrayList<>();
        asked.forEach(one -> one.right.fail(new NotOursException()));
    }
}
