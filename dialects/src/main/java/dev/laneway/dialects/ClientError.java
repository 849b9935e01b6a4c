package dev.laneway.dialects;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client will see it, before a dialect words it.
 *
 * @param status the HTTP status, 400 to 599; inside a stream it only selects the name of the error
 * @param type OpenAI's name of its kind, such as {@code invalid_request_error}; Anthropic's is derived from status and code
 * @param code a finer name for programs, such as {@code model_not_found}
 * @param param the path of the field at fault, such as {@code messages[2].role}
 * @param requestId the gateway's id of the request; empty where there is none yet
 */
public record ClientError(
        int status,
        String type,
        @Nullable String code,
        @Nullable String param,
        String message,
        String requestId) {

    public static final String INVALID_REQUEST = "invalid_request_error";
    /** There is no money for it. */
    public static final String INSUFFICIENT_QUOTA = "insufficient_quota";

    /** 400, with the path of the field at fault. */
    public static ClientError invalid(@Nullable String param, @Nullable String code, String message) {
        return new ClientError(400, INVALID_REQUEST, code, param, message, "");
    }

    /**
     * A failure of an attempt or of a chain, for the client.
     *
     * @param status {@link FailureKind#clientStatus()}, or 502 where a chain failed as a whole
     */
    public static ClientError of(Failure failure, int status, String requestId) {
        return new ClientError(
                status, typeOf(failure.kind(), status), codeOf(failure.kind()), null, failure.message(), requestId);
    }

    private static String typeOf(FailureKind kind, int status) {
        return switch (kind) {
            case REJECTED, CONTEXT_WINDOW, CONTENT_POLICY, UNPRICED, UNBOUNDED -> INVALID_REQUEST;
            case BUDGET_EXCEEDED -> INSUFFICIENT_QUOTA;
            case RATE_LIMITED, LIMIT_REACHED -> "rate_limit_error";
            case TIMEOUT, STALLED_STREAM, EXPIRED -> "timeout_error";
            case ZONE_REFUSED -> "permission_error";
            case OVERLOADED,
                    SERVER_ERROR,
                    UNREACHABLE,
                    UNAUTHORIZED,
                    EMPTY_ANSWER,
                    CUT_STREAM,
                    MALFORMED,
                    UNKNOWN_DEPLOYMENT,
                    NO_DEPLOYMENT,
                    BODY_LOST,
                    BUDGETS_AWAY,
                    LIMITS_AWAY,
                    UNKNOWN,
                    CANCELLED,
                    INTERNAL -> status == 503 ? "service_unavailable" : "api_error";
        };
    }

    /** Ours is the failure's word, except where OpenAI's SDKs and their users know another. */
    private static String codeOf(FailureKind kind) {
        return switch (kind) {
            case CONTEXT_WINDOW -> "context_length_exceeded";
            case CONTENT_POLICY -> "content_policy_violation";
            case RATE_LIMITED, LIMIT_REACHED -> "rate_limit_exceeded";
            case LIMITS_AWAY -> "limits_unavailable";
            case TIMEOUT,
                    OVERLOADED,
                    SERVER_ERROR,
                    UNREACHABLE,
                    UNAUTHORIZED,
                    REJECTED,
                    EMPTY_ANSWER,
                    CUT_STREAM,
                    STALLED_STREAM,
                    MALFORMED,
                    UNKNOWN_DEPLOYMENT,
                    ZONE_REFUSED,
                    NO_DEPLOYMENT,
                    BODY_LOST,
                    BUDGET_EXCEEDED,
                    BUDGETS_AWAY,
                    UNPRICED,
                    UNBOUNDED,
                    UNKNOWN,
                    CANCELLED,
                    EXPIRED,
                    INTERNAL -> kind.id();
        };
    }

    public ClientError withRequestId(String id) {
        return new ClientError(status, type, code, param, message, id);
    }
}
