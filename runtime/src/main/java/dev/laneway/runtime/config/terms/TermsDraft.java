package dev.laneway.runtime.config.terms;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WhenAway;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The terms of one holder while a file is read; each setter says false where that was said before. One thread. */
final class TermsDraft {
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Map<Names, List<String>> names = new EnumMap<>(Names.class);
    private final List<Budget> budgets = new ArrayList<>();
    private @Nullable Money maxCost;
    private @Nullable WhenAway away;

    /** What is counted, by the keys that say it: ours first. */
    enum Count {
        REQUESTS_PER_MINUTE("rpm_limit rpm requests_per_minute"),
        TOKENS_PER_MINUTE("tpm_limit tpm tokens_per_minute"),
        REQUESTS_PER_HOUR("rph_limit requests_per_hour"),
        TOKENS_PER_HOUR("tph_limit tokens_per_hour"),
        PARALLEL("max_parallel_requests"),
        TOKENS_PER_REQUEST("max_tokens_per_request");

        private final String keys;

        Count(String keys) {
            this.keys = keys;
        }

        List<String> keys() {
            return List.of(keys.split(" "));
        }
    }

    /** What is listed by name, by the keys that say it: ours first. */
    enum Names {
        LANES("lanes"),
        TOOLS("tools allowed_tools"),
        DENIED_TOOLS("denied_tools"),
        NETWORKS("networks allowed_ips");

        private final String keys;

        Names(String keys) {
            this.keys = keys;
        }

        List<String> keys() {
            return List.of(keys.split(" "));
        }
    }

    boolean set(Count count, long most) {
        return counts.putIfAbsent(count, most) == null;
    }

    boolean set(Names which, List<String> allowed) {
        return names.putIfAbsent(which, List.copyOf(allowed)) == null;
    }

    boolean set(Money most) {
        boolean first = maxCost == null;
        maxCost = most;
        return first;
    }

    boolean set(WhenAway then) {
        boolean first = away == null;
        away = then;
        return first;
    }

    /** False where one of that name is there. */
    boolean add(Budget budget) {
        boolean first = budgets.stream().noneMatch(other -> other.name().equals(budget.name()));
        budgets.add(budget);
        return first;
    }

    Terms terms(@Nullable List<String> models) {
        RateLimits limits = new RateLimits(
                count(Count.REQUESTS_PER_MINUTE),
                count(Count.TOKENS_PER_MINUTE),
                count(Count.REQUESTS_PER_HOUR),
                count(Count.TOKENS_PER_HOUR),
                (int) count(Count.PARALLEL),
                count(Count.TOKENS_PER_REQUEST));
        return new Terms(
                models,
                names.get(Names.LANES),
                names.get(Names.TOOLS),
                names.getOrDefault(Names.DENIED_TOOLS, List.of()),
                names.get(Names.NETWORKS),
                limits,
                budgets,
                maxCost,
                away);
    }

    private long count(Count count) {
        return counts.getOrDefault(count, 0L);
    }
}
