package dev.laneway.ingress.http;

import dev.laneway.dialects.ClientError;
import java.util.Objects;

/**
 * A call that was turned down.
 *
 * @param reason for metric and log
 * @param error for the client
 */
public record Rejection(Refusal reason, ClientError error) {
    public Rejection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(error, "error");
    }

    /** In the refusal's own words. */
    public static Rejection of(Refusal reason, Call call) {
        return new Rejection(reason, reason.error(call.id()));
    }

    /** In words of its own. */
    public static Rejection of(Refusal reason, Call call, ClientError error) {
        return new Rejection(reason, error.withRequestId(call.id()));
    }
}
