package dev.laneway.testkit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laneway.testkit.answers.Mix;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelayTest {
    @Test
    void shouldDrawUniformWaitsWithinTheirBounds() {
        Delay delay = new Delay.Uniform(100, 300);

        long[] waits = draws(delay);

        assertThat(LongStream.of(waits).min()).hasValue(100);
        assertThat(LongStream.of(waits).max()).hasValue(300);
        assertThat(LongStream.of(waits).average().orElseThrow()).isCloseTo(200, within(3.0));
    }

    @Test
    void shouldDrawLogNormalWaitsAroundTheirMedian() {
        Delay delay = new Delay.LogNormal(200, 0.5);

        long[] waits = draws(delay);

        assertThat(waits[waits.length / 2]).isBetween(192L, 208L);
        assertThat(waits[(int) (waits.length * 0.8413)])
                .as("one sigma above: 200 * e^0.5")
                .isBetween(318L, 342L);
    }

    @Test
    void shouldNotWaitForEver() {
        assertThat(new Delay.LogNormal(600_000, 9).millis(3)).isLessThanOrEqualTo(Delay.LONGEST_MILLIS);
    }

    private static long[] draws(Delay delay) {
        return LongStream.range(0, 20_000)
                .map(i -> delay.millis(Mix.of(42, i)))
                .sorted()
                .toArray();
    }
}
