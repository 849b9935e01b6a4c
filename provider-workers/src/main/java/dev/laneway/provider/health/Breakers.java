package dev.laneway.provider.health;

import dev.laneway.contracts.FailureKind;
import dev.laneway.runtime.config.Cooldown;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Deployments that failed several times in a row. After as many failures as its rule says one cools: for the rule's time, or for a second,
 * and each failure after that time doubles it, up to a minute. An answer ends it. Times are epoch milliseconds, given by the caller. Not safe across threads.
 */
public final class Breakers {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;

    private final Map<String, State> states = new HashMap<>();

    private static final class State {
        int failures;
        long until;
        long step = FIRST_MILLIS;
    }

    /** Whether failures of a kind say that the deployment is in trouble. */
    public static boolean counts(FailureKind kind) {
        return switch (kind) {
            case TIMEOUT, OVERLOADED, SERVER_ERROR, UNREACHABLE, CUT_STREAM, STALLED_STREAM, MALFORMED -> true;
            case RATE_LIMITED,
                    UNAUTHORIZED,
                    REJECTED,
                    CONTEXT_WINDOW,
                    CONTENT_POLICY,
                    EMPTY_ANSWER,
                    UNKNOWN_DEPLOYMENT,
                    ZONE_REFUSED,
                    NO_DEPLOYMENT,
                    BODY_LOST,
                    BUDGET_EXCEEDED,
                    BUDGETS_AWAY,
                    LIMIT_REACHED,
                    LIMITS_AWAY,
                    UNPRICED,
                    UNBOUNDED,
                    UNKNOWN,
                    CANCELLED,
                    EXPIRED,
                    INTERNAL -> false;
        };
    }

    /**
     * A call failed in a way that {@linkplain #counts counts}.
     *
     * @return until when it cools, where that is news
     */
    public OptionalLong failed(String deployment, FailureKind kind, Cooldown rule, long now) {
        if (rule.disabled()) {
            return OptionalLong.empty();
        }
        State state = states.computeIfAbsent(deployment, key -> new State());
        state.failures++;
        if (state.failures < rule.failures(kind) || state.until > now) {
            return OptionalLong.empty();
        }
        Duration stated = rule.time();
        state.until = now + (stated == null ? state.step : stated.toMillis());
        state.step = Math.min(LONGEST_MILLIS, state.step * 2);
        return OptionalLong.of(state.until);
    }

    /**
     * A deployment answered.
     *
     * @return true when it had been cooling
     */
    public boolean answered(String deployment) {
        if (states.isEmpty()) {
            return false;
        }
        State state = states.remove(deployment);
        return state != null && state.until > 0;
    }
}
