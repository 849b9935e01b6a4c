package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import dev.laneway.contracts.TokenUsage;
import java.math.BigInteger;
import java.util.Objects;

/**
 * What single tokens cost.
 *
 * @param input of the prompt
 * @param output generated
 * @param cached of the prompt, read from the vendor's cache
 * @param cacheWrite of the prompt, written to the vendor's cache
 * @param cacheWriteHour the same, to be kept for an hour
 * @param reasoning generated, as reasoning
 */
public record TokenRates(
        Money input, Money output, Money cached, Money cacheWrite, Money cacheWriteHour, Money reasoning) {
    static final TokenRates FREE =
            new TokenRates(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);

    public TokenRates {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(cached, "cached");
        Objects.requireNonNull(cacheWrite, "cacheWrite");
        Objects.requireNonNull(cacheWriteHour, "cacheWriteHour");
        Objects.requireNonNull(reasoning, "reasoning");
    }

    /** Trillionths of a dollar; parts that are larger than their whole count as the whole. */
    BigInteger picos(TokenUsage usage) {
        long cachedTokens = Math.min(usage.cachedInput(), usage.input());
        long written = Math.min(usage.cacheWrite(), usage.input() - cachedTokens);
        long hour = Math.min(usage.cacheWriteHour(), written);
        long thought = Math.min(usage.reasoning(), usage.output());
        return times(input, usage.input() - cachedTokens - written)
                .add(times(cached, cachedTokens))
                .add(times(cacheWrite, written - hour))
                .add(times(cacheWriteHour, hour))
                .add(times(output, usage.output() - thought))
                .add(times(reasoning, thought));
    }

    /** Trillionths of a dollar, where each token is of the dearest kind. */
    BigInteger mostPicos(long inputTokens, long outputTokens) {
        Money in = dearer(dearer(input, cached), dearer(cacheWrite, cacheWriteHour));
        return times(in, inputTokens).add(times(dearer(output, reasoning), outputTokens));
    }

    private static Money dearer(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static BigInteger times(Money rate, long tokens) {
        return BigInteger.valueOf(rate.picos()).multiply(BigInteger.valueOf(tokens));
    }
}
