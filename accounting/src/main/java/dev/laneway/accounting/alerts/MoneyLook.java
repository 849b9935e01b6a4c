package dev.laneway.accounting.alerts;

import dev.laneway.accounting.alerts.BudgetRules.Since;
import dev.laneway.accounting.alerts.SpendRules.Spender;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.alerts.AlertRule;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is due by the ledger's money. One context. */
final class MoneyLook {
    private final SpendTable table;
    private final BudgetRules budgets;
    private final SpendRules spends;

    MoneyLook(SpendTable table, Names names) {
        this.table = table;
        this.budgets = new BudgetRules(names);
        this.spends = new SpendRules(names);
    }

    /** What is due of budgets. Fails where the database does. */
    Future<List<Finding>> budgets(List<AlertRule> rules, List<Holder> holders, long now) {
        if (rules.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Map<Since, Map<String, BigDecimal>> spent = new HashMap<>();
        Future<Void> asked = Future.succeededFuture();
        for (var needed : BudgetRules.needed(holders, now).entrySet()) {
            asked = asked.compose(before -> table.spent(needed.getKey(), needed.getValue()))
                    .map(found -> {
                        spent.put(needed.getKey(), found);
                        return null;
                    });
        }
        return asked.map(done -> rules.stream()
                .flatMap(rule -> budgets.due(rule, holders, spent, now).stream())
                .toList());
    }

    /** Of the hour that is under way, and the one before, whose last facts may have come just now. Fails where the database does. */
    Future<List<Finding>> spends(List<AlertRule> rules, long now) {
        if (rules.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        long hour = Math.floorDiv(now, SpendRules.HOUR) * SpendRules.HOUR;
        return spends(rules, hour, List.of()).compose(due -> spends(rules, hour - SpendRules.HOUR, due));
    }

    private Future<List<Finding>> spends(List<AlertRule> rules, long hour, List<Finding> others) {
        BigDecimal floor = rules.stream()
                .map(rule -> BigDecimal.valueOf(rule.floor().picos()))
                .min(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
        return table.hours(List.of(hour)).compose(now -> {
            Map<Spender, BigDecimal> spent = new HashMap<>();
            now.forEach((spender, hours) -> {
                BigDecimal picos = hours.getOrDefault(hour, BigDecimal.ZERO);
                if (picos.compareTo(floor) >= 0 && picos.signum() > 0) {
                    spent.put(spender, picos);
                }
            });
            return spent.isEmpty() ? Future.succeededFuture(others) : judge(rules, hour, spent, others);
        });
    }

    private Future<List<Finding>> judge(
            List<AlertRule> rules, long hour, Map<Spender, BigDecimal> spent, List<Finding> others) {
        List<Long> hours = rules.stream()
                .flatMap(rule -> SpendRules.sameHours(hour, rule.zone()).stream())
                .distinct()
                .toList();
        return table.hours(hours)
                .compose(before -> table.histories(List.copyOf(spent.keySet()), before))
                .map(histories -> {
                    List<Finding> due = new ArrayList<>(others);
                    histories.forEach((spender, history) -> {
                        BigDecimal picos = spent.getOrDefault(spender, BigDecimal.ZERO);
                        rules.forEach(rule -> due.addAll(spends.due(rule, spender, hour, picos, history)));
                    });
                    return due;
                });
    }
}
