package dev.laneway.runtime.idempotency;

import dev.laneway.contracts.Fact;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a claim to a key. */
public sealed interface Claim {
    /** The key is the claimant's. */
    record Granted() implements Claim {}

    /**
     * The key stands for another request.
     *
     * @param requestId which
     * @param body the digest of its body
     * @param end the fact that ended it; absent while it runs, as far as is known
     */
    record Taken(String requestId, String body, @Nullable Fact end) implements Claim {
        public Taken {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(body, "body");
        }
    }

    /** The store has forgotten, and accounting has not told it yet. */
    record NotRestored() implements Claim {}
}
