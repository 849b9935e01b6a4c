package dev.laneway.runtime.config.models;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the load of a group is shared out, as LiteLLM's simple-shuffle has it: by {@code weight} where any deployment has one, else
 * by {@code rpm}, else by {@code tpm}, else evenly.
 */
final class Weights {
    private static final BigDecimal PRECISION = BigDecimal.valueOf(1000);
    /** A weight may be no larger. */
    private static final BigInteger MOST = BigInteger.valueOf(1_000_000);

    private Weights() {}

    /** Whole shares of at least 1, one for each deployment of a group. */
    static List<Integer> of(List<Entry.Shares> group) {
        for (Function<Entry.Shares, @Nullable BigDecimal> share : List.<Function<Entry.Shares, @Nullable BigDecimal>>of(
                Entry.Shares::weight, Entry.Shares::rpm, Entry.Shares::tpm)) {
            if (group.stream().map(share).anyMatch(Objects::nonNull)) {
                return smallest(group.stream().map(share).map(Weights::whole).toList());
            }
        }
        return group.stream().map(none -> 1).toList();
    }

    /** In their proportion, as far as it can be told by numbers that a config may state. */
    private static List<Integer> smallest(List<BigInteger> shares) {
        BigInteger divisor = shares.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
        List<BigInteger> least =
                shares.stream().map(share -> share.divide(divisor)).toList();
        BigInteger largest = least.stream().reduce(BigInteger.ONE, BigInteger::max);
        return largest.compareTo(MOST) <= 0
                ? least.stream().map(BigInteger::intValueExact).toList()
                : least.stream()
                        .map(share -> share.multiply(MOST).divide(largest).max(BigInteger.ONE))
                        .map(BigInteger::intValueExact)
                        .toList();
    }

    /** Fractions such as 0.7 beside 0.3 are common, so shares are counted in thousandths. */
    private static BigInteger whole(@Nullable BigDecimal share) {
        BigDecimal thousandths = (share == null ? BigDecimal.ONE : share).multiply(PRECISION);
        return thousandths.max(BigDecimal.ONE).setScale(0, RoundingMode.HALF_UP).toBigIntegerExact();
    }
}
