package dev.laneway.runtime.ledger;

import dev.laneway.contracts.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * What some work cost. Amounts are US dollars, exact.
 *
 * @param requests that ended; by model, those that the model answered
 * @param attempts calls to vendors
 * @param failures those of them that brought no answer
 * @param tokens its uses and tier, which sums don't have, left out
 * @param beside what was used beside tokens
 * @param dollars open estimates among them
 * @param estimates attempts whose cost is reckoned, and may yet be corrected
 * @param estimated the part of {@code dollars} that is reckoned
 */
public record Cost(
        long requests,
        long attempts,
        long failures,
        TokenUsage tokens,
        Beside beside,
        BigDecimal dollars,
        long estimates,
        BigDecimal estimated) {
    /**
     * What was used beside tokens.
     *
     * @param webSearches of the web and of maps; of a vendor that bills by the answer, answers for which it searched
     * @param files searches in files that a vendor keeps
     * @param code containers in which code ran
     * @param images made by another model for a call
     * @param others uses that have no price of their own, or of which nothing is known
     * @param flex attempts that were served later and cheaper
     * @param priority attempts that were served sooner and dearer
     */
    public record Beside(long webSearches, long files, long code, long images, long others, long flex, long priority) {
        public static final Beside NONE = new Beside(0, 0, 0, 0, 0, 0, 0);

        Beside plus(Beside other) {
            return new Beside(
                    webSearches + other.webSearches,
                    files + other.files,
                    code + other.code,
                    images + other.images,
                    others + other.others,
                    flex + other.flex,
                    priority + other.priority);
        }
    }

    public static final Cost NONE =
            new Cost(0, 0, 0, TokenUsage.NONE, Beside.NONE, BigDecimal.ZERO, 0, BigDecimal.ZERO);

    private static final int DIGITS = 12;

    public Cost {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(beside, "beside");
        Objects.requireNonNull(dollars, "dollars");
        Objects.requireNonNull(estimated, "estimated");
    }

    /** Of both together. */
    public Cost plus(Cost other) {
        return new Cost(
                requests + other.requests,
                attempts + other.attempts,
                failures + other.failures,
                tokens.plus(other.tokens),
                beside.plus(other.beside),
                dollars.add(other.dollars),
                estimates + other.estimates,
                estimated.add(other.estimated));
    }

    /** Dollars a request, to a trillionth; 0 where there was none. */
    public BigDecimal average() {
        return requests == 0
                ? BigDecimal.ZERO
                : dollars.divide(BigDecimal.valueOf(requests), DIGITS, RoundingMode.HALF_UP)
                        .stripTrailingZeros();
    }
}
