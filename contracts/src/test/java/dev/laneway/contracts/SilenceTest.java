package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, spend, key/a, true",
                "spend, -, spend, key/a, true",
                "budget, -, spend, key/a, false",
                "-, key/a, spend, key/a, true",
                "-, key/a, spend, key/ab, false",
                "-, team/red, budget, team/red/monthly, true",
                "-, team/re*, budget, team/red/monthly, true",
                "-, team/blue*, budget, team/red/monthly, false",
                "-, *, budget, team/red/monthly, true",
                "budget, key/a, spend, key/a, false"
            })
    void shouldBeAboutWhatItNames(
            @Nullable String kind, @Nullable String subject, String alert, String about, boolean silent) {
        Control.Silence silence = silence(kind, subject, false);

        assertThat(silence.holds(alert, about, 100)).isEqualTo(silent);
    }

    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "199, true", "200, false"})
    void shouldHoldFromItsBeginningToItsEnd(long now, boolean silent) {
        assertThat(silence(null, null, false).holds("spend", "all", now)).isEqualTo(silent);
    }

    @Test
    void shouldHoldNoMoreOnceItWasEnded() {
        assertThat(silence(null, null, true).holds("spend", "all", 150)).isFalse();
    }

    private static Control.Silence silence(@Nullable String kind, @Nullable String subject, boolean ended) {
        return new Control.Silence(1, "silence_1", kind, subject, 100, 200, null, "master", ended, null, 1);
    }
}
