package dev.laneway.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-02T08:09:10.500Z"), ZoneOffset.UTC);

    @Test
    void shouldWriteSeconds() {
        assertThat(new RetryAfter.Seconds(3).header(clock)).contains("3");
    }

    @Test
    void shouldWriteAnHttpDateThatIsNotTooEarly() {
        assertThat(new RetryAfter.Date(3).header(clock)).contains("Mon, 02 Nov 2026 08:09:14 GMT");
    }

    @Test
    void shouldWriteNothing() {
        assertThat(new RetryAfter.None().header(clock)).isEmpty();
    }
}
