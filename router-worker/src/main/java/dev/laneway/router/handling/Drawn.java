package dev.laneway.router.handling;

import dev.laneway.router.plan.Decision;

/**
 * What follows from an input.
 *
 * @param at when that was decided, epoch milliseconds; of an end, when the request ended
 * @param kept when it could not be published, and may have been; 0 where nothing was tried
 */
record Drawn(Decision decision, long at, long kept) {
    Drawn keep(Decision now, long when) {
        return new Drawn(now, at, when);
    }

    /** Whether it may be in the log, and nobody saw it get there. */
    boolean mayBeThere() {
        return kept > 0;
    }
}
