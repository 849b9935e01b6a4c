package dev.laneway.runtime.kafka;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Warnings of what goes wrong again and again while a broker is away: one every five seconds. Not safe across threads. */
final class Seldom {
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Logger log;
    private final String name;
    private long next = System.nanoTime();

    /** @param name of what they are about */
    Seldom(Logger log, String name) {
        this.log = log;
        this.name = name;
    }

    void warn(String what, Throwable cause) {
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + BETWEEN_NANOS;
            log.warn("{}: {}: {}", name, what, String.valueOf(cause));
        }
    }
}
