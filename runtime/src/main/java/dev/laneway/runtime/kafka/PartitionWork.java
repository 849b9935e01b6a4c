package dev.laneway.runtime.kafka;

import java.util.ArrayDeque;

/** What a source knows of one partition while it is assigned. Not safe across threads. */
final class PartitionWork {
    final Watermark watermark = new Watermark(0);
    /** Offsets and times of what was taken, oldest first, to tell the age of the head. */
    private final ArrayDeque<long[]> takenAt = new ArrayDeque<>();

    long committed = -1;
    boolean paused;
    boolean revoked;
    private boolean any;

    void taken(long offset, long nowMillis) {
        watermark.taken(offset);
        any = true;
        takenAt.addLast(new long[] {offset, nowMillis});
    }

    boolean finish(long offset) {
        boolean first = watermark.finish(offset);
        long head = watermark.committable();
        while (!takenAt.isEmpty() && takenAt.getFirst()[0] < head) {
            takenAt.removeFirst();
        }
        return first;
    }

    /** True where a commit would say something new. */
    boolean advanced() {
        return any && watermark.committable() > committed;
    }

    /** When the oldest unfinished record was taken, or the given time where there is none. */
    long headTakenAt(long now) {
        return takenAt.isEmpty() ? now : takenAt.getFirst()[1];
    }
}
