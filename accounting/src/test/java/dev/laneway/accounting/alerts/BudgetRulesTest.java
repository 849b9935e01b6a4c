package dev.laneway.accounting.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.accounting.alerts.BudgetRules.Since;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.alerts.AlertKind;
import dev.laneway.runtime.config.alerts.AlertRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetRulesTest {
    private static final long NOW = Instant.parse("2026-11-17T10:20:00Z").toEpochMilli();
    private static final long MONTH = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final AlertRule RULE = Rule.of(AlertKind.BUDGET, 0, Duration.ZERO);

    private final BudgetRules rules = new BudgetRules(Names.IDS);

    private static Holder team(Budget... budgets) {
        return new Holder(Scope.TEAM, "red", Terms.budgeted(budgets));
    }

    private static Budget monthly(Integer... thresholds) {
        return new Budget("monthly", Money.ofDollars("200"), BudgetPeriod.of("1mo"), null, List.of(thresholds));
    }

    private List<Finding> due(Holder holder, String spent) {
        BigDecimal picos = new BigDecimal(spent).movePointRight(12);
        return rules.due(RULE, List.of(holder), Map.of(new Since(Scope.TEAM, MONTH), Map.of("red", picos)), NOW);
    }

    @Test
    void shouldAskForWhatWindowsNeed() {
        Budget day = new Budget("daily", Money.ofDollars("10"), BudgetPeriod.of("1d"), null, List.of());
        Budget minute = new Budget("burst", Money.ofDollars("1"), BudgetPeriod.of("1m"), null, List.of());

        assertThat(BudgetRules.needed(List.of(team(monthly(), day, minute)), NOW))
                .isEqualTo(Map.of(
                        new Since(Scope.TEAM, MONTH),
                        Set.of("red"),
                        new Since(
                                Scope.TEAM,
                                Instant.parse("2026-11-17T00:00:00Z").toEpochMilli()),
                        Set.of("red")));
    }

    @ParameterizedTest
    @CsvSource({"99.99, 0", "100, 50", "159.999999999999, 50", "160, 80", "200, 100", "250, 100"})
    void shouldTellOfTheHighestShareThatIsReached(String spent, int percent) {
        assertThat(due(team(monthly()), spent).stream().mapToInt(Finding::level).sum())
                .isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"20, 10", "179, 10", "180, 90", "200, 100"})
    void shouldGoByTheBudgetsOwnThresholdsAndByAHundred(String spent, int percent) {
        assertThat(due(team(monthly(10, 90)), spent)).extracting(Finding::level).containsExactly(percent);
    }

    @Test
    void shouldSayWhoSpentWhatOfWhich() {
        Finding finding = due(team(monthly()), "170.5").getFirst();

        assertThat(finding.subject()).isEqualTo("team/red/monthly");
        assertThat(finding.windowFrom()).isEqualTo(MONTH);
        assertThat(finding.title()).isEqualTo("Budget of team red: 80 %");
        assertThat(finding.text())
                .isEqualTo("team red spent $170.5 of the $200 of its budget monthly (1mo), which is 80 % or more;"
                        + " it begins anew at 2026-12-01T00:00:00Z.");
        assertThat(finding.details().getValue("spent_usd")).isEqualTo(new BigDecimal("170.5"));
    }

    /** Whoever may spend nothing has spent all of it, in each window anew: that is no news. */
    @Test
    void shouldSayNothingOfABudgetOfNothing() {
        Budget nothing = new Budget("monthly", Money.ZERO, BudgetPeriod.of("1mo"), null, List.of());

        assertThat(BudgetRules.needed(List.of(team(nothing)), NOW)).isEmpty();
        assertThat(due(team(nothing), "0")).isEmpty();
        assertThat(due(team(nothing), "7")).isEmpty();
    }

    @Test
    void shouldWatchABudgetOfAnHourAndNoneOfLess() {
        Budget hour = new Budget("hourly", Money.ofDollars("1"), BudgetPeriod.of("1h"), null, List.of());
        Budget less = new Budget("burst", Money.ofDollars("1"), BudgetPeriod.of("30m"), null, List.of());
        Since begun =
                new Since(Scope.TEAM, Instant.parse("2026-11-17T10:00:00Z").toEpochMilli());

        List<Finding> due = rules.due(
                RULE, List.of(team(hour, less)), Map.of(begun, Map.of("red", BigDecimal.ONE.movePointRight(12))), NOW);

        assertThat(due).extracting(Finding::subject).containsExactly("team/red/hourly");
    }

    @Test
    void shouldAskForEachHolderByItsScope() {
        Holder key = new Holder(Scope.KEY, "ada", Terms.budgeted(monthly()));

        assertThat(BudgetRules.needed(List.of(team(monthly()), key), NOW))
                .isEqualTo(Map.of(
                        new Since(Scope.TEAM, MONTH), Set.of("red"), new Since(Scope.KEY, MONTH), Set.of("ada")));
    }

    @Test
    void shouldNotSayThatABudgetBeginsAnewThatNeverDoes() {
        Budget total = new Budget("all", Money.ofDollars("200"), BudgetPeriod.TOTAL, null, List.of());
        BigDecimal picos = new BigDecimal("170").movePointRight(12);

        List<Finding> due =
                rules.due(RULE, List.of(team(total)), Map.of(new Since(Scope.TEAM, 0), Map.of("red", picos)), NOW);

        assertThat(due.getFirst().text())
                .isEqualTo("team red spent $170 of the $200 of its budget all (total), which is 80 % or more.");
    }
}
