package dev.laneway.runtime.config;

import dev.laneway.contracts.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How failures are followed.
 *
 * @param numRetries further tries of a hop before the next one, 0 to 20
 * @param retryAfter the least wait before a further try
 * @param retryPolicy further tries by kind of failure, which go before all others but those of a group
 * @param groupPolicies the same for single groups, by name
 * @param cooldown of deployments that have no time of their own
 * @param strategy by what a group's load is shared out
 */
public record RouterSettings(
        int numRetries,
        Duration retryAfter,
        RetryPolicy retryPolicy,
        Map<String, RetryPolicy> groupPolicies,
        Cooldown cooldown,
        RoutingStrategy strategy) {
    public RouterSettings {
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(retryPolicy, "retryPolicy");
        Objects.requireNonNull(cooldown, "cooldown");
        Objects.requireNonNull(strategy, "strategy");
        groupPolicies = Map.copyOf(groupPolicies);
        if (numRetries < 0) {
            throw new IllegalArgumentException("numRetries " + numRetries);
        }
    }

    /** By weight. */
    public RouterSettings(
            int numRetries,
            Duration retryAfter,
            RetryPolicy retryPolicy,
            Map<String, RetryPolicy> groupPolicies,
            Cooldown cooldown) {
        this(numRetries, retryAfter, retryPolicy, groupPolicies, cooldown, RoutingStrategy.WEIGHT);
    }

    /** Without policies. */
    public RouterSettings(int numRetries, Duration retryAfter) {
        this(numRetries, retryAfter, RetryPolicy.NONE, Map.of(), Cooldown.USUAL);
    }

    /** The same by another strategy. */
    public RouterSettings by(RoutingStrategy other) {
        return new RouterSettings(numRetries, retryAfter, retryPolicy, groupPolicies, cooldown, other);
    }

    /** Further tries of a group after a failure, as its policy or the one for all has it; null where neither says anything. */
    public @Nullable Integer retries(String group, FailureKind kind) {
        RetryPolicy own = groupPolicies.get(group);
        Integer ofGroup = own == null ? null : own.of(kind);
        return ofGroup == null ? retryPolicy.of(kind) : ofGroup;
    }
}
