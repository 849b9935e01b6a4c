package dev.laneway.runtime.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.Holder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
    private static final long NOON = Instant.parse("2026-10-25T12:00:00Z").toEpochMilli();

    private final Windows windows = new Windows();

    private static Budget budget(String period, String zone) {
        return new Budget("b", Money.ofDollars("5"), BudgetPeriod.of(period), zone, List.of());
    }

    private static Holder ada(Budget... budgets) {
        return new Holder(Scope.KEY, "ada", Terms.budgeted(budgets));
    }

    /** Requests are planned again long after they came, and in any order. */
    @ParameterizedTest
    @ValueSource(strings = {"1h", "6h", "1d", "1w", "total"})
    void shouldTellTheWindowOfAnyMomentWhateverWasAskedBefore(String period) {
        List<Holder> holders = List.of(ada(budget(period, "Europe/Berlin")));
        Window first = Window.of(holders, NOON).getFirst();
        List<Long> moments =
                List.of(NOON, first.start(), first.start() - 1, NOON, first.end() - 1, first.end(), first.start());

        for (long moment : moments) {
            assertThat(windows.of(holders, moment)).isEqualTo(Window.of(holders, moment));
        }
    }

    @Test
    void shouldGoByALimitThatWasChanged() {
        Budget before = budget("1d", null);
        windows.of(List.of(ada(before)), NOON);
        Budget raised = new Budget("b", Money.ofDollars("6"), before.period(), null, List.of());

        List<Window> now = windows.of(List.of(ada(raised)), NOON);

        assertThat(now).extracting(Window::limit).containsExactly(6_000_000_000L);
    }

    @Test
    void shouldTellHoldersOfOneNameApart() {
        Holder team = new Holder(Scope.TEAM, "ada", Terms.budgeted(budget("1d", null)));

        List<Window> both = windows.of(List.of(ada(budget("1d", null)), team), NOON);

        assertThat(both).extracting(Window::scope).containsExactly(Scope.KEY, Scope.TEAM);
    }

    @Test
    void shouldTellHoldersOfTheSameBudgetApart() {
        Holder bob = new Holder(Scope.KEY, "bob", Terms.budgeted(budget("1d", null)));

        List<Window> both = windows.of(List.of(ada(budget("1d", null)), bob), NOON);

        assertThat(both).extracting(Window::holder).containsExactly("ada", "bob");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Europe/Berlin, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
                "America/New_York, 2026-10-25T04:00:00Z, 2026-10-26T04:00:00Z",
                "-, 2026-10-25T00:00:00Z, 2026-10-26T00:00:00Z"
            })
    void shouldBeginAtMidnightByTheClocksOfItsZone(@Nullable String zone, Instant start, Instant end) {
        Window day = windows.of(List.of(ada(budget("1d", zone))), NOON).getFirst();

        assertThat(Instant.ofEpochMilli(day.start())).isEqualTo(start);
        assertThat(Instant.ofEpochMilli(day.end())).isEqualTo(end);
    }
}
