package dev.laneway.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultNamesTest {
    static java.util.Set<String> names() {
        return FaultNames.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadBackWhatItWrites(String name) {
        Fault fault = FaultNames.parse(Spec.of(name)).orThrow();

        assertThat(FaultNames.spec(fault).head()).isEqualTo(name);
        assertThat(FaultNames.parse(
                                Spec.parse(FaultNames.spec(fault).toString()).orThrow())
                        .orThrow())
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 408, 413, 429, 500, 503, 529})
    void shouldTakeStatusesAsNames(int status) {
        Fault fault = FaultNames.parse(Spec.of(Integer.toString(status))).orThrow();

        assertThat(fault)
                .isInstanceOfSatisfying(
                        Fault.Status.class, read -> assertThat(read.code()).isEqualTo(status));
    }

    @Test
    void shouldSendRetryAfterWith429UnlessToldNot() {
        assertThat(fault("429")).isEqualTo(new Fault.Status(429, new RetryAfter.Seconds(1)));
        assertThat(fault("429~retry-after=none")).isEqualTo(new Fault.Status(429, new RetryAfter.None()));
        assertThat(fault("503~retry-after=date:5")).isEqualTo(new Fault.Status(503, new RetryAfter.Date(5)));
    }

    @Test
    void shouldReadTheOptionsOfAStall() {
        assertThat(fault("stall~at=3~for=500ms")).isEqualTo(new Fault.Stall(Point.MID_STREAM, 3, 500));
        assertThat(fault("stall-before-headers~for=1s")).isEqualTo(new Fault.Stall(Point.BEFORE_HEADERS, 2, 1000));
    }

    @Test
    void shouldRefuseAnUnknownName() {
        assertThat(FaultNames.parse(Spec.of("stal")))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class,
                        bad -> assertThat(bad.reason()).contains("'stal'").contains("stall"));
    }

    @Test
    void shouldRefuseAnOptionOfAnotherFault() {
        assertThat(FaultNames.parse(Spec.parse("cut~for=3").orThrow())).isInstanceOf(Parsed.Bad.class);
        assertThat(FaultNames.parse(Spec.parse("429~at=3").orThrow())).isInstanceOf(Parsed.Bad.class);
    }

    private static Fault fault(String text) {
        return Spec.parse(text).then(FaultNames::parse).orThrow();
    }
}
