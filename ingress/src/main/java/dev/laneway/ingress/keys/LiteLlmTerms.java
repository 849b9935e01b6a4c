package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Terms as LiteLLM's fields have them: {@code models}, {@code max_budget} with {@code budget_duration} and {@code soft_budget}, {@code
 * budget_limits}, {@code rpm_limit}, {@code tpm_limit}, {@code max_parallel_requests}. What they can't say stays as it was.
 */
final class LiteLlmTerms {
    private static final Set<String> ALL_MODELS = Set.of("all-proxy-models", "all-team-models", "*");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private LiteLlmTerms() {}

    /**
     * What LiteLLM calls two of them.
     *
     * @param models which may be called
     * @param budget how many dollars may be spent
     */
    record Words(String models, String budget) {
        static final Words USUAL = new Words("models", "max_budget");
        /** Of a user in a team. */
        static final Words OF_MEMBERS = new Words("allowed_models", "max_budget_in_team");
    }

    static Terms read(Fields fields, Terms base) {
        return read(fields, base, Words.USUAL);
    }

    /** Terms with what the fields say in place of what was; a field that is null takes back. */
    static Terms read(Fields fields, Terms base, Words words) {
        List<String> models = base.models();
        if (fields.has(words.models())) {
            List<String> named = fields.texts(words.models());
            models = named == null || named.isEmpty() || named.stream().anyMatch(ALL_MODELS::contains) ? null : named;
        }
        return new Terms(
                models,
                base.lanes(),
                base.tools(),
                base.deniedTools(),
                base.networks(),
                limits(fields, Objects.requireNonNullElse(base.limits(), RateLimits.NONE)),
                BudgetLimits.read(fields, budgets(fields, base.budgets(), words.budget())),
                base.maxCostPerRequest(),
                base.whenAway());
    }

    private static RateLimits limits(Fields fields, RateLimits base) {
        long parallel = fields.has("max_parallel_requests") ? fields.limit("max_parallel_requests") : base.parallel();
        if (parallel > Integer.MAX_VALUE) {
            fields.fail("max_parallel_requests", "is too large");
        }
        return new RateLimits(
                fields.has("rpm_limit") ? fields.limit("rpm_limit") : base.requestsPerMinute(),
                fields.has("tpm_limit") ? fields.limit("tpm_limit") : base.tokensPerMinute(),
                base.requestsPerHour(),
                base.tokensPerHour(),
                (int) Math.min(parallel, Integer.MAX_VALUE),
                base.tokensPerRequest());
    }

    private static List<Budget> budgets(Fields fields, List<Budget> base, String named) {
        boolean limited = fields.has(named);
        boolean timed = fields.has("budget_duration");
        boolean soft = fields.has("soft_budget");
        if (!limited && !timed && !soft) {
            return base;
        }
        Budget before = BudgetLimits.main(base);
        Money limit = limited ? fields.money(named) : before == null ? null : before.limit();
        if (limit == null) {
            if (fields.name("budget_duration") != null) {
                fields.fail("budget_duration", "needs a " + named);
            }
            if (fields.says("soft_budget")) {
                fields.fail("soft_budget", "needs a " + named + ", of which it is a part");
            }
            return without(base, before);
        }
        BudgetPeriod period = before == null ? BudgetPeriod.TOTAL : before.period();
        if (timed) {
            period = Objects.requireNonNullElse(fields.parsed("budget_duration", BudgetPeriod::of), BudgetPeriod.TOTAL);
        }
        List<Integer> thresholds = before == null ? List.of() : before.thresholds();
        if (soft) {
            thresholds = threshold(fields, limit);
        }
        List<Budget> now = new ArrayList<>(without(base, before));
        now.addFirst(new Budget(
                before == null ? Budget.UNNAMED : before.name(),
                limit,
                period,
                before == null ? null : before.timeZone(),
                thresholds));
        return now;
    }

    /** LiteLLM's is an amount, ours a whole percent of the budget; the next lower one, so that the alert is not late. */
    private static List<Integer> threshold(Fields fields, Money limit) {
        Money soft = fields.money("soft_budget");
        if (soft == null) {
            return List.of();
        }
        int percent = limit.isZero()
                ? 0
                : soft.dollars()
                        .multiply(HUNDRED)
                        .divide(limit.dollars(), 0, RoundingMode.DOWN)
                        .min(BigDecimal.valueOf(1_000))
                        .intValue();
        if (percent < 1 || percent > 100) {
            fields.fail("soft_budget", "is from one to a hundred percent of max_budget");
            return List.of();
        }
        return List.of(percent);
    }

    private static List<Budget> without(List<Budget> budgets, @Nullable Budget budget) {
        return budgets.stream().filter(other -> !other.equals(budget)).toList();
    }

    /** When the present window of the budget began that these fields are about, epoch milliseconds; 0 where it is never anew. */
    static long windowFrom(Terms terms, long now) {
        Budget budget = BudgetLimits.main(terms.budgets());
        return budget == null ? 0 : budget.window(now).start();
    }

    /** What is shown of everything that has terms, behind what only it has. */
    static ObjectNode end(
            ObjectNode info,
            Control.Entity entity,
            Terms terms,
            Map<String, @Nullable Object> metadata,
            long createdAt,
            long now) {
        info.set("metadata", Json.tree(metadata));
        write(info, terms, now);
        Json.time(info, "created_at", createdAt);
        info.put("version", entity.version());
        return info;
    }

    /** Terms with a name. */
    static ObjectNode budget(Control.Template budget, long now) {
        ObjectNode info = Json.object().put("budget_id", budget.id());
        write(info, budget.terms(), now);
        Json.time(info, "created_at", budget.createdAt());
        info.put("version", budget.version());
        return info;
    }

    /** Writes them. */
    static void write(ObjectNode to, Terms terms, long now) {
        to.set("models", Json.texts(Objects.requireNonNullElse(terms.models(), List.of())));
        RateLimits limits = Objects.requireNonNullElse(terms.limits(), RateLimits.NONE);
        Json.limit(to, "rpm_limit", limits.requestsPerMinute());
        Json.limit(to, "tpm_limit", limits.tokensPerMinute());
        Json.limit(to, "max_parallel_requests", limits.parallel());
        Budget budget = BudgetLimits.main(terms.budgets());
        Json.put(to, "max_budget", budget == null ? null : budget.limit());
        to.put("budget_duration", budget == null ? null : duration(budget.period()));
        Json.time(to, "budget_reset_at", budget == null ? 0 : budget.window(now).end());
        if (budget == null || budget.thresholds().isEmpty()) {
            to.putNull("soft_budget");
        } else {
            to.put(
                    "soft_budget",
                    budget.limit()
                            .dollars()
                            .multiply(BigDecimal.valueOf(budget.thresholds().getFirst()))
                            .divide(HUNDRED)
                            .stripTrailingZeros());
        }
        BudgetLimits.write(to, terms.budgets(), now);
    }

    /** In the words of LiteLLM's scripts. */
    static @Nullable String duration(BudgetPeriod period) {
        return switch (period.toString()) {
            case "total" -> null;
            case "1mo" -> "30d";
            case "1w" -> "7d";
            case "1y" -> "365d";
            case String other -> other;
        };
    }
}
