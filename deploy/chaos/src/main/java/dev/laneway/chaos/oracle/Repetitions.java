package dev.laneway.chaos.oracle;

import dev.laneway.contracts.Fact;
import java.util.HashMap;
import java.util.Map;

/**
 * Facts that a producer published again, because it did not see that the broker had them: the same to the byte, and no sooner than the most
 * hasty producer gives a record up. Nobody shows or books such a one. What a defect writes twice comes at once, or says something else. Not
 * safe across threads.
 */
final class Repetitions {
    /** Half of what a producer waits for an acknowledgement at least; a record's time may lie that much off. */
    static final long LEAST_MILLIS = 1_000;

    private final Map<Fact, Long> first = new HashMap<>();

    /**
     * Whether a fact is one that was seen before, once more.
     *
     * @param at the record's time, epoch milliseconds
     */
    boolean isOne(Fact fact, long at) {
        Long before = first.putIfAbsent(fact, at);
        return before != null && at - before >= LEAST_MILLIS;
    }
}
