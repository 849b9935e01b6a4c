package dev.laneway.testkit.calls;

import dev.laneway.testkit.answers.Usage;

/**
 * What the simulator charges, in millionths of a US dollar per million tokens.
 *
 * @param input prompt tokens that weren't cached
 * @param cached prompt tokens read from the cache
 * @param cacheWrite prompt tokens written to the cache
 * @param output tokens generated, reasoning included
 */
public record Prices(long input, long cached, long cacheWrite, long output) {
    /** A dollar, a quarter, one and a quarter, and four dollars per million tokens. */
    public static final Prices DEFAULT = new Prices(1_000_000, 250_000, 1_250_000, 4_000_000);

    private static final long MILLION = 1_000_000;

    /** The price in millionths of a US dollar, rounded half up. */
    public long of(Usage usage) {
        return toMicros(exact(usage));
    }

    /** The price in trillionths of a US dollar: exact. */
    public long exact(Usage usage) {
        long uncached = (long) usage.prompt() - usage.cached() - usage.cacheWritten();
        return uncached * input
                + usage.cached() * cached
                + usage.cacheWritten() * cacheWrite
                + usage.completion() * output;
    }

    static long toMicros(long exact) {
        return (exact + MILLION / 2) / MILLION;
    }
}
