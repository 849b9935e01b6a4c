package dev.laneway.router.plan;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.WorkClass;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.OnUnknown;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says, whatever becomes of the plan: what comes next, of which deployments it speaks, and how long the vendor asked to wait.
 * Pure.
 */
final class FailureRules {
    /** Longer than any deadline. */
    static final long NEVER_MILLIS = 1L << 40;

    private FailureRules() {}

    /** What comes next. */
    static FailureKind.Next step(FailedAttempt failed, RoutingTable table) {
        FailureKind kind = failed.failure().kind();
        Lane lane = table.lane(failed.attempt().request().lane());
        return kind == FailureKind.UNKNOWN && lane != null && lane.onUnknown() == OnUnknown.RETRY
                ? FailureKind.Next.RETRY
                : kind.next();
    }

    /** Whether another deployment of the hop may do what this one can't at all. */
    static boolean isOfOne(FailureKind kind) {
        return kind == FailureKind.UNAUTHORIZED
                || kind == FailureKind.BUDGET_EXCEEDED
                || kind == FailureKind.UNPRICED
                || kind == FailureKind.UNBOUNDED
                || kind == FailureKind.LIMIT_REACHED
                || kind == FailureKind.LIMITS_AWAY;
    }

    /** Work that can wait goes back to the topic of its account, which the workers paused: long waits stay in Kafka. */
    static boolean waitsInKafka(FailedAttempt failed, Situation situation) {
        Request request = failed.attempt().request();
        long asked = asked(failed, situation);
        return request.workClass() == WorkClass.DEFERRED
                && failed.failure().kind() == FailureKind.RATE_LIMITED
                && asked > 0
                && situation.now() + asked < request.deadline();
    }

    /** How much longer the vendor asked to wait, milliseconds. */
    static long asked(FailedAttempt failed, Situation situation) {
        long asked = Math.min(failed.failure().retryAfterMillis(), NEVER_MILLIS);
        return Math.clamp(failed.failedAt() + asked - situation.now(), 0, asked);
    }

    /** True where another deployment of the hop may answer at once. */
    static boolean isOfDeployment(FailureKind kind) {
        return switch (kind) {
            case RATE_LIMITED,
                    OVERLOADED,
                    UNREACHABLE,
                    UNAUTHORIZED,
                    BUDGET_EXCEEDED,
                    LIMIT_REACHED,
                    LIMITS_AWAY,
                    UNPRICED,
                    UNBOUNDED -> true;
            case TIMEOUT,
                    SERVER_ERROR,
                    REJECTED,
                    CONTEXT_WINDOW,
                    CONTENT_POLICY,
                    EMPTY_ANSWER,
                    CUT_STREAM,
                    STALLED_STREAM,
                    MALFORMED,
                    UNKNOWN_DEPLOYMENT,
                    ZONE_REFUSED,
                    NO_DEPLOYMENT,
                    BODY_LOST,
                    BUDGETS_AWAY,
                    UNKNOWN,
                    CANCELLED,
                    EXPIRED,
                    INTERNAL -> false;
        };
    }

    /** The deployments of the hop that a failure speaks of: those of the account where it is the account's, else the one. */
    static List<String> affected(FailedAttempt failed, RoutingTable table) {
        Attempt attempt = failed.attempt();
        FailureKind kind = failed.failure().kind();
        if (kind != FailureKind.RATE_LIMITED && kind != FailureKind.UNAUTHORIZED) {
            return List.of(attempt.deployment());
        }
        return attempt.plan().hops().get(attempt.hop()).deployments().stream()
                .filter(id -> id.equals(attempt.deployment()) || isOf(attempt.account(), table.deployment(id)))
                .toList();
    }

    private static boolean isOf(String account, @Nullable Deployment deployment) {
        return deployment != null && Objects.equals(deployment.account(), account);
    }
}
