package dev.laneway.router;

import dev.laneway.contracts.Request;
import dev.laneway.runtime.config.Deployment;
import org.jspecify.annotations.Nullable;

/** What a call can cost at most. */
@FunctionalInterface
interface Tariff {
    /** @return null where the model has no price */
    @Nullable
    Most of(Request request, Deployment deployment, long inputTokens);

    /**
     * Billionths of a dollar.
     *
     * @param fixed everything but the answer
     * @param perToken a token of the answer
     * @param tokens of an answer, at most, where the client asked for no number
     */
    record Most(long fixed, long perToken, long tokens) {
        /** Whether nothing can come of it. */
        boolean isFree() {
            return fixed == 0 && perToken == 0;
        }
    }
}
