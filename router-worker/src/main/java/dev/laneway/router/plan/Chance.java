package dev.laneway.router.plan;

import dev.laneway.contracts.Request;

/**
 * Chance that is drawn from the request's id and the number of its try instead of from a generator: a record that is delivered twice is
 * planned the same way twice, so that both plans name the same attempt.
 */
enum Chance {
    /** Which deployment of a hop. */
    DEPLOYMENT(0x9e3779b97f4a7c15L),
    /** How long to wait. */
    WAIT(0xc2b2ae3d27d4eb4fL);

    private final long salt;

    Chance(long salt) {
        this.salt = salt;
    }

    /** Evenly spread from 0 to below 1. */
    double draw(Request request, int number) {
        long z = ((long) request.id().hashCode() << 32 | number) * 0xd6e8feb86659fd93L + salt;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1.0p-53;
    }
}
