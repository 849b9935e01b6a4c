package dev.laneway.runtime.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How failures are followed.
 *
 * @param numRetries further tries of a hop before the next one, 0 to 20
 * @param retryAfter the least wait before a further try
 */
public record RouterSettings(int numRetries, Duration retryAfter) {
    public RouterSettings {
        Objects.requireNonNull(retryAfter, "retryAfter");
        if (numRetries < 0) {
            throw new IllegalArgumentException("numRetries " + numRetries);
        }
    }
}
