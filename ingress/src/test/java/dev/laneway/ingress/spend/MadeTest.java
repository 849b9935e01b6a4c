package dev.laneway.ingress.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.ledger.LoggedAttempt;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MadeTest {
    /** By id, as text sorts them. */
    private static final List<LoggedAttempt> ALL = List.of(
            attempt("req_1:0:0", "overloaded"),
            attempt("req_1:0:1", "timeout"),
            attempt("req_1:10:0", null),
            attempt("req_1:2:0", "rate_limited"),
            attempt("req_1:2:0", "rate_limited"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"0, first, -", "1, retry, overloaded", "3, fallback, timeout", "2, fallback, rate_limited"})
    void shouldSayWhyAnAttemptWasMade(int which, String why, String after) {
        assertThat(Made.of(ALL.get(which), ALL)).isEqualTo(new Made(why, after));
    }

    @Test
    void shouldSayThatAnEarlierHopWasPassedOver() {
        LoggedAttempt only = attempt("req_1:1:0", null);

        assertThat(Made.of(only, List.of(only))).isEqualTo(new Made("fallback", null));
    }

    @Test
    void shouldSayNothingOfAnIdThatSaysNothing() {
        LoggedAttempt strange = attempt("strange", null);

        assertThat(Made.of(strange, ALL)).isEqualTo(new Made(null, null));
    }

    private static LoggedAttempt attempt(String id, String failure) {
        return new LoggedAttempt(
                id,
                "actual",
                true,
                "d_1",
                "gpt",
                "openai",
                "openai-1",
                "gpt-4o",
                "cloud",
                "eu",
                failure == null ? "succeeded" : "failed",
                failure,
                0,
                null,
                Money.ZERO,
                Map.of(),
                null,
                false,
                false,
                0,
                0,
                0);
    }
}
