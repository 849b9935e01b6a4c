package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * An attempt that did not succeed, on its way back to the router as its second input. Its value is the client's
 * body again, so that the next hop needs nothing else.
 *
 * @param attempt the attempt
 * @param failure why
 * @param called false when it was returned without a call
 * @param frames reply frames that had gone to the client: after the first, only an in-band error is honest
 * @param failedAt epoch milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FailedAttempt(Attempt attempt, Failure failure, boolean called, int frames, long failedAt)
        implements Event {
    public FailedAttempt {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(failure, "failure");
    }

    @Override
    @JsonIgnore
    public String requestId() {
        return attempt.requestId();
    }
}
