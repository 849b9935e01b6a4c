package dev.laneway.testkit.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.Point;
import dev.laneway.testkit.faults.RetryAfter;
import dev.laneway.testkit.grammar.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
    @Test
    void shouldTakeAnyNameForAModel() {
        ModelName model = read("org/gpt-4o-mini:latest");

        assertThat(model.base()).isEqualTo("org/gpt-4o-mini:latest");
        assertThat(model.behaviour()).isEqualTo(Behaviour.PLAIN);
        assertThat(model.fault()).isEmpty();
    }

    @Test
    void shouldReadOptions() {
        ModelName model = read("sim~ttft=lognormal:200:0.5~gap=20~chunks=64~tools=2~reasoning=9~context=50~cachemin=0");

        assertThat(model.base()).isEqualTo("sim");
        assertThat(model.behaviour()).isEqualTo(new Behaviour(new Delay.LogNormal(200, 0.5), 20, 64, 64, 2, 9, 50, 0));
    }

    @Test
    void shouldLetTokensAndChunksDiffer() {
        assertThat(read("sim~chunks=4~tokens=100").behaviour().tokens()).isEqualTo(100);
        assertThat(read("sim~tokens=100").behaviour().chunks()).isZero();
    }

    @Test
    void shouldReadAFaultWithItsOptions() {
        ModelName model = read("sim-fault-stall~gap=20~at=5~for=1s");

        assertThat(model.base()).isEqualTo("sim");
        assertThat(model.behaviour().gapMillis()).isEqualTo(20);
        assertThat(model.fault()).contains(new Fault.Stall(Point.MID_STREAM, 5, 1000));
    }

    @Test
    void shouldReadAStatusAsAFault() {
        assertThat(read("gpt-4o-fault-429~retry-after=none").fault())
                .contains(new Fault.Status(429, new RetryAfter.None()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim~gapp=1", "sim~gap=fast", "sim~ttft=uniform:2:1", "sim-fault-nosuch", "sim~at=3"})
    void shouldRefuseWhatItCannotRead(String name) {
        assertThat(ModelName.parse(name, Behaviour.PLAIN)).isInstanceOf(Parsed.Bad.class);
    }

    private static ModelName read(String name) {
        return ModelName.parse(name, Behaviour.PLAIN).orThrow();
    }
}
