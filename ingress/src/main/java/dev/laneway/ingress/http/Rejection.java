package dev.laneway.ingress.http;

import dev.laneway.dialects.ClientError;
import java.util.Objects;

/**
 * A call that was turned down.
 *
 * @param reason for metric and log
 * @param error for the client
 * @param retryAfterMillis when to come again; 0 where there is nothing to go by
 */
public record Rejection(Refusal reason, ClientError error, long retryAfterMillis) {
    private static final int SHOWN_CHARS = 100;

    public Rejection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(error, "error");
    }

    /** In the refusal's own words. */
    public static Rejection of(Refusal reason, Call call) {
        return of(reason, call, 0);
    }

    /** In the refusal's own words, with a time to come again. */
    public static Rejection of(Refusal reason, Call call, long retryAfterMillis) {
        return new Rejection(reason, reason.error(call.id()), retryAfterMillis);
    }

    /** In words of its own. */
    public static Rejection of(Refusal reason, Call call, ClientError error) {
        return new Rejection(reason, error.withRequestId(call.id()), 0);
    }

    /** The caller's key may not call what has that name. */
    public static Rejection forbiddenModel(Call call, String name) {
        return of(
                Refusal.MODEL_FORBIDDEN,
                call,
                new ClientError(
                        403,
                        "permission_error",
                        "model_not_allowed",
                        "model",
                        "This API key may not call the model '" + shown(name) + "'. GET /v1/models lists what it may.",
                        ""));
    }

    private static String shown(String name) {
        return name.length() <= SHOWN_CHARS ? name : name.substring(0, SHOWN_CHARS) + "...";
    }

    /** Nothing that a client may call has that name. */
    public static Rejection unknownModel(Call call, String name) {
        return of(
                Refusal.UNKNOWN_MODEL,
                call,
                new ClientError(
                        404,
                        ClientError.INVALID_REQUEST,
                        "model_not_found",
                        "model",
                        "The model '" + shown(name)
                                + "' does not exist, or you do not have access to it. GET /v1/models lists"
                                + " what you may call.",
                        ""));
    }
}
