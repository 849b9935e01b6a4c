package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of US dollars, exact to a trillionth: prices of single tokens are far below a millionth. In events it is the number of
 * trillionths.
 *
 * @param picos trillionths of a dollar; at most about nine million dollars either way
 */
public record Money(@JsonValue long picos) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);

    private static final int DIGITS = 12;
    /** Before the point, of the largest amount. */
    private static final int WHOLE_DIGITS = 7;

    private static final long PICOS_PER_NANO = 1_000;

    @JsonCreator
    public Money {}

    /** @throws ArithmeticException where it is finer than a trillionth, or larger than what can be held */
    public static Money ofDollars(BigDecimal dollars) {
        return new Money(picos(dollars).longValueExact());
    }

    /** What is too large is refused unseen: to write out the digits of 1e99999999 takes minutes, and all memory. */
    private static BigDecimal picos(BigDecimal dollars) {
        if (dollars.signum() != 0 && magnitude(dollars) > WHOLE_DIGITS) {
            throw new ArithmeticException("larger than what can be held");
        }
        return dollars.movePointRight(DIGITS);
    }

    /** Digits before the point; where there are none, less the zeros behind it. */
    private static long magnitude(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }

    /** @throws NumberFormatException where the text is no decimal number; and as {@link #ofDollars(BigDecimal)} */
    public static Money ofDollars(String dollars) {
        return ofDollars(new BigDecimal(dollars));
    }

    /** The nearest amount; halves are rounded up. @throws ArithmeticException where it is larger than what can be held */
    public static Money nearest(BigDecimal dollars) {
        return magnitude(dollars) < -DIGITS
                ? ZERO
                : new Money(picos(dollars).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** Without trailing zeros, never in exponential form when printed by {@link BigDecimal#toPlainString}. */
    public BigDecimal dollars() {
        return picos == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(picos, DIGITS).stripTrailingZeros();
    }

    /** @throws ArithmeticException where the sum can't be held */
    public Money plus(Money other) {
        return new Money(Math.addExact(picos, other.picos));
    }

    /** @throws ArithmeticException where the difference can't be held */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(picos, other.picos));
    }

    /** @throws ArithmeticException where the product can't be held */
    public Money times(long factor) {
        return new Money(Math.multiplyExact(picos, factor));
    }

    public boolean isZero() {
        return picos == 0;
    }

    /** Billionths of a dollar, rounded up: what is counted against budgets. */
    public long nanosUp() {
        return Math.ceilDiv(picos, PICOS_PER_NANO);
    }

    /** Of so many billionths of a dollar. */
    public static Money ofNanos(long nanos) {
        return new Money(Math.multiplyExact(nanos, PICOS_PER_NANO));
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(picos, other.picos);
    }

    /** As {@code $0.0000125}. */
    @Override
    public String toString() {
        return (picos < 0 ? "-$" : "$") + dollars().abs().toPlainString();
    }
}
