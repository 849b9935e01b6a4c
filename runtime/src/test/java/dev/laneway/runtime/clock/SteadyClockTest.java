package dev.laneway.runtime.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
    private static final long START = 1_760_000_000_000L;
    private static final long HOUR = 3_600_000;

    private long wallMillis = START;
    private long nanos = Long.MAX_VALUE - 5_000_000_000L; // it may overflow under us
    private final SteadyClock clock = new SteadyClock(() -> wallMillis, () -> nanos);

    private void pass(Duration time) {
        wallMillis += time.toMillis();
        nanos += time.toNanos();
    }

    /** Lets time pass, the clock being asked a thousand times meanwhile. */
    private void passAsked(Duration time) {
        Duration step = time.dividedBy(1_000);
        for (int i = 0; i < 1_000; i++) {
            pass(step);
            clock.getAsLong();
        }
    }

    @Test
    void shouldSayWhatTheWallClockSaysWhileThatIsSteady() {
        passAsked(Duration.ofMinutes(20));

        assertThat(clock.getAsLong()).isEqualTo(wallMillis);
    }

    @ParameterizedTest
    @ValueSource(longs = {HOUR, -HOUR})
    void shouldNotFollowAJump(long jump) {
        passAsked(Duration.ofSeconds(10));
        wallMillis += jump;
        long before = clock.getAsLong();

        passAsked(Duration.ofSeconds(600));

        assertThat(clock.getAsLong() - before).isCloseTo(600_000L, offset(6_000L));
        assertThat(clock.deviationMillis()).isCloseTo(jump, offset(6_100L));
    }

    @ParameterizedTest
    @ValueSource(longs = {800, -800})
    void shouldFollowACorrection(long correction) {
        wallMillis += correction;

        passAsked(Duration.ofMinutes(3));

        assertThat(clock.getAsLong()).isCloseTo(wallMillis, offset(11L));
    }

    @Test
    void shouldCountAStopOfTheProcessAsTime() {
        wallMillis += 8;
        pass(Duration.ofSeconds(2));
        clock.getAsLong();

        pass(Duration.ofDays(40));

        assertThat(clock.getAsLong()).isEqualTo(wallMillis);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldNeverGoBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long before = clock.getAsLong();
        for (int i = 0; i < 20_000; i++) {
            nanos += random.nextLong(3_000_000_000L);
            wallMillis += random.nextLong(-HOUR, HOUR);
            long now = clock.getAsLong();
            assertThat(now).as("seed %d, step %d", seed, i).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }
}
