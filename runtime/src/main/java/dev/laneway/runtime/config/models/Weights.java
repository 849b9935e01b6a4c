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

    private static List<Integer> smallest(List<Integer> shares) {
        int divisor = shares.stream()
                .map(share -> BigInteger.valueOf(share))
                .reduce(BigInteger.ZERO, BigInteger::gcd)
                .intValueExact();
        return shares.stream().map(share -> share / divisor).toList();
    }

    /** Fractions such as 0.7 beside 0.3 are common, so shares are counted in thousandths. */
    private static int whole(@Nullable BigDecimal share) {
        BigDecimal thousandths = (share == null ? BigDecimal.ONE : share).multiply(PRECISION);
        BigDecimal bounded = thousandths.max(BigDecimal.ONE).min(BigDecimal.valueOf(Integer.MAX_VALUE / 1024));
        return bounded.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }
}
