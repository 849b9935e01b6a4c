package dev.laneway.testkit.proxy;

import java.time.Duration;
import java.util.Objects;

/** What happens to bytes that go one way. */
public sealed interface Mode {
    Mode PASS = new Pass();
    Mode BLACK_HOLE = new BlackHole();
    Mode CUT = new Cut();
    Mode RESET = new Reset();

    /** They arrive as they were sent. */
    record Pass() implements Mode {}

    /**
     * Each piece arrives later, in order, others following it meanwhile.
     *
     * @param least the delay of every piece
     * @param jitter up to which more is added, evenly drawn
     */
    record Latency(Duration least, Duration jitter) implements Mode {
        public Latency {
            Objects.requireNonNull(least, "least");
            Objects.requireNonNull(jitter, "jitter");
            if (least.isNegative() || jitter.isNegative()) {
                throw new IllegalArgumentException("a delay can't be negative");
            }
        }
    }

    /**
     * They arrive one by one, each a segment of its own.
     *
     * @param pause between two bytes
     */
    record OneByte(Duration pause) implements Mode {
        public OneByte {
            Objects.requireNonNull(pause, "pause");
            if (pause.isNegative()) {
                throw new IllegalArgumentException("a pause can't be negative");
            }
        }
    }

    /**
     * Connections are taken and bytes are read, and nothing arrives. A connection that lost bytes this way is reset when the mode
     * changes: it could not go on.
     */
    record BlackHole() implements Mode {}

    /** Nothing moves: the sender's buffers fill, as where packets of one direction are lost. When it ends, everything arrives. */
    record Cut() implements Mode {}

    /** Open connections are reset (RST), and new ones as soon as they are there; set for one direction it ends both. */
    record Reset() implements Mode {}
}
