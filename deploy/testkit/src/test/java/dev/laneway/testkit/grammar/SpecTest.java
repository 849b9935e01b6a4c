package dev.laneway.testkit.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecTest {
    @Test
    void shouldSplitAtTildes() {
        assertThat(Spec.parse("openai/sim~ttft=uniform:1:2~gap=20").orThrow())
                .isEqualTo(new Spec("openai/sim", Map.of("ttft", "uniform:1:2", "gap", "20")));
    }

    @Test
    void shouldRefuseAnOptionWithoutValue() {
        assertThat(Spec.parse("sim~gap")).isEqualTo(Parsed.bad("option 'gap' is not NAME=VALUE"));
    }

    @Test
    void shouldRefuseAnOptionGivenTwice() {
        assertThat(Spec.parse("sim~gap=1~gap=2")).isEqualTo(Parsed.bad("option 'gap' is given twice"));
    }

    @Test
    void shouldReadTimesInMillisecondsAndSeconds() {
        Spec spec = Spec.parse("sim~a=200~b=200ms~c=2s").orThrow();

        assertThat(spec.millis("a", 0).orThrow()).isEqualTo(200);
        assertThat(spec.millis("b", 0).orThrow()).isEqualTo(200);
        assertThat(spec.millis("c", 0).orThrow()).isEqualTo(2000);
        assertThat(spec.millis("d", 7).orThrow()).isEqualTo(7);
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        Spec spec = Spec.parse("sim~a=-1~b=1x~c=~d=99999999999").orThrow();

        for (String name : spec.options().keySet()) {
            assertThat(spec.count(name, 0)).as(name).isInstanceOf(Parsed.Bad.class);
        }
    }
}
