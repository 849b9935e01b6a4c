package dev.laneway.ingress.http;

import dev.laneway.contracts.NoticeKind;
import dev.laneway.dialects.ClientError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every reason for which the ingress itself turns a call down; the word is the {@code reason} of the metric, too. */
public enum Refusal {
    INVALID(400, ClientError.INVALID_REQUEST, null, "The request is not valid."),
    MALFORMED_HTTP(400, ClientError.INVALID_REQUEST, "malformed_http", "The request is not well-formed HTTP."),
    URI_TOO_LONG(414, ClientError.INVALID_REQUEST, "uri_too_long", "The address of the request is too long."),
    HEADERS_TOO_LARGE(
            431, ClientError.INVALID_REQUEST, "headers_too_large", "The headers of the request are too large."),
    NO_KEY(
            401,
            ClientError.INVALID_REQUEST,
            "invalid_api_key",
            "No API key was provided. Send it as 'Authorization: Bearer KEY', or in x-api-key."),
    WRONG_KEY(401, ClientError.INVALID_REQUEST, "invalid_api_key", "The API key is not valid."),
    KEY_BLOCKED(
            401,
            ClientError.INVALID_REQUEST,
            "key_blocked",
            "The API key is blocked. An admin can unblock it: POST /key/unblock."),
    KEY_EXPIRED(
            401,
            ClientError.INVALID_REQUEST,
            "expired_key",
            "The API key has expired. An admin can prolong it: POST /key/update with a duration."),
    TEAM_BLOCKED(
            401,
            ClientError.INVALID_REQUEST,
            "team_blocked",
            "The team of the API key is blocked or deleted. An admin can unblock it: POST /team/unblock."),
    USER_BLOCKED(
            401,
            ClientError.INVALID_REQUEST,
            "user_blocked",
            "The user of the API key is blocked or deleted. An admin can unblock it: POST /v1/users/ID/unblock."),
    READ_ONLY(403, "permission_error", "read_only", "The API key only reads: it calls no model, and deletes nothing."),
    FORBIDDEN(403, "permission_error", "not_allowed", "The API key may not do this."),
    NOT_FOUND(
            404, ClientError.INVALID_REQUEST, "not_found", "There is nothing of that name, or it is not yours to see."),
    CONFLICT(
            409,
            ClientError.INVALID_REQUEST,
            "conflict",
            "It has been changed meanwhile: look again, and ask for the change with the version that is there."),
    UNKNOWN_PATH(404, ClientError.INVALID_REQUEST, "unknown_url", "There is nothing at this path."),
    UNKNOWN_MODEL(
            404,
            ClientError.INVALID_REQUEST,
            "model_not_found",
            "The model does not exist, or you do not have access to it."),
    MODEL_FORBIDDEN(403, "permission_error", "model_not_allowed", "The API key may not call this model."),
    LANE_FORBIDDEN(403, "permission_error", "lane_not_allowed", "The API key may not use this lane."),
    TOOL_FORBIDDEN(403, "permission_error", "tool_not_allowed", "The API key may not offer this tool."),
    ADDRESS_FORBIDDEN(403, "permission_error", "address_not_allowed", "The API key may not be used from there."),
    ADMINS_ONLY(403, "permission_error", "admins_only", "Only an admin may ask for another key."),
    UNKNOWN_KEY(404, ClientError.INVALID_REQUEST, "key_not_found", "There is no key of that id, secret or digest."),
    METHOD(405, ClientError.INVALID_REQUEST, "method_not_allowed", "This path does not take that method."),
    UNKNOWN_REQUEST(
            404,
            ClientError.INVALID_REQUEST,
            "request_not_found",
            "No request of yours is known by that id, Idempotency-Key or X-Client-Request-Id."),
    UNKNOWN_RESPONSE(404, ClientError.INVALID_REQUEST, "response_not_found", "No response of yours has that id."),
    STAYS_LOCAL(
            403,
            "permission_error",
            "zone_refused",
            "What this request goes on from was said where nothing leaves the local zone: it can't be taken to a route that may."),
    IN_PROGRESS(
            409,
            ClientError.INVALID_REQUEST,
            "request_in_progress",
            "The request with this Idempotency-Key is still under way; try again for its answer."),
    ANSWER_GONE(
            410,
            ClientError.INVALID_REQUEST,
            "answer_gone",
            "The request was answered, and its answer is not kept any more. It was not called again."),
    KEY_REUSED(
            422,
            ClientError.INVALID_REQUEST,
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request: its body or its path was different."),
    SLOW_BODY(408, ClientError.INVALID_REQUEST, "body_timeout", "The body of the request stopped to arrive."),
    EXPECTATION(
            417,
            ClientError.INVALID_REQUEST,
            "expectation_failed",
            "The header Expect asks for something else than 100-continue."),
    TOO_LARGE(413, ClientError.INVALID_REQUEST, "request_too_large", "The body of the request is too large."),
    ENCODING(
            415,
            ClientError.INVALID_REQUEST,
            "unsupported_content_encoding",
            "Compressed request bodies are not supported: send it without Content-Encoding."),
    TRANSFER_CODING(
            501,
            ClientError.INVALID_REQUEST,
            "unsupported_transfer_coding",
            "The only Transfer-Encoding that is supported is chunked."),
    /** Its client left before it was a request; nobody reads this. */
    GONE(408, ClientError.INVALID_REQUEST, "client_gone", "The client left."),
    DEFECT(500, "api_error", "internal", "The gateway failed on this request."),
    NOT_READY(503, "service_unavailable", "not_ready", "The gateway is starting; try again."),
    DRAINING(503, "service_unavailable", "draining", "The gateway is shutting down; try again."),
    RATE_LIMITED(429, "rate_limit_error", "rate_limit_exceeded", "The rate limit is reached; try again later."),
    BUDGET_EXCEEDED(
            429,
            ClientError.INSUFFICIENT_QUOTA,
            "budget_exceeded",
            "What is left of a budget can't pay for this request."),
    LIMITS_AWAY(
            503,
            "service_unavailable",
            "limits_unavailable",
            "The memory that counts requests does not answer, and this key is not let in uncounted; try again."),
    LANE_FULL(503, "service_unavailable", "lane_full", "Too many requests of this lane are waiting; try again."),
    LANE_SLOW(
            503,
            "service_unavailable",
            "lane_slow",
            "So many requests of this lane are waiting that this one would not be answered in its time; try again later."),
    MEMORY_FULL(503, "service_unavailable", "memory_full", "The gateway holds too many bodies just now; try again."),
    KEYS_AWAY(
            503,
            "service_unavailable",
            "idempotency_unavailable",
            "What an Idempotency-Key or X-Client-Request-Id stands for can't be told just now; try again."),
    LEDGER_AWAY(
            503,
            "service_unavailable",
            "ledger_unavailable",
            "What was spent can't be told just now: the database does not answer. Calls go on; try again."),
    SEARCHES_FULL(503, "service_unavailable", "searches_full", "Too many requests are looked up just now; try again."),
    DATABASE_AWAY(503, "service_unavailable", "database_away", "The database does not answer just now; try again."),
    CHANGES_AWAY(
            503,
            "service_unavailable",
            "changes_unavailable",
            "Changes can't be kept just now. Nothing was changed, and it will not be done later; try again."),
    BROKER_AWAY(503, "service_unavailable", "broker_away", "The gateway can't take requests just now; try again.");

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final String message;

    Refusal(int status, String type, @Nullable String code, String message) {
        this.status = status;
        this.type = type;
        this.code = code;
        this.message = message;
    }

    /** As the client will see it. */
    public ClientError error(String requestId) {
        return new ClientError(status, type, code, null, message, requestId);
    }

    /** What is noticed of a known key that is refused so; null where it is nothing that an alert would be due for. */
    public @Nullable NoticeKind notice() {
        return switch (this) {
            case UNKNOWN_MODEL, MODEL_FORBIDDEN -> NoticeKind.FORBIDDEN_MODEL;
            case LANE_FORBIDDEN -> NoticeKind.FORBIDDEN_LANE;
            case TOOL_FORBIDDEN -> NoticeKind.FORBIDDEN_TOOL;
            case ADDRESS_FORBIDDEN -> NoticeKind.STRANGE_ADDRESS;
            case RATE_LIMITED -> NoticeKind.RATE_LIMIT;
            case BUDGET_EXCEEDED -> NoticeKind.BUDGET_EXCEEDED;
            default -> null;
        };
    }

    /** As the metric and the log have it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
