package dev.laneway.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultSamplesTest {
    @Test
    void shouldBeFaults() {
        assertThat(FaultSamples.all())
                .allSatisfy(sample -> assertThat(Spec.parse(sample).then(FaultNames::parse))
                        .as(sample)
                        .isInstanceOf(Parsed.Good.class))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveNoFaultOut() {
        Set<String> tried = FaultSamples.all().stream()
                .map(sample -> sample.split("~", 2)[0])
                .collect(Collectors.toSet());

        assertThat(tried).containsAll(FaultNames.names());
    }
}
