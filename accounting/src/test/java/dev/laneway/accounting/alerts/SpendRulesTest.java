package dev.laneway.accounting.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.accounting.alerts.SpendRules.History;
import dev.laneway.accounting.alerts.SpendRules.Spender;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.alerts.AlertKind;
import dev.laneway.runtime.config.alerts.AlertRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendRulesTest {
    private static final long HOUR = Instant.parse("2026-11-17T10:00:00Z").toEpochMilli();
    private static final AlertRule RULE = Rule.of(AlertKind.SPEND, 4, Duration.ofHours(1));
    private static final Spender ADA = new Spender(Scope.KEY, "ada");

    private final SpendRules rules = new SpendRules(Names.IDS);

    private static BigDecimal dollars(String dollars) {
        return new BigDecimal(dollars).movePointRight(12);
    }

    /** What was spent in the same hour of so many weeks before, the last one first. */
    private static History weeks(String... spent) {
        Map<Long, BigDecimal> hours = new HashMap<>();
        for (int i = 0; i < spent.length; i++) {
            hours.put(HOUR - (i + 1) * SpendRules.WEEK, dollars(spent[i]));
        }
        return new History(HOUR - spent.length * SpendRules.WEEK, hours);
    }

    private boolean told(String spent, History history) {
        return !rules.due(RULE, ADA, HOUR, dollars(spent), history).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10, false", "20, false", "20.01, true", "300, true"})
    void shouldTellOfAnHourFarAboveTheSameHourOfOtherWeeks(String spent, boolean told) {
        assertThat(told(spent, weeks("10", "10", "10", "10"))).isEqualTo(told);
    }

    @Test
    void shouldNotBeMovedByOneWildWeek() {
        assertThat(told("40", weeks("10", "900", "10", "11", "10"))).isTrue();
    }

    @Test
    void shouldAllowMoreWhereWeeksDiffer() {
        assertThat(told("60", weeks("5", "40", "20", "35", "10"))).isFalse();
    }

    @Test
    void shouldSayNothingWithoutEnoughHistory() {
        assertThat(told("500", weeks("10", "10"))).isFalse();
        assertThat(told("500", weeks("10", "10", "10"))).isTrue();
    }

    @Test
    void shouldSayNothingOfSmallMoney() {
        assertThat(told("4.99", weeks("0.01", "0.01", "0.01"))).isFalse();
    }

    @Test
    void shouldTakeAnHourWithoutSpendForNothingSpent() {
        assertThat(told("6", new History(HOUR - 6 * SpendRules.WEEK, Map.of()))).isTrue();
    }

    @Test
    void shouldLookAtTheSameHourByTheClockOfItsZone() {
        assertThat(SpendRules.sameHours(HOUR, ZoneId.of("Europe/Berlin")).subList(2, 5))
                .extracting(Instant::ofEpochMilli)
                .extracting(Instant::toString)
                .containsExactly("2026-10-27T10:00:00Z", "2026-10-20T09:00:00Z", "2026-10-13T09:00:00Z");
    }

    @Test
    void shouldLookAtHoursOfTheLedgerWhereAZonesHoursAreOthers() {
        assertThat(SpendRules.sameHours(HOUR, ZoneId.of("Australia/Lord_Howe")))
                .allMatch(each -> each % SpendRules.HOUR == 0);
    }

    @Test
    void shouldSayWhatIsUsual() {
        List<Finding> due = rules.due(
                RULE, new Spender(Scope.GLOBAL, Scope.ALL), HOUR, dollars("90"), weeks("10", "12", "11", "10"));

        assertThat(due.getFirst().subject()).isEqualTo("global");
        assertThat(due.getFirst().text())
                .isEqualTo("all of this gateway spent $90 in the hour from 2026-11-17T10:00:00Z; usual for that hour of"
                        + " the week is $10.5, by 4 weeks.");
    }

    @ParameterizedTest
    @CsvSource({"4.999999999999, false", "5, true"})
    void shouldTellOfWhatIsSmallNoMore(String spent, boolean told) {
        assertThat(told(spent, weeks("0.01", "0.01", "0.01"))).isEqualTo(told);
    }

    /** The median distance from ten is three, of which 1.4826 is the spread. */
    @ParameterizedTest
    @CsvSource({"27.79, false", "27.8, true"})
    void shouldScaleTheSpreadToAStandardDeviation(String spent, boolean told) {
        assertThat(told(spent, weeks("10", "14", "6", "13", "7"))).isEqualTo(told);
    }

    @Test
    void shouldLookAtNoMoreThanEightWeeksOfALongHistory() {
        Map<Long, BigDecimal> hours = new HashMap<>();
        for (int week = 1; week <= 60; week++) {
            hours.put(HOUR - week * SpendRules.WEEK, dollars(week <= 8 ? "10" : "900"));
        }

        List<Finding> due = rules.due(RULE, ADA, HOUR, dollars("21"), new History(HOUR - 60 * SpendRules.WEEK, hours));

        assertThat(due)
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).endsWith("is $10, by 8 weeks."));
    }
}
