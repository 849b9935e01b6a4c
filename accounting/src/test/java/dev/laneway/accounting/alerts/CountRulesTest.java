package dev.laneway.accounting.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.runtime.config.alerts.AlertKind;
import dev.laneway.runtime.meters.Meters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CountRulesTest {
    private static final long NOW = 1_795_000_000_000L;
    private static final Duration HOUR = Duration.ofHours(1);

    private final CountRules rules = new CountRules(Names.IDS);
    private final Sums sums = new Sums();

    @Test
    void shouldTellOfADeploymentThatIsLeftOften() {
        sums.add(Measure.FALLBACKS, "d_1", 19).add(Measure.FALLBACKS, "d_2", 20);

        List<Finding> due = rules.due(Rule.of(AlertKind.FALLBACKS, 20, HOUR), sums, NOW);

        assertThat(due).extracting(Finding::subject).containsExactly("deployment/d_2");
        assertThat(due.getFirst().text())
                .isEqualTo("20 requests left deployment d_2 for their next hop within 1 hour.");
        assertThat(due.getFirst().details().getLong("count")).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"100, 20, true", "100, 19, false", "19, 19, false", "20, 4, true", "21, 4, false"})
    void shouldTellOfAProviderWhoseCallsFail(long calls, long errors, boolean told) {
        sums.add(Measure.PROVIDER_CALLS, "openai", calls).add(Measure.PROVIDER_ERRORS, "openai", errors);

        List<Finding> due = rules.due(Rule.of(AlertKind.PROVIDER_ERRORS, 20, Duration.ofMinutes(5), 20), sums, NOW);

        assertThat(due).hasSize(told ? 1 : 0);
    }

    @Test
    void shouldTellOfAKeyThatMetThreeKindsOfRefusals() {
        sums.add(Measure.FORBIDDEN_MODEL, "ada", 1)
                .add(Measure.STRANGE_ADDRESS, "ada", 2)
                .add(Measure.RATE_LIMIT, "ada", 40)
                .add(Measure.RATE_LIMIT, "bob", 4_000)
                .add(Measure.FORBIDDEN_MODEL, "bob", 70);

        List<Finding> due = rules.due(Rule.of(AlertKind.VIOLATIONS, 3, Duration.ofMinutes(10)), sums, NOW);

        assertThat(due).extracting(Finding::subject).containsExactly("key/ada");
        assertThat(due.getFirst().text())
                .isEqualTo("Refusals of 3 kinds to key ada within 10 minutes: forbidden model 1 times,"
                        + " strange address 2 times, rate limit 40 times.");
    }

    @Test
    void shouldTellOfRefusalsByABudget() {
        sums.add(Measure.BUDGET_REFUSALS, "ada", 1);

        assertThat(rules.due(Rule.of(AlertKind.BUDGET_REFUSALS, 1, HOUR), sums, NOW))
                .extracting(Finding::subject)
                .containsExactly("key/ada");
    }

    @Test
    void shouldTellOnceOfAllThatPassedUncounted() {
        sums.add(Measure.UNCOUNTED, "ada", 3).add(Measure.UNCOUNTED, "bob", 4);

        List<Finding> due = rules.due(Rule.of(AlertKind.REDIS_OPEN, 5, HOUR), sums, NOW);

        assertThat(due).extracting(Finding::subject).containsExactly("redis");
    }

    @Test
    void shouldTellOfRedisByWhatARouterNoticed() {
        try (Meters meters = Meters.create()) {
            Tallies tallies = new Tallies(() -> NOW, () -> 10_000, meters);
            tallies.take(new Fact.Noticed(
                    "notice_gw-1_router-worker-cloud_1", "ada", NoticeKind.UNCOUNTED, 2, NOW - 900, NOW));
            tallies.drain().forEach((tally, n) -> sums.add(tally.measure(), tally.subject(), n));

            List<Finding> due = rules.due(Rule.of(AlertKind.REDIS_OPEN, 1, Duration.ofMinutes(5)), sums, NOW);

            assertThat(due).extracting(Finding::subject).containsExactly("redis");
            assertThat(due.getFirst().text())
                    .startsWith("Requests passed 2 times without a limit or budget being counted within 5 minutes");
        }
    }

    @Test
    void shouldTellOfSlowCalls() {
        sums.add(Measure.SLOW_CALLS, "d_1", 2);

        List<Finding> due = rules.due(Rule.of(AlertKind.SLOW_CALLS, 300, HOUR, 2), sums, NOW);

        assertThat(due.getFirst().text())
                .isEqualTo("2 calls of deployment d_1 lasted longer than 300 s within 1 hour.");
    }

    @ParameterizedTest
    @CsvSource({"59999, 0", "60000, 1"})
    void shouldTellOfALedgerThatIsBehind(long lag, int told) {
        assertThat(rules.lag(Rule.of(AlertKind.LEDGER_LAG, 60, HOUR), lag, NOW)).hasSize(told);
    }

    @Test
    void shouldBeOneAlertWithinItsRepeat() {
        sums.add(Measure.FALLBACKS, "d_1", 50);
        var rule = Rule.of(AlertKind.FALLBACKS, 20, Duration.ofMinutes(10));
        long begin = NOW / HOUR.toMillis() * HOUR.toMillis();

        assertThat(rules.due(rule, sums, begin).getFirst().windowFrom())
                .isEqualTo(rules.due(rule, sums, begin + HOUR.toMillis() - 1)
                        .getFirst()
                        .windowFrom())
                .isNotEqualTo(rules.due(rule, sums, begin + HOUR.toMillis())
                        .getFirst()
                        .windowFrom());
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "5, 1"})
    void shouldTellOfWhatPassedUncountedFromItsThresholdOn(long n, int told) {
        sums.add(Measure.UNCOUNTED, "ada", n);

        assertThat(rules.due(Rule.of(AlertKind.REDIS_OPEN, 5, HOUR), sums, NOW)).hasSize(told);
    }

    @ParameterizedTest
    @CsvSource({
        "PT90S, 90 seconds",
        "PT1M, 1 minute",
        "PT10M, 10 minutes",
        "PT1H, 1 hour",
        "PT2H, 2 hours",
        "PT90M, 90 minutes"
    })
    void shouldSayWithinWhichTime(Duration window, String words) {
        sums.add(Measure.FALLBACKS, "d_1", 3);

        List<Finding> due = rules.due(Rule.of(AlertKind.FALLBACKS, 3, window), sums, NOW);

        assertThat(due.getFirst().text())
                .isEqualTo("3 requests left deployment d_1 for their next hop within " + words + ".");
    }

    @Test
    void shouldSayNothingOfWhatNothingIsCountedOf() {
        sums.add(Measure.SLOW_CALLS, "d_1", 3);

        assertThat(rules.due(Rule.of(AlertKind.FALLBACKS, 0, HOUR), sums, NOW)).isEmpty();
    }

    /** What it goes by is what it asks for, or it would find nothing. */
    @ParameterizedTest
    @EnumSource(
            names = {"BUDGET", "SPEND", "LEDGER_LAG"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldAskForWhatItGoesBy(AlertKind kind) {
        for (Measure measure : CountRules.measures(kind)) {
            sums.add(measure, "x", 1_000);
        }

        assertThat(rules.due(Rule.of(kind, 1, HOUR), sums, NOW)).hasSize(1);
    }
}
