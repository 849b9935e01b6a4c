package dev.laneway.accounting.alerts;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.alerts.AlertRule;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of budgets, by the ledger's hours. Pure. */
final class BudgetRules {
    /** The ledger knows hours: what begins anew within one can't be told. */
    private static final long SHORTEST = Duration.ofHours(1).toMillis();

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Names names;

    /** Holders of a scope whose windows began at one time. */
    record Since(Scope scope, long start) {}

    BudgetRules(Names names) {
        this.names = names;
    }

    /** Whose spend has to be known, and from when on. */
    static Map<Since, Set<String>> needed(List<Holder> holders, long now) {
        Map<Since, Set<String>> needed = new HashMap<>();
        for (Holder holder : holders) {
            for (Budget budget : holder.terms().budgets()) {
                BudgetPeriod.Window window = budget.window(now);
                if (isWatched(budget, window)) {
                    needed.computeIfAbsent(new Since(holder.scope(), window.start()), since -> new HashSet<>())
                            .add(holder.id());
                }
            }
        }
        return needed;
    }

    /**
     * What is due: of each window the highest share that is reached.
     *
     * @param spent trillionths of a dollar, by holder
     */
    List<Finding> due(AlertRule rule, List<Holder> holders, Map<Since, Map<String, BigDecimal>> spent, long now) {
        List<Finding> due = new ArrayList<>();
        for (Holder holder : holders) {
            for (Budget budget : holder.terms().budgets()) {
                BudgetPeriod.Window window = budget.window(now);
                Map<String, BigDecimal> known = spent.getOrDefault(new Since(holder.scope(), window.start()), Map.of());
                BigDecimal picos = known.get(holder.id());
                if (isWatched(budget, window) && picos != null) {
                    due(rule, holder, budget, window, picos, due);
                }
            }
        }
        return due;
    }

    private static boolean isWatched(Budget budget, BudgetPeriod.Window window) {
        return !budget.limit().isZero() && window.end() - window.start() >= SHORTEST;
    }

    private void due(
            AlertRule rule,
            Holder holder,
            Budget budget,
            BudgetPeriod.Window window,
            BigDecimal picos,
            List<Finding> due) {
        BigDecimal limit = BigDecimal.valueOf(budget.limit().picos());
        List<Integer> stated = budget.thresholds().isEmpty() ? rule.thresholds() : budget.thresholds();
        int reached = Stream.concat(stated.stream(), Stream.of(100))
                .filter(percent -> picos.multiply(HUNDRED).compareTo(limit.multiply(BigDecimal.valueOf(percent))) >= 0)
                .max(Integer::compare)
                .orElse(0);
        if (reached == 0) {
            return;
        }
        String who = names.of(holder.scope(), holder.id());
        String spent = dollars(picos);
        String ends = window.end() == Long.MAX_VALUE ? "" : "; it begins anew at " + Instant.ofEpochMilli(window.end());
        due.add(new Finding(
                rule,
                holder.scope().id() + "/" + holder.id() + "/" + budget.name(),
                reached,
                window.start(),
                "Budget of " + who + ": " + reached + " %",
                who + " spent " + spent + " of the " + budget.limit() + " of its budget " + budget.name() + " ("
                        + budget.period().text() + "), which is " + reached + " % or more" + ends + ".",
                new JsonObject()
                        .put("scope", holder.scope().id())
                        .put("id", holder.id())
                        .put("budget", budget.name())
                        .put("period", budget.period().text())
                        .put("percent", reached)
                        .put("spent_usd", usd(picos))
                        .put("limit_usd", budget.limit().dollars())));
    }

    /** Without trailing zeros and exponent. */
    static BigDecimal usd(BigDecimal picos) {
        return new BigDecimal(picos.movePointLeft(12).stripTrailingZeros().toPlainString());
    }

    static String dollars(BigDecimal picos) {
        return Money.nearest(picos.movePointLeft(12)).toString();
    }
}
