package dev.laneway.router.plan;

import java.time.Duration;
import java.util.Objects;

/**
 * How long the router waits between tries.
 *
 * @param backoffBase bound of the first wait; it doubles with each further one, and the wait is drawn evenly below it
 * @param backoffCap bound of all waits that nobody asked for
 * @param longestWait a longer wait that a vendor asked for is not begun
 * @param shortWait the same, for work that somebody waits for and that has a next hop
 * @param leastTry time that must be left before the deadline for a wait to be worth it
 * @param routeHold how long a request is held whose route the config in force does not know
 */
public record RetryRule(
        Duration backoffBase,
        Duration backoffCap,
        Duration longestWait,
        Duration shortWait,
        Duration leastTry,
        Duration routeHold) {
    public static final RetryRule DEFAULT = new RetryRule(
            Duration.ofMillis(250),
            Duration.ofSeconds(8),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            Duration.ofSeconds(2));

    public RetryRule {
        Objects.requireNonNull(backoffBase, "backoffBase");
        Objects.requireNonNull(backoffCap, "backoffCap");
        Objects.requireNonNull(longestWait, "longestWait");
        Objects.requireNonNull(shortWait, "shortWait");
        Objects.requireNonNull(leastTry, "leastTry");
        Objects.requireNonNull(routeHold, "routeHold");
        if (backoffBase.isNegative() || backoffBase.isZero()) {
            throw new IllegalArgumentException("backoffBase must be positive");
        }
    }

    /**
     * Full jitter: evenly between 0 and the doubled bound.
     *
     * @param round from 0
     * @param chance from 0 to below 1
     * @return milliseconds
     */
    long backoffMillis(int round, double chance) {
        long bound = backoffBase.toMillis() << Math.min(Math.max(round, 0), 20);
        return (long) (Math.min(bound, backoffCap.toMillis()) * chance);
    }
}
