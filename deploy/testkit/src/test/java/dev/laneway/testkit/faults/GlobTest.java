package dev.laneway.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "gpt-*, gpt-5, true",
        "gpt-*, gp, false",
        "*:0:*, req:0:1, true",
        "*:0:*, req:1:0, false",
        "a*b*c, axxbyybzc, true",
        "a*b*c, axxbyy, false",
        "gpt.5, gptx5, false",
        "sim, sim, true",
        "sim, simx, false",
    })
    void shouldMatchTheWholeText(String pattern, String text, boolean fits) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(fits);
    }
}
