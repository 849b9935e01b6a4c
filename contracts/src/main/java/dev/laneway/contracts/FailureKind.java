package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why an attempt did not succeed, and what the router may do about it.
 *
 * <p>{@link Next#RETRY} tries the same hop again and then the next one; {@link Next#NEXT_HOP} leaves the hop at once, because it
 * would answer the same again; {@link Next#REPLAN} plans anew; {@link Next#END} ends the request.
 */
public enum FailureKind {
    /** No answer within the deployment's time. */
    TIMEOUT("timeout", Next.RETRY, 504, 5),
    /** 429, or an account that is paused after one. */
    RATE_LIMITED("rate_limited", Next.RETRY, 429, 6),
    /** 503 or 529: the vendor has no room. */
    OVERLOADED("overloaded", Next.RETRY, 503, 6),
    /** 5xx. */
    SERVER_ERROR("server_error", Next.RETRY, 502, 5),
    /** No connection, or one that ended before an answer began. */
    UNREACHABLE("unreachable", Next.RETRY, 502, 4),
    /** 401 or 403: our credentials were refused, or there are none. */
    UNAUTHORIZED("unauthorized", Next.NEXT_HOP, 502, 3),
    /** 4xx: the vendor says that the request is wrong. */
    REJECTED("rejected", Next.NEXT_HOP, 400, 9),
    /** The prompt does not fit the model. */
    CONTEXT_WINDOW("context_window", Next.NEXT_HOP, 400, 10),
    /** The vendor's content policy refused. */
    CONTENT_POLICY("content_policy", Next.NEXT_HOP, 400, 8),
    /** A success without content. */
    EMPTY_ANSWER("empty_answer", Next.RETRY, 502, 5),
    /** The answer's stream ended in the middle. */
    CUT_STREAM("cut_stream", Next.RETRY, 502, 5),
    /** The answer's stream stopped to move. */
    STALLED_STREAM("stalled_stream", Next.RETRY, 504, 5),
    /** An answer that is not what its dialect says. */
    MALFORMED("malformed", Next.RETRY, 502, 5),
    /** The worker's config does not have the deployment: the plan is from another version. */
    UNKNOWN_DEPLOYMENT("unknown_deployment", Next.REPLAN, 503, 1),
    /** The request may not go where the event would have sent it. */
    ZONE_REFUSED("zone_refused", Next.END, 403, 12),
    /** No deployment that is in service can serve what the request needs. */
    NO_DEPLOYMENT("no_deployment", Next.NEXT_HOP, 503, 2),
    /** A piece of a large body is missing from its topic. */
    BODY_LOST("body_lost", Next.END, 503, 11),
    /** A budget has no room for the most that the attempt can cost. */
    BUDGET_EXCEEDED("budget_exceeded", Next.NEXT_HOP, 429, 8),
    /** What is left of a budget can't be told just now. */
    BUDGETS_AWAY("budgets_away", Next.END, 503, 11),
    /** A limit of the deployment or its provider that the operator set has no room: it was not called. */
    LIMIT_REACHED("limit_reached", Next.NEXT_HOP, 429, 6),
    /** What is left of such a limit can't be told just now. */
    LIMITS_AWAY("limits_away", Next.NEXT_HOP, 503, 5),
    /** The model has no price, and there is a budget. */
    UNPRICED("unpriced", Next.NEXT_HOP, 400, 7),
    /** Nobody can tell how much the request may cost at most, and there is a budget. */
    UNBOUNDED("unbounded_cost", Next.NEXT_HOP, 400, 7),
    /** The request was sent, and nobody saw the answer. */
    UNKNOWN("unknown", Next.END, 502, 7),
    /** The client went away, or asked for an end. */
    CANCELLED("cancelled", Next.END, 499, 13),
    /** The deadline passed. */
    EXPIRED("expired", Next.END, 504, 7),
    /** A defect of ours. */
    INTERNAL("internal", Next.END, 500, 1);

    /** What the router may do after a failure of a kind. */
    public enum Next {
        RETRY,
        NEXT_HOP,
        REPLAN,
        END
    }

    private final String id;
    private final Next next;
    private final int clientStatus;
    private final int usefulness;

    FailureKind(String id, Next next, int clientStatus, int usefulness) {
        this.id = id;
        this.next = next;
        this.clientStatus = clientStatus;
        this.usefulness = usefulness;
    }

    /** The word used in JSON, metrics, logs and docs. */
    @JsonValue
    public String id() {
        return id;
    }

    public Next next() {
        return next;
    }

    /** The HTTP status for the client when a chain of one hop ends with this; a chain that failed as a whole is 502. */
    public int clientStatus() {
        return clientStatus;
    }

    /** How much it tells a client, to choose among the failures of a chain: greater tells more. */
    public int usefulness() {
        return usefulness;
    }
}
