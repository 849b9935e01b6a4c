package dev.laneway.testkit.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MixTest {
    @Test
    void shouldMakeIdsThatDifferInEveryPart() {
        assertThat(LongStream.range(0, 1000)
                        .mapToObj(i -> Mix.letters(Mix.of(1, i), 29).substring(20))
                        .collect(Collectors.toSet()))
                .hasSize(1000);
    }

    @Test
    void shouldDependOnTheOrderOfItsParts() {
        assertThat(Mix.of(1, 2)).isNotEqualTo(Mix.of(2, 1));
    }
}
