package dev.laneway.accounting.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT20S", "3, PT1M20S", "6, PT1H25M20S", "7, PT2H", "60, PT2H"})
    void shouldTryLessAndLessOften(int attempt, Duration after) {
        assertThat(Backoff.after(attempt, Duration.ZERO, 0)).isEqualTo(after);
    }

    @Test
    void shouldWaitAsLongAsItIsAskedToWithinBounds() {
        assertThat(Backoff.after(1, Duration.ofMinutes(3), 0)).isEqualTo(Duration.ofMinutes(3));
        assertThat(Backoff.after(1, Duration.ofDays(30), 0)).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void shouldSpreadWhatFailedTogether() {
        assertThat(Backoff.after(1, Duration.ZERO, 1)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void shouldGiveUpAfterADay() {
        assertThat(Backoff.isOver(Duration.ofHours(23))).isFalse();
        assertThat(Backoff.isOver(Duration.ofHours(24))).isTrue();
    }
}
