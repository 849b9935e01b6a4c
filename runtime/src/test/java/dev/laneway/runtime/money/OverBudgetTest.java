package dev.laneway.runtime.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients are told whose budget has no room. */
class OverBudgetTest {
    private static final long NOW = 1_760_000_000_000L;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GLOBAL | all | The budget of this gateway has",
                "KEY | key_1 | The budget 'budget' of this API key has",
                "TEAM | red | The budget 'budget' of team 'red' has",
                "MEMBER | red/ada | The budget 'budget' of user 'ada' in team 'red' has",
            })
    void shouldSayWhoseBudgetItIs(Scope scope, String holder, String begin) {
        Budget budget = Budget.of(Money.ofDollars("4"), BudgetPeriod.of("1d"));
        Window window =
                Window.parse(Window.of(scope, holder, budget, NOW).text()).orElseThrow();

        assertThat(OverBudget.failure(window, 0, 1, NOW, List.of()).message()).startsWith(begin);
    }

    private static Window until(long end) {
        return new Window(Scope.KEY, "key_1", "budget", 0, end, 4_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"60000, 60000", "1001, 1001", "1000, 1000", "999, 1000", "0, 1000", "-5000, 1000"})
    void shouldSayToComeAgainWhenItBeginsAnewAndNotSoonerThanInASecond(long in, long retryAfter) {
        Failure failure = OverBudget.failure(until(NOW + in), 0, 1, NOW, List.of());

        assertThat(failure.retryAfterMillis()).isEqualTo(retryAfter);
    }

    @Test
    void shouldSayToComeAgainInADayWhereItNeverBeginsAnew() {
        Failure failure = OverBudget.failure(until(Long.MAX_VALUE), 0, 1, NOW, List.of());

        assertThat(failure.retryAfterMillis()).isEqualTo(86_400_000);
        assertThat(failure.message()).endsWith("It does not begin anew by itself.");
    }

    @Test
    void shouldSayThatNothingIsLeftOfWhatIsOverdrawn() {
        Failure failure = OverBudget.failure(until(NOW + 1), -7, 1, NOW, List.of());

        assertThat(failure.message()).contains(" has $0 left of $4,");
    }
}
