package dev.laneway.ingress.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever gives a key terms within a team's gives no more than the team has. */
class WithinTest {
    private static final Map<String, LongFunction<RateLimits>> LIMITS = Map.of(
            "rpm_limit", most -> new RateLimits(most, 0, 0, 0, 0, 0),
            "tpm_limit", most -> new RateLimits(0, most, 0, 0, 0, 0),
            "rph_limit", most -> new RateLimits(0, 0, most, 0, 0, 0),
            "tph_limit", most -> new RateLimits(0, 0, 0, most, 0, 0),
            "max_parallel_requests", most -> new RateLimits(0, 0, 0, 0, (int) most, 0),
            "max_tokens_per_request", most -> new RateLimits(0, 0, 0, 0, 0, most));

    private static Terms of(
            @Nullable List<String> models,
            @Nullable List<String> lanes,
            @Nullable List<String> tools,
            @Nullable Money cost) {
        return new Terms(models, lanes, tools, List.of(), null, null, List.of(), cost, null);
    }

    private static Terms budgeted(String dollars, String period) {
        return Terms.budgeted(Budget.of(Money.ofDollars(dollars), BudgetPeriod.of(period)));
    }

    @ParameterizedTest
    @CsvSource({"rpm_limit", "tpm_limit", "rph_limit", "tph_limit", "max_parallel_requests", "max_tokens_per_request"})
    void shouldNameTheLimitThatIsMore(String limit) {
        LongFunction<RateLimits> of = LIMITS.get(limit);
        Terms five = Terms.limited(of.apply(5));

        assertThat(Within.exceeds(Terms.limited(of.apply(6)), five)).isEqualTo(limit);
        assertThat(Within.exceeds(five, five)).isNull();
        assertThat(Within.exceeds(Terms.limited(of.apply(6)), Terms.NONE)).isNull();
        assertThat(Within.exceeds(Terms.NONE, five)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"smart, -", "claude, -", "gpt-5, -", "secure, models", "gpt*, models", "*, models"})
    void shouldNameModelsThatAreNotAmongThose(String model, @Nullable String more) {
        Terms outer = of(List.of("smart", "claude", "gpt-*"), null, null, null);

        assertThat(Within.exceeds(of(List.of("smart", model), null, null, null), outer))
                .isEqualTo(more);
        assertThat(Within.exceeds(of(null, null, null, null), outer)).isNull();
        assertThat(Within.exceeds(of(List.of(model), null, null, null), Terms.NONE))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"a, -", "b, -", "c, lanes"})
    void shouldNameLanesThatAreNotAmongThose(String lane, @Nullable String more) {
        Terms outer = of(null, List.of("a", "b"), null, null);

        assertThat(Within.exceeds(of(null, List.of("a", lane), null, null), outer))
                .isEqualTo(more);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"a, -", "b, -", "c, tools"})
    void shouldNameToolsThatAreNotAmongThose(String tool, @Nullable String more) {
        Terms outer = of(null, null, List.of("a", "b"), null);

        assertThat(Within.exceeds(of(null, null, List.of("a", tool), null), outer))
                .isEqualTo(more);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"10, 1d, -", "10.01, 1d, max_budget", "11, 1w, -", "9, 1w, -"})
    void shouldHoldABudgetToTheOneOfTheSamePeriod(String dollars, String period, @Nullable String more) {
        assertThat(Within.exceeds(budgeted(dollars, period), budgeted("10", "1d")))
                .isEqualTo(more);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"0.5, -", "0.4, -", "0.51, max_cost_per_request"})
    void shouldNameTheCostOfARequestThatIsMore(String dollars, @Nullable String more) {
        Terms outer = of(null, null, null, Money.ofDollars("0.5"));

        assertThat(Within.exceeds(of(null, null, null, Money.ofDollars(dollars)), outer))
                .isEqualTo(more);
    }
}
