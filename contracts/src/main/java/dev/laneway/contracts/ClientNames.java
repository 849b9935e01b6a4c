package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a client calls its request by, so that it can ask for it again: digests only, which hold the owner too, so that nobody finds
 * another owner's request and no event says what a client wrote.
 *
 * @param key of its {@code Idempotency-Key}
 * @param body of the body and of the API that it was sent to; with a key only
 * @param label of its {@code X-Client-Request-Id}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record ClientNames(
        @Nullable String key,
        @Nullable String body,
        @Nullable String label) {
    public ClientNames {
        if ((key == null) != (body == null)) {
            throw new IllegalArgumentException("a key and the body's digest go together");
        }
    }
}
