package dev.laneway.runtime.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import java.util.List;
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
}
