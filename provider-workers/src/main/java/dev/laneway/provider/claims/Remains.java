package dev.laneway.provider.claims;

import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What the log holds of an attempt whose holder is gone. */
public sealed interface Remains {
    /** Its fact is there, so all of it is. */
    record Told() implements Remains {}

    /**
     * The answer is there to its last frame; only the fact is missing.
     *
     * @param usage as the last frame says it
     * @param firstFrameAt epoch milliseconds
     * @param lastFrameAt epoch milliseconds
     */
    record Answered(
            @Nullable TokenUsage usage,
            String topic,
            int partition,
            long firstOffset,
            long lastOffset,
            int frames,
            long firstFrameAt,
            long lastFrameAt)
            implements Remains {}

    /** The failure is there; only the fact is missing. */
    record Failed(FailedAttempt failed) implements Remains {}

    /**
     * Nobody knows how it ended.
     *
     * @param frames of its answer that are there
     */
    record Unknown(int frames) implements Remains {}
}
