package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that did not succeed, on its way back to the router as its second input. Its value is the client's
 * body again, and behind it what was said, so that the next hop needs nothing else.
 *
 * @param attempt the attempt
 * @param failure why
 * @param called false when it was returned without a call
 * @param frames reply frames of it that had gone to the client: after the first, an in-band error or a continuation is honest
 * @param failedAt epoch milliseconds
 * @param said what the client was told so far, where another attempt may go on with it; absent where this one added nothing
 * @param maybe set where the same failure may have been published before: the epoch of the claims at that time (or {@code none})
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FailedAttempt(
        Attempt attempt,
        Failure failure,
        boolean called,
        int frames,
        long failedAt,
        @Nullable Said said,
        @Nullable String maybe)
        implements Event {
    /** A failure that is told for the first time. */
    public FailedAttempt(
            Attempt attempt, Failure failure, boolean called, int frames, long failedAt, @Nullable Said said) {
        this(attempt, failure, called, frames, failedAt, said, null);
    }

    public FailedAttempt {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(failure, "failure");
    }

    /** The same failure, which may have been told before, under that epoch of the claims. */
    public FailedAttempt perhapsAgain(String epoch) {
        return new FailedAttempt(attempt, failure, called, frames, failedAt, said, epoch);
    }

    /** An attempt after which nothing can be gone on with but what was said before it. */
    public FailedAttempt(Attempt attempt, Failure failure, boolean called, int frames, long failedAt) {
        this(attempt, failure, called, frames, failedAt, null, null);
    }

    /** What the next attempt would have to go on with; null where the client was told nothing, or nothing that can be gone on with. */
    @JsonIgnore
    public @Nullable Said unfinished() {
        return frames == 0 ? attempt.continues() : said;
    }

    @Override
    @JsonIgnore
    public String requestId() {
        return attempt.requestId();
    }
}
