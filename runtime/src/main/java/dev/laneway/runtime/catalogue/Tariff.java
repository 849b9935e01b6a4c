package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Request;
import dev.laneway.runtime.config.Deployment;
import org.jspecify.annotations.Nullable;

/** What a call can cost: routers hold money by it, and ingresses refuse by it what can't be paid. */
@FunctionalInterface
public interface Tariff {
    /**
     * About as much as it will cost at most, to compare deployments with each other.
     *
     * @return null where the model has no price
     */
    @Nullable
    Most of(Request request, Deployment deployment, long inputTokens);

    /**
     * What it can't cost more than.
     *
     * @param textTokens not fewer than the text of the prompt has
     * @return null where the model has no price
     */
    default @Nullable Bound bound(Request request, Deployment deployment, long textTokens) {
        return of(request, deployment, textTokens);
    }

    /** An upper bound, or that there is none. */
    sealed interface Bound permits Most, Unbounded {}

    /**
     * Nobody can tell how much it may cost.
     *
     * @param why a sentence for the caller, with what would help
     */
    record Unbounded(String why) implements Bound {}

    /**
     * Billionths of a dollar.
     *
     * @param fixed everything but the answer
     * @param perToken a token of the answer
     * @param tokens of an answer, at most, where the client asked for no number
     */
    record Most(long fixed, long perToken, long tokens) implements Bound {
        /** Whether nothing can come of it. */
        public boolean isFree() {
            return fixed == 0 && perToken == 0;
        }
    }
}
