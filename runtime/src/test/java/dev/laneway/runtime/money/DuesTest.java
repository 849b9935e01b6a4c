package dev.laneway.runtime.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuesTest {
    @Test
    void shouldReckonWithEveryToken() {
        long due = new Dues(7, 3, 100, false).least();

        assertThat(due).isEqualTo(307);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 9223372036854775807",
        "9223372036854775807, 1, 1",
        "9223372036854775807, 0, 0",
        "5, 9223372036854775807, 2",
        "0, 10, 922337203685477581"
    })
    void shouldBeTheLargestAmountWhereItIsMoreThanCanBeHeld(long fixed, long perToken, long tokens) {
        long due = new Dues(fixed, perToken, tokens, false).with(tokens);

        assertThat(Money.ofNanos(due)).isEqualTo(Money.ofNanos(Long.MAX_VALUE / 1_000));
    }

    @ParameterizedTest
    @CsvSource({"100, 3, 300", "100, 0, 100", "0, 5, 0"})
    void shouldCountEachChoice(long each, long choices, long all) {
        long tokens = Dues.tokens(each, choices);

        assertThat(tokens).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, 1", "5000000000000000000, 2", "4611686018427387904, 4"})
    void shouldCountMoreTokensThanAnyAnswerHasAsTheMost(long each, long choices) {
        long tokens = Dues.tokens(each, choices);

        assertThat(tokens).isBetween(1_000_000_000_000L, 1L << 53);
    }
}
