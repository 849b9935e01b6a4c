package dev.laneway.runtime.kafka;

/**
 * The bytes of the records that a source has taken and not finished. Full at its limit, it has room again at half of it, so that
 * partitions aren't paused and resumed with each record. Not safe across threads.
 */
final class InFlightBytes {
    private static final long MIB = 1 << 20;

    private final long limit;
    private long held;
    private boolean full;

    /** @param limit from which on nothing more is to be taken, at least 1; what is under way when it is reached comes on top */
    InFlightBytes(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit + " bytes");
        }
        this.limit = limit;
    }

    /** For each source of a process with so much heap: an eighth of it, 32 to 512 MB. */
    static long limitFor(long heapBytes) {
        return Math.clamp(heapBytes / 8, 32 * MIB, 512 * MIB);
    }

    void take(long bytes) {
        held += bytes;
    }

    void giveBack(long bytes) {
        held -= bytes;
    }

    /** @return true where it has just become full */
    boolean fills() {
        if (full || held < limit) {
            return false;
        }
        full = true;
        return true;
    }

    /** @return true where it was full, and has room again */
    boolean clears() {
        if (!full || held > limit / 2) {
            return false;
        }
        full = false;
        return true;
    }

    boolean full() {
        return full;
    }

    long held() {
        return held;
    }
}
