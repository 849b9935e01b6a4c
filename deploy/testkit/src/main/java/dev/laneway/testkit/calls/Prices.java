package dev.laneway.testkit.calls;

import dev.laneway.testkit.answers.Beside;
import dev.laneway.testkit.answers.Usage;

/**
 * What the simulator charges, in millionths of a US dollar per million tokens: for text; twice as much with priority, half as much in flex.
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
    /** A token of sound in a prompt: 32 dollars a million. */
    private static final long SOUND_IN = 32_000_000;
    /** One that is generated: 64 dollars a million. */
    private static final long SOUND_OUT = 64_000_000;
    /** A search: a cent, in trillionths of a dollar. */
    private static final long SEARCH = 10_000_000_000L;

    /** The price in millionths of a US dollar, rounded half up. */
    public long of(Usage usage) {
        return toMicros(exact(usage));
    }

    /** The price in trillionths of a US dollar: exact. */
    public long exact(Usage usage) {
        Beside beside = usage.beside();
        long uncached = (long) usage.prompt() - usage.cached() - usage.cacheWritten() - beside.soundIn();
        long text = uncached * input
                + usage.cached() * cached
                + usage.cacheWritten() * cacheWrite
                + (usage.completion() - beside.soundOut()) * output;
        long served = switch (beside.tier()) {
            case DEFAULT -> text;
            case FLEX -> text / 2;
            case PRIORITY -> text * 2;
        };
        return served + beside.soundIn() * SOUND_IN + beside.soundOut() * SOUND_OUT + beside.searches() * SEARCH;
    }

    static long toMicros(long exact) {
        return (exact + MILLION / 2) / MILLION;
    }
}
