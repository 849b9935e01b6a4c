package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @Test
    void shouldKeepATrillionth() {
        Money money = Money.ofDollars("0.000000000001");

        assertThat(money).isEqualTo(new Money(1));
        assertThat(money.dollars().toPlainString()).isEqualTo("0.000000000001");
    }

    @Test
    void shouldRefuseWhatIsFiner() {
        assertThatThrownBy(() -> Money.ofDollars("0.0000000000001")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldRefuseASumThatCanNotBeHeld() {
        Money most = new Money(Long.MAX_VALUE);

        assertThatThrownBy(() -> most.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldRoundUpWhatIsCountedAgainstBudgets() {
        assertThat(new Money(1_001).nanosUp()).isEqualTo(2);
        assertThat(new Money(2_000).nanosUp()).isEqualTo(2);
    }

    @Test
    void shouldTakeTheNearest() {
        assertThat(Money.nearest(new BigDecimal("0.0000000000015"))).isEqualTo(new Money(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "10000000"})
    @Timeout(5)
    void shouldRefuseAtOnceWhatNobodyCouldWriteOut(String dollars) {
        assertThatThrownBy(() -> Money.ofDollars(dollars)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-999999999, 0",
        "4.9e-13, 0",
        "5e-13, 1",
        "0e999999999, 0",
        "9223372.036854775807, 9223372036854775807"
    })
    @Timeout(5)
    void shouldTakeTheNearestOfAnySize(BigDecimal dollars, long picos) {
        assertThat(Money.nearest(dollars)).isEqualTo(new Money(picos));
    }

    @Test
    void shouldPrintAsPeopleWriteIt() {
        assertThat(Money.ofDollars("1250")).hasToString("$1250");
        assertThat(Money.ofDollars("-0.5")).hasToString("-$0.5");
    }
}
