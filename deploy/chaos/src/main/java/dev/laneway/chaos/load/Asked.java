package dev.laneway.chaos.load;

import java.net.URI;
import java.util.Objects;

/**
 * One request, as its client saw it.
 *
 * @param shape what was asked
 * @param ingress whom
 * @param requestId the gateway's id of it; empty where no head came
 * @param sentAt epoch milliseconds
 * @param endedAt epoch milliseconds
 * @param ending how it ended
 * @param status of the answer, 0 without one
 */
public record Asked(Shape shape, URI ingress, String requestId, long sentAt, long endedAt, Ending ending, int status) {
    public Asked {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(ingress, "ingress");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(ending, "ending");
    }
}
