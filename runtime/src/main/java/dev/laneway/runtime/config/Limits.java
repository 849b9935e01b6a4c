package dev.laneway.runtime.config;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one request may take.
 *
 * @param maxBodyBytes a larger body is answered 413
 * @param requestTimeout the deadline of a request, all hops together
 * @param maxTokens a client's {@code max_tokens} above it is refused, and where the client set none it is set; null means no cap
 */
public record Limits(
        long maxBodyBytes,
        Duration requestTimeout,
        @Nullable Integer maxTokens) {
    public static final long DEFAULT_MAX_BODY_BYTES = 20L * 1024 * 1024;
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofMinutes(10);

    public Limits {
        Objects.requireNonNull(requestTimeout, "requestTimeout");
    }
}
