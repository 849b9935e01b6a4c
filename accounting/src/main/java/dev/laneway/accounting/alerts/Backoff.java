package dev.laneway.accounting.alerts;

import java.time.Duration;

/** When a delivery that failed is tried again: soon, then less and less often, for a day. Pure. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofHours(2);
    private static final Duration PATIENCE = Duration.ofDays(1);

    private Backoff() {}

    /**
     * @param attempt how many were made, at least 1
     * @param asked what the endpoint asked for; zero where it asked for nothing
     * @param spread from 0 to 1, so that what failed together is not tried again together
     */
    static Duration after(int attempt, Duration asked, double spread) {
        Duration grown = FIRST.multipliedBy(1L << Math.min(20, 2 * (attempt - 1)));
        Duration capped = grown.compareTo(LAST) > 0 ? LAST : grown;
        Duration spreadOut = capped.plusMillis((long) (capped.toMillis() * 0.2 * spread));
        Duration limited = asked.compareTo(LAST) > 0 ? LAST : asked;
        return spreadOut.compareTo(limited) < 0 ? limited : spreadOut;
    }

    /** Whether it is given up. */
    static boolean isOver(Duration sinceRaised) {
        return sinceRaised.compareTo(PATIENCE) >= 0;
    }
}
