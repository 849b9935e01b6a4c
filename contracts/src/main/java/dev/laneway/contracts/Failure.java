package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * A typed failure of an attempt.
 *
 * @param kind what happened
 * @param message for the client, in the vendor's words where they help; may echo parts of the prompt, so it crosses only the
 *     zone's own topics and is never logged and never part of a fact
 * @param vendorStatus the vendor's HTTP status, 0 where there was none
 * @param retryAfterMillis how long the vendor asked to wait, 0 where it did not say
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Failure(
        @JsonInclude(JsonInclude.Include.ALWAYS) FailureKind kind,
        String message,
        int vendorStatus,
        long retryAfterMillis) {
    public Failure {
        Objects.requireNonNull(kind, "kind");
        message = message == null ? "" : message;
        if (retryAfterMillis < 0) {
            throw new IllegalArgumentException("retryAfterMillis can't be negative");
        }
    }

    public static Failure of(FailureKind kind, String message) {
        return new Failure(kind, message, 0, 0);
    }

    /** The one of two that tells the client more; this one where they tell the same. */
    public Failure moreUseful(Failure other) {
        return other.kind.usefulness() > kind.usefulness() ? other : this;
    }
}
