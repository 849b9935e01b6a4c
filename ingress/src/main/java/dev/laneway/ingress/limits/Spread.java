package dev.laneway.ingress.limits;

import java.util.concurrent.ThreadLocalRandom;

/** Times to come again, spread so that those who were turned down together don't come back together. */
public final class Spread {
    private static final long SHORTEST_MILLIS = 1_000;

    private Spread() {}

    /** Milliseconds from the given ones, a second at the least, to twice as many and a second. */
    public static long from(long millis) {
        long least = Math.max(SHORTEST_MILLIS, millis);
        return least + ThreadLocalRandom.current().nextLong(least + SHORTEST_MILLIS);
    }
}
