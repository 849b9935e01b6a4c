package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * What was counted of an attempt at the limits of where it goes, before it was published: for whoever knows what it used.
 *
 * @param at when it was counted, epoch milliseconds by the clock of the memory that counts
 * @param tokens that it was expected to use
 * @param shares at whose limits
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Allotment(
        long at,
        long tokens,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Share> shares) {
    public Allotment {
        shares = List.copyOf(shares);
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("without a limit nothing is counted");
        }
    }

    /**
     * At one holder's limits.
     *
     * @param scope {@link Scope#DEPLOYMENT}, {@link Scope#PROVIDER} or {@link Scope#MODEL}
     * @param limits that were in force when it was counted
     */
    public record Share(Scope scope, String id, RateLimits limits) {
        public Share {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(limits, "limits");
        }
    }
}
