package dev.laneway.router.plan;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import java.util.List;

/** The HTTP status of a request whose chain is at its end. */
final class Verdict {
    private static final int BAD_GATEWAY = 502;
    private static final int TOO_LARGE = 413;

    private Verdict() {}

    /**
     * One hop: the status of its most useful failure. Several: 502, unless the request itself was the cause, or all of them failed for
     * one reason that the client can wait out.
     *
     * @param failure the most useful failure
     * @param kinds all that failed
     * @param several whether more than one hop failed
     */
    static int status(Failure failure, List<FailureKind> kinds, boolean several) {
        if (failure.kind() == FailureKind.CONTEXT_WINDOW && failure.vendorStatus() == TOO_LARGE) {
            return TOO_LARGE; // clients know it, and do not repeat the body
        }
        if (!several) {
            return failure.kind().clientStatus();
        }
        return switch (failure.kind()) {
            case REJECTED, CONTEXT_WINDOW, CONTENT_POLICY, ZONE_REFUSED, BUDGETS_AWAY, UNPRICED, UNBOUNDED ->
                failure.kind().clientStatus();
            case RATE_LIMITED, LIMIT_REACHED ->
                kinds.stream().allMatch(Verdict::isRate) ? failure.kind().clientStatus() : BAD_GATEWAY;
            case NO_DEPLOYMENT, BUDGET_EXCEEDED, LIMITS_AWAY ->
                kinds.size() == 1 ? failure.kind().clientStatus() : BAD_GATEWAY;
            case TIMEOUT,
                    OVERLOADED,
                    SERVER_ERROR,
                    UNREACHABLE,
                    UNAUTHORIZED,
                    EMPTY_ANSWER,
                    CUT_STREAM,
                    STALLED_STREAM,
                    MALFORMED,
                    UNKNOWN_DEPLOYMENT,
                    BODY_LOST,
                    UNKNOWN,
                    CANCELLED,
                    EXPIRED,
                    INTERNAL -> BAD_GATEWAY;
        };
    }

    /** The vendor's or ours: the client can wait out either. */
    private static boolean isRate(FailureKind kind) {
        return kind == FailureKind.RATE_LIMITED || kind == FailureKind.LIMIT_REACHED;
    }
}
