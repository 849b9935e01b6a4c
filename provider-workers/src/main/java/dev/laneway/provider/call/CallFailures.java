package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Types what goes wrong below HTTP, or in our own code. Messages are ours: an exception's may hold addresses. */
final class CallFailures {
    private static final Logger LOG = LoggerFactory.getLogger(CallFailures.class);

    private CallFailures() {}

    static Failure of(VendorCall.Stage stage, Throwable cause) {
        if (cause instanceof ConnectionPoolTooBusyException) {
            return Failure.of(FailureKind.OVERLOADED, "Too many calls wait for a connection to the vendor.");
        }
        return switch (stage) {
            case CONNECTING -> Failure.of(FailureKind.UNREACHABLE, "The vendor could not be reached.");
            case SENT ->
                isNonsense(cause)
                        ? Failure.of(FailureKind.MALFORMED, "The vendor's answer was not HTTP.")
                        : Failure.of(FailureKind.UNREACHABLE, "The vendor closed the connection before it answered.");
            case ANSWERING ->
                isNonsense(cause)
                        ? Failure.of(FailureKind.MALFORMED, "The vendor's answer was not HTTP.")
                        : Failure.of(
                                FailureKind.CUT_STREAM,
                                "The vendor closed the connection in the middle of its answer.");
        };
    }

    static Failure connectTimeout() {
        return Failure.of(FailureKind.UNREACHABLE, "The vendor could not be reached in time.");
    }

    static Failure noAnswer() {
        return Failure.of(FailureKind.TIMEOUT, "The vendor did not answer in time.");
    }

    static Failure stalled() {
        return Failure.of(FailureKind.STALLED_STREAM, "The vendor's stream stopped to move.");
    }

    static Failure expired() {
        return Failure.of(FailureKind.EXPIRED, "The deadline passed before the answer was whole.");
    }

    static Failure cancelled() {
        return Failure.of(FailureKind.CANCELLED, "The request was cancelled.");
    }

    static Failure tooLarge() {
        return Failure.of(FailureKind.MALFORMED, "The vendor's answer is too large.");
    }

    static Failure noTokens() {
        return Failure.of(FailureKind.MALFORMED, "The vendor's stream went on without a token.");
    }

    static Failure undeliverable() {
        return Failure.of(FailureKind.CUT_STREAM, "The answer could not be delivered.");
    }

    static Failure unknown() {
        return Failure.of(FailureKind.UNKNOWN, "The gateway stopped before the vendor's answer was whole.");
    }

    static Failure orphaned() {
        return Failure.of(FailureKind.UNKNOWN, "The worker died before the vendor's answer was whole.");
    }

    static Failure bodyLost() {
        return Failure.of(FailureKind.BODY_LOST, "The request's body could not be read again.");
    }

    static Failure unpaid(FailureKind kind) {
        return kind == FailureKind.BUDGET_EXCEEDED
                ? Failure.of(kind, "The budget has no room for this request any more.")
                : Failure.of(kind, "What is left of the budget can't be told just now; try again.");
    }

    static Failure defect(Attempt attempt, Throwable cause) {
        logged(attempt, cause);
        return Failure.of(FailureKind.INTERNAL, "An internal error.");
    }

    /** A bug of ours: its place is logged, its message may hold content. */
    static void logged(Attempt attempt, Throwable cause) {
        StackTraceElement[] at = cause.getStackTrace();
        LOG.error(
                "attempt {} met a defect: {} at {}",
                attempt.id(),
                cause.getClass().getName(),
                at.length == 0 ? "an unknown place" : at[0]);
    }

    /** Netty's parser of HTTP answers nonsense so. */
    private static boolean isNonsense(Throwable cause) {
        return cause instanceof IllegalArgumentException;
    }
}
