package dev.laneway.runtime.failpoint;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One failpoint that waits for its turn. Any thread. */
final class Armed {
    /** What a shell says of a process that was killed by signal 9. */
    static final int EXIT_CODE = 137;

    private static final Logger LOG = LoggerFactory.getLogger(Failpoint.class);

    private final Failpoint point;
    private final long turn;
    private final Runnable halt;
    private final AtomicLong passes = new AtomicLong();

    private Armed(Failpoint point, long turn, Runnable halt) {
        this.point = point;
        this.turn = turn;
        this.halt = halt;
    }

    /**
     * @param text {@code name} or {@code name:nth}, the name as the enum's in small letters
     * @throws IllegalArgumentException where it can't be understood
     */
    static @Nullable Armed read(@Nullable String text, Runnable halt) {
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        try {
            long turn = colon < 0 ? 1 : Long.parseLong(text.substring(colon + 1));
            Failpoint point = Failpoint.valueOf(name.toUpperCase(Locale.ROOT));
            if (turn >= 1) {
                return new Armed(point, turn, halt);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Failpoint.VARIABLE + " is not a failpoint: " + text, e);
        }
        throw new IllegalArgumentException(Failpoint.VARIABLE + " counts from 1: " + text);
    }

    /** The same, and none where it can't be understood. */
    static @Nullable Armed readOrNone(@Nullable String text, Runnable halt) {
        try {
            return read(text, halt);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static void announce(@Nullable Armed armed) {
        if (armed != null) {
            LOG.warn("A FAILPOINT IS ARMED: THIS PROCESS WILL HALT AT {}, PASS {}", armed.point, armed.turn);
        }
    }

    void passed(Failpoint passing) {
        if (passing == point && passes.incrementAndGet() == turn) {
            halt.run();
        }
    }
}
