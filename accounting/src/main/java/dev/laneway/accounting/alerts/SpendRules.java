package dev.laneway.accounting.alerts;

import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.alerts.AlertRule;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rules of spend far above what is usual. Usual is the median of the same hour of the week in the weeks before, by the clocks of the rule's time zone, and far is so many
 * times the spread: the median distance from it, scaled to what would be a standard deviation, and at least a quarter of the median.
 * One wild week among the others moves neither. An hour that is under way is judged by what it has spent so far. Pure.
 */
final class SpendRules {
    /** Weeks that are looked at. */
    static final int MOST_WEEKS = 8;

    static final long HOUR = Duration.ofHours(1).toMillis();
    static final long WEEK = Duration.ofDays(7).toMillis();
    /** From a median of distances to a standard deviation, where they are spread normally. */
    private static final BigDecimal SCALE = new BigDecimal("1.4826");

    private static final BigDecimal QUARTER = new BigDecimal("0.25");
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final Names names;

    /** Who spends. */
    record Spender(Scope scope, String id) {
        Spender {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * Of one spender.
     *
     * @param firstHour of all that it ever spent, epoch milliseconds
     * @param hours trillionths of a dollar by the hour's beginning; an hour that is missing cost nothing
     */
    record History(long firstHour, Map<Long, BigDecimal> hours) {}

    SpendRules(Names names) {
        this.names = names;
    }

    /** The hours to look at for one: those of the weeks before, by the zone's clocks. The ledger's hours are of UTC. */
    static List<Long> sameHours(long hour, ZoneId zone) {
        ZonedDateTime there = Instant.ofEpochMilli(hour).atZone(zone);
        List<Long> hours = new ArrayList<>();
        for (int week = 1; week <= MOST_WEEKS; week++) {
            long before = there.minusWeeks(week).toInstant().toEpochMilli();
            hours.add(Math.floorDiv(before, HOUR) * HOUR);
        }
        return hours;
    }

    /** What is due of an hour; empty without enough history. */
    List<Finding> due(AlertRule rule, Spender spender, long hour, BigDecimal spent, History history) {
        long weeks = Math.min(MOST_WEEKS, Math.floorDiv(hour - history.firstHour, WEEK));
        BigDecimal floor = BigDecimal.valueOf(rule.floor().picos());
        if (weeks < rule.weeks() || spent.compareTo(floor) < 0) {
            return List.of();
        }
        List<BigDecimal> samples = sameHours(hour, rule.zone()).subList(0, (int) weeks).stream()
                .map(before -> history.hours.getOrDefault(before, BigDecimal.ZERO))
                .toList();
        BigDecimal usual = median(samples);
        BigDecimal spread = median(samples.stream()
                        .map(sample -> sample.subtract(usual).abs())
                        .toList())
                .multiply(SCALE)
                .max(usual.multiply(QUARTER));
        BigDecimal most = usual.add(spread.multiply(rule.limit()));
        if (spent.compareTo(most) <= 0) {
            return List.of();
        }
        String who = names.of(spender.scope(), spender.id());
        String subject = spender.scope() == Scope.GLOBAL
                ? Scope.GLOBAL.id()
                : spender.scope().id() + "/" + spender.id();
        return List.of(new Finding(
                rule,
                subject,
                0,
                hour,
                "Unusual spend of " + who,
                who + " spent " + BudgetRules.dollars(spent) + " in the hour from " + Instant.ofEpochMilli(hour)
                        + "; usual for that hour of the week is " + BudgetRules.dollars(usual) + ", by " + weeks
                        + " weeks.",
                new JsonObject()
                        .put("scope", spender.scope().id())
                        .put("id", spender.id())
                        .put("spent_usd", BudgetRules.usd(spent))
                        .put("usual_usd", BudgetRules.usd(usual))
                        .put("limit_usd", BudgetRules.usd(most.setScale(-6, RoundingMode.HALF_UP)))
                        .put("weeks", weeks)));
    }

    static BigDecimal median(List<BigDecimal> values) {
        List<BigDecimal> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : sorted.get(half - 1).add(sorted.get(half)).divide(TWO, RoundingMode.HALF_UP);
    }
}
