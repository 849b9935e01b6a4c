package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that did not succeed, on its way back to the router as its second input. Its value is the client's
 * body again, so that the next hop needs nothing else.
 *
 * @param attempt the attempt
 * @param failure why
 * @param called false when it was returned without a call
 * @param frames reply frames that had gone to the client: after the first, only an in-band error is honest
 * @param failedAt epoch milliseconds
 * @param maybe set where the same failure may have been published before: the epoch of the claims at that time (or {@code none})
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FailedAttempt(
        Attempt attempt,
        Failure failure,
        boolean called,
        int frames,
        long failedAt,
        @Nullable String maybe) implements Event {
    /** A failure that is published for the first time. */
    public FailedAttempt(Attempt attempt, Failure failure, boolean called, int frames, long failedAt) {
        this(attempt, failure, called, frames, failedAt, null);
    }

    public FailedAttempt {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(failure, "failure");
    }

    /** The same failure, which may have been published before, under that epoch of the claims. */
    public FailedAttempt perhapsAgain(String epoch) {
        return new FailedAttempt(attempt, failure, called, frames, failedAt, epoch);
    }

    @Override
    @JsonIgnore
    public String requestId() {
        return attempt.requestId();
    }
}
