package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A typed failure of an attempt.
 *
 * @param kind what happened
 * @param message for the client, in the vendor's words where they help; may echo parts of the prompt, so it crosses only the
 *     zone's own topics and is never logged and never part of a fact
 * @param vendorStatus the vendor's HTTP status, 0 where there was none
 * @param retryAfterMillis how long the vendor asked to wait, 0 where it did not say
 * @param shortages budgets that could not have paid for it, or for what failed before it; at most {@value #MOST_SHORTAGES}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Failure(
        @JsonInclude(JsonInclude.Include.ALWAYS) FailureKind kind,
        String message,
        int vendorStatus,
        long retryAfterMillis,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Shortage> shortages) {
    /** Of one more nobody is told. */
    public static final int MOST_SHORTAGES = 16;

    public Failure {
        Objects.requireNonNull(kind, "kind");
        message = message == null ? "" : message;
        if (retryAfterMillis < 0) {
            throw new IllegalArgumentException("retryAfterMillis can't be negative");
        }
        shortages = shortages == null
                ? List.of()
                : shortages.stream().limit(MOST_SHORTAGES).toList();
    }

    /** One that is no budget's. */
    public Failure(FailureKind kind, String message, int vendorStatus, long retryAfterMillis) {
        this(kind, message, vendorStatus, retryAfterMillis, List.of());
    }

    public static Failure of(FailureKind kind, String message) {
        return new Failure(kind, message, 0, 0);
    }

    /** The one of two that tells the client more, this one where they tell the same; with the shortages of both. */
    public Failure moreUseful(Failure other) {
        return other.kind.usefulness() > kind.usefulness() ? other.with(shortages) : with(other.shortages);
    }

    private Failure with(List<Shortage> further) {
        if (further.isEmpty()) {
            return this;
        }
        List<Shortage> all =
                Stream.concat(shortages.stream(), further.stream()).distinct().toList();
        return new Failure(kind, message, vendorStatus, retryAfterMillis, all);
    }
}
