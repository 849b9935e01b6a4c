package dev.laneway.dialects.gemini;

import java.util.BitSet;

/** Which candidates of an answer have begun, and which have ended. One answer, one thread. */
final class Candidates {
    private final BitSet begun = new BitSet();
    private final BitSet ended = new BitSet();

    void began(int index) {
        begun.set(index);
    }

    void ended(int index) {
        ended.set(index);
    }

    boolean hasEnded(int index) {
        return ended.get(index);
    }

    /** Whether there are some, and all of them have. */
    boolean allEnded() {
        return !begun.isEmpty() && begun.cardinality() == ended.cardinality();
    }
}
