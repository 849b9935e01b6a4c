package dev.laneway.ingress.keys;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.Wildcard;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether terms allow more than others do. Both always hold; this is so that nobody promises what isn't theirs to give. Pure. */
final class Within {
    private Within() {}

    /** What terms allow beyond others, as a word; null where it is nothing. What they leave unsaid is no promise. */
    static @Nullable String exceeds(Terms inner, Terms outer) {
        if (!models(inner.models(), outer.models())) {
            return "models";
        }
        if (!listed(inner.lanes(), outer.lanes())) {
            return "lanes";
        }
        if (!listed(inner.tools(), outer.tools())) {
            return "tools";
        }
        String limit = limits(inner.limits(), outer.limits());
        if (limit != null) {
            return limit;
        }
        for (Budget budget : inner.budgets()) {
            if (outer.budgets().stream()
                    .anyMatch(other -> other.period().equals(budget.period()) && more(budget.limit(), other.limit()))) {
                return "max_budget";
            }
        }
        return more(inner.maxCostPerRequest(), outer.maxCostPerRequest()) ? "max_cost_per_request" : null;
    }

    private static boolean models(@Nullable List<String> inner, @Nullable List<String> outer) {
        return inner == null
                || outer == null
                || inner.stream()
                        .allMatch(model -> outer.contains(model)
                                || outer.stream().anyMatch(allowed -> {
                                    Wildcard pattern = Wildcard.of(allowed);
                                    return pattern != null && pattern.part(model) != null;
                                }));
    }

    private static boolean listed(@Nullable List<String> inner, @Nullable List<String> outer) {
        return inner == null || outer == null || outer.containsAll(inner);
    }

    private static @Nullable String limits(@Nullable RateLimits inner, @Nullable RateLimits outer) {
        RateLimits mine = Objects.requireNonNullElse(inner, RateLimits.NONE);
        RateLimits theirs = Objects.requireNonNullElse(outer, RateLimits.NONE);
        if (more(mine.requestsPerMinute(), theirs.requestsPerMinute())) {
            return "rpm_limit";
        }
        if (more(mine.tokensPerMinute(), theirs.tokensPerMinute())) {
            return "tpm_limit";
        }
        if (more(mine.requestsPerHour(), theirs.requestsPerHour())) {
            return "rph_limit";
        }
        if (more(mine.tokensPerHour(), theirs.tokensPerHour())) {
            return "tph_limit";
        }
        if (more(mine.parallel(), theirs.parallel())) {
            return "max_parallel_requests";
        }
        return more(mine.tokensPerRequest(), theirs.tokensPerRequest()) ? "max_tokens_per_request" : null;
    }

    private static boolean more(long inner, long outer) {
        return inner > 0 && outer > 0 && inner > outer;
    }

    private static boolean more(@Nullable Money inner, @Nullable Money outer) {
        return inner != null && outer != null && inner.compareTo(outer) > 0;
    }
}
