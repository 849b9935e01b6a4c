package dev.laneway.accounting.alerts;

import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.alerts.AlertKind;
import dev.laneway.runtime.config.alerts.AlertRule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that go by tallies. Pure. */
final class CountRules {
    private final Names names;

    CountRules(Names names) {
        this.names = names;
    }

    /** What has to be summed over a rule's window; nothing for a rule that goes by something else. */
    static Set<Measure> measures(AlertKind kind) {
        return switch (kind) {
            case FALLBACKS -> Set.of(Measure.FALLBACKS);
            case PROVIDER_ERRORS -> Set.of(Measure.PROVIDER_CALLS, Measure.PROVIDER_ERRORS);
            case VIOLATIONS -> Measure.VIOLATIONS;
            case BUDGET_REFUSALS -> Set.of(Measure.BUDGET_REFUSALS);
            case REDIS_OPEN -> Set.of(Measure.UNCOUNTED);
            case SLOW_CALLS -> Set.of(Measure.SLOW_CALLS);
            case BUDGET, SPEND, LEDGER_LAG -> Set.of();
        };
    }

    /** What is due of a rule by the sums over its window up to now. */
    List<Finding> due(AlertRule rule, Sums sums, long now) {
        List<Finding> due = new ArrayList<>();
        switch (rule.kind()) {
            case FALLBACKS ->
                each(sums, Measure.FALLBACKS, rule.limit(), (id, n) -> due.add(fallbacks(rule, id, n, now)));
            case SLOW_CALLS ->
                each(
                        sums,
                        Measure.SLOW_CALLS,
                        BigDecimal.valueOf(rule.least()),
                        (id, n) -> due.add(slow(rule, id, n, now)));
            case BUDGET_REFUSALS ->
                each(sums, Measure.BUDGET_REFUSALS, rule.limit(), (id, n) -> due.add(refused(rule, id, n, now)));
            case PROVIDER_ERRORS -> sums.subjects().forEach(provider -> errors(rule, provider, sums, now, due));
            case VIOLATIONS -> sums.subjects().forEach(key -> violations(rule, key, sums, now, due));
            case REDIS_OPEN -> open(rule, sums, now, due);
            case BUDGET, SPEND, LEDGER_LAG -> {}
        }
        return due;
    }

    private interface Subject {
        void counted(String id, long n);
    }

    private static void each(Sums sums, Measure measure, BigDecimal threshold, Subject due) {
        for (String id : sums.subjects()) {
            long n = sums.of(id, measure);
            if (n > 0 && BigDecimal.valueOf(n).compareTo(threshold) >= 0) {
                due.counted(id, n);
            }
        }
    }

    private Finding fallbacks(AlertRule rule, String deployment, long n, long now) {
        String who = names.of(Scope.DEPLOYMENT, deployment);
        return Finding.repeated(
                rule,
                "deployment/" + deployment,
                now,
                "Fallbacks from " + who,
                n + " requests left " + who + " for their next hop " + within(rule) + ".",
                counted(rule, n));
    }

    private Finding slow(AlertRule rule, String deployment, long n, long now) {
        String who = names.of(Scope.DEPLOYMENT, deployment);
        return Finding.repeated(
                rule,
                "deployment/" + deployment,
                now,
                "Slow calls of " + who,
                n + " calls of " + who + " lasted longer than " + rule.limit().toPlainString() + " s " + within(rule)
                        + ".",
                new JsonObject()
                        .put("count", n)
                        .put("threshold_seconds", rule.limit())
                        .put("window_seconds", seconds(rule)));
    }

    private Finding refused(AlertRule rule, String key, long n, long now) {
        String who = names.of(Scope.KEY, key);
        return Finding.repeated(
                rule,
                "key/" + key,
                now,
                "A budget has no room: " + who,
                n + " requests of " + who + " were refused " + within(rule) + ", since a budget has no room for them.",
                counted(rule, n));
    }

    private void errors(AlertRule rule, String provider, Sums sums, long now, List<Finding> due) {
        long calls = sums.of(provider, Measure.PROVIDER_CALLS);
        long errors = sums.of(provider, Measure.PROVIDER_ERRORS);
        if (calls == 0
                || calls < rule.least()
                || rule.limit().multiply(BigDecimal.valueOf(calls)).compareTo(BigDecimal.valueOf(errors * 100)) > 0) {
            return;
        }
        long percent = errors * 100 / calls;
        due.add(Finding.repeated(
                rule,
                "provider/" + provider,
                now,
                "Errors of " + names.of(Scope.PROVIDER, provider),
                errors + " of " + calls + " calls to " + names.of(Scope.PROVIDER, provider) + " failed by its fault ("
                        + percent + " %) " + within(rule) + ".",
                new JsonObject()
                        .put("calls", calls)
                        .put("errors", errors)
                        .put("percent", percent)
                        .put("threshold_percent", rule.limit())
                        .put("window_seconds", seconds(rule))));
    }

    private void violations(AlertRule rule, String key, Sums sums, long now, List<Finding> due) {
        List<Measure> met = Measure.VIOLATIONS.stream()
                .filter(measure -> sums.of(key, measure) > 0)
                .sorted()
                .toList();
        if (BigDecimal.valueOf(met.size()).compareTo(rule.limit()) < 0) {
            return;
        }
        String who = names.of(Scope.KEY, key);
        JsonObject counts = new JsonObject();
        met.forEach(measure -> counts.put(measure.id(), sums.of(key, measure)));
        due.add(Finding.repeated(
                rule,
                "key/" + key,
                now,
                "A pattern of violations: " + who,
                "Refusals of " + met.size() + " kinds to " + who + " " + within(rule) + ": "
                        + met.stream()
                                .map(measure -> measure.id().replace('_', ' ') + " " + sums.of(key, measure) + " times")
                                .collect(Collectors.joining(", "))
                        + ".",
                new JsonObject()
                        .put(
                                "kinds",
                                new JsonArray(met.stream().map(Measure::id).toList()))
                        .put("counts", counts)
                        .put("window_seconds", seconds(rule))));
    }

    private void open(AlertRule rule, Sums sums, long now, List<Finding> due) {
        long n = sums.total(Measure.UNCOUNTED);
        if (BigDecimal.valueOf(n).compareTo(rule.limit()) >= 0) {
            due.add(Finding.repeated(
                    rule,
                    "redis",
                    now,
                    "Redis is away, and requests pass uncounted",
                    "Requests passed " + n + " times without a limit or budget being counted " + within(rule)
                            + ", since Redis does not answer, or what it counted is being restored, and their terms say open.",
                    counted(rule, n)));
        }
    }

    /** How far usage is behind, which each accounting knows of itself. */
    List<Finding> lag(AlertRule rule, long lagMillis, long now) {
        Duration lag = Duration.ofMillis(lagMillis);
        if (BigDecimal.valueOf(lag.toSeconds()).compareTo(rule.limit()) < 0) {
            return List.of();
        }
        return List.of(Finding.repeated(
                rule,
                "ledger",
                now,
                "The ledger is behind",
                "Usage reaches the ledger " + lag.toSeconds() + " s late: costs and budgets' alerts are as old.",
                new JsonObject().put("lag_seconds", lag.toSeconds()).put("threshold_seconds", rule.limit())));
    }

    private static JsonObject counted(AlertRule rule, long n) {
        return new JsonObject().put("count", n).put("threshold", rule.limit()).put("window_seconds", seconds(rule));
    }

    private static long seconds(AlertRule rule) {
        return rule.window().toSeconds();
    }

    private static String within(AlertRule rule) {
        Duration window = rule.window();
        String length = window.toMinutes() * 60 != window.toSeconds()
                ? window.toSeconds() + " seconds"
                : window.toHours() * 60 == window.toMinutes()
                        ? window.toHours() + (window.toHours() == 1 ? " hour" : " hours")
                        : window.toMinutes() + (window.toMinutes() == 1 ? " minute" : " minutes");
        return "within " + length;
    }
}
