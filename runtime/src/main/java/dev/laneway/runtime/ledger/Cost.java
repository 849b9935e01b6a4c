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
 * @param dollars open estimates among them
 * @param estimates attempts whose cost is reckoned, and may yet be corrected
 * @param estimated the part of {@code dollars} that is reckoned
 */
public record Cost(
        long requests,
        long attempts,
        long failures,
        TokenUsage tokens,
        BigDecimal dollars,
        long estimates,
        BigDecimal estimated) {
    public static final Cost NONE = new Cost(0, 0, 0, TokenUsage.NONE, BigDecimal.ZERO, 0, BigDecimal.ZERO);

    private static final int DIGITS = 12;

    public Cost {
        Objects.requireNonNull(tokens, "tokens");
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
