package dev.laneway.dialects.ollama;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The times that an answer tells: when its lines were made, and how long it took, in nanoseconds. The vendor's part is seen from here:
 * what came before the first token counts as the prompt's. One answer, one thread.
 */
final class Stopwatch {
    private final long createdAt;
    private final LongSupplier nanos;
    private final long begun;
    private long firstToken;
    private boolean anyToken;

    /**
     * Begins to run.
     *
     * @param createdAt seconds since the epoch
     * @param nanos a monotonic clock
     */
    Stopwatch(long createdAt, LongSupplier nanos) {
        this.createdAt = createdAt;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    /** Something of the answer came. */
    void token() {
        if (!anyToken) {
            anyToken = true;
            firstToken = nanos.getAsLong();
        }
    }

    /** Now, as RFC 3339 has it. */
    String now() {
        return Instant.ofEpochSecond(createdAt).plusNanos(total()).toString();
    }

    long total() {
        return nanos.getAsLong() - begun;
    }

    long ofPrompt() {
        return anyToken ? firstToken - begun : total();
    }

    long ofAnswer() {
        return anyToken ? nanos.getAsLong() - firstToken : 0;
    }
}
