package dev.laneway.chaos.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {
    private static List<Double> upTo(int most) {
        return IntStream.rangeClosed(1, most).mapToObj(i -> (double) i).toList();
    }

    @Test
    void shouldTakeTheNearestRank() {
        assertThat(Samples.percentile(upTo(200), 99)).isEqualTo(198);
    }

    @Test
    void shouldHoldTheLastThirdBesideTheFirst() {
        assertThat(Samples.thirds(upTo(9))).containsExactly(2, 8);
    }

    @Test
    void shouldSayNothingOfNothing() {
        assertThat(Samples.percentile(List.of(), 50)).isNaN();
    }
}
