package dev.laneway.runtime.idempotency;

import java.util.Objects;

/** What a name stands for. */
public sealed interface Found {
    /** The request that has or had it last. */
    record Known(String requestId) implements Found {
        public Known {
            Objects.requireNonNull(requestId, "requestId");
        }
    }

    /** No request that is still remembered. */
    record Nothing() implements Found {}

    /** The store has forgotten, and accounting has not told it yet. */
    record NotRestored() implements Found {}
}
