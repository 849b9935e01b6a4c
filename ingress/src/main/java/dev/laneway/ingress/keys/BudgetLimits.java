package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code budget_limits}: {@code [{"budget_duration": "24h", "max_budget": 10}, ...]}, each of which must have room. They are all budgets
 * of a holder but the one that {@code max_budget} is about. Pure.
 */
public final class BudgetLimits {
    static final String FIELD = "budget_limits";
    /** Begins the name of each budget that is made here, so that none of them is taken for the one of {@code max_budget}. */
    private static final String PREFIX = "limit-";

    private static final int MOST = 15;

    private BudgetLimits() {}

    /** The one that {@code max_budget} is about: that without a name of its own, else the first that is none of these. */
    public static @Nullable Budget main(List<Budget> budgets) {
        return budgets.stream()
                .filter(budget -> budget.name().equals(Budget.UNNAMED))
                .findFirst()
                .orElseGet(() -> budgets.stream()
                        .filter(budget -> !budget.name().startsWith(PREFIX))
                        .findFirst()
                        .orElse(null));
    }

    static List<Budget> others(List<Budget> budgets) {
        Budget main = main(budgets);
        return budgets.stream().filter(budget -> !budget.equals(main)).toList();
    }

    /**
     * The budgets with what the field says in place of the others. One whose period stays keeps its name, and so what it has spent, its time zone
     * and its thresholds.
     */
    static List<Budget> read(Fields fields, List<Budget> base) {
        if (!fields.has(FIELD)) {
            return base;
        }
        Budget main = main(base);
        List<Budget> before = others(base);
        List<Budget> now = new ArrayList<>(main == null ? List.of() : List.of(main));
        Set<BudgetPeriod> periods = new HashSet<>();
        for (Fields entry : Objects.requireNonNullElse(fields.objects(FIELD), List.<Fields>of())) {
            Budget budget = budget(entry, before, now);
            if (budget != null) {
                now.add(budget);
                if (!periods.add(budget.period())) {
                    entry.fail("budget_duration", "is that of another of these budgets: each has one of its own");
                }
            }
        }
        if (periods.size() > MOST) {
            fields.fail(FIELD, "are at most " + MOST);
        }
        return now;
    }

    private static @Nullable Budget budget(Fields entry, List<Budget> before, List<Budget> now) {
        entry.has("reset_at"); // what was shown may be sent back: the calendar says when it is
        BudgetPeriod period = entry.parsed("budget_duration", BudgetPeriod::of);
        Money limit = entry.money("max_budget");
        if (period == null) {
            entry.fail("budget_duration", "is missing: how often this budget begins anew, such as 24h");
        } else if (limit == null) {
            entry.fail("max_budget", "is missing: an amount of dollars");
        }
        if (period == null || limit == null) {
            return null;
        }
        return before.stream()
                .filter(budget -> budget.period().equals(period))
                .findFirst()
                .map(was -> new Budget(was.name(), limit, period, was.timeZone(), was.thresholds()))
                .orElseGet(() -> new Budget(name(period, before, now), limit, period, null, List.of()));
    }

    private static String name(BudgetPeriod period, List<Budget> before, List<Budget> now) {
        Set<String> taken = new HashSet<>();
        before.forEach(budget -> taken.add(budget.name()));
        now.forEach(budget -> taken.add(budget.name()));
        String name = PREFIX + period.text();
        for (int i = 2; taken.contains(name); i++) {
            name = PREFIX + period.text() + "-" + i;
        }
        return name;
    }

    /** With when each begins anew; null where there are none. */
    static void write(ObjectNode to, List<Budget> budgets, long now) {
        List<Budget> others = others(budgets);
        if (others.isEmpty()) {
            to.putNull(FIELD);
            return;
        }
        ArrayNode all = to.putArray(FIELD);
        for (Budget budget : others) {
            ObjectNode entry = all.addObject().put("budget_duration", duration(budget));
            Json.put(entry, "max_budget", budget.limit());
            Json.time(entry, "reset_at", budget.window(now).end());
        }
    }

    /** In the words of LiteLLM's scripts. */
    static String duration(Budget budget) {
        return Objects.requireNonNullElse(LiteLlmTerms.duration(budget.period()), BudgetPeriod.TOTAL.text());
    }
}
