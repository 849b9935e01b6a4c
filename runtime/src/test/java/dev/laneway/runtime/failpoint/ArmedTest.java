package dev.laneway.runtime.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArmedTest {
    private final AtomicInteger halts = new AtomicInteger();

    @Test
    void shouldHaltAtTheFirstPassWhereNoTurnIsNamed() {
        Armed armed = armed("sent");

        armed.passed(Failpoint.SENT);

        assertThat(halts).hasValue(1);
    }

    @Test
    void shouldHaltAtTheNthPassOnly() {
        Armed armed = armed("outcome_published:3");

        armed.passed(Failpoint.OUTCOME_PUBLISHED);
        armed.passed(Failpoint.OUTCOME_PUBLISHED);
        assertThat(halts).hasValue(0);
        armed.passed(Failpoint.OUTCOME_PUBLISHED);

        assertThat(halts).hasValue(1);
    }

    @Test
    void shouldLetOtherPointsPass() {
        Armed armed = armed("claimed");

        armed.passed(Failpoint.SENT);

        assertThat(halts).hasValue(0);
    }

    @Test
    void shouldBeNothingWhereTheEnvironmentSaysNothing() {
        assertThat(Armed.read(null, halts::incrementAndGet)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snet", "sent:", "sent:x", "sent:0", ":1"})
    void shouldRefuseWhatItCannotUnderstand(String text) {
        assertThatThrownBy(() -> armed(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private Armed armed(String text) {
        Armed armed = Armed.read(text, halts::incrementAndGet);
        if (armed == null) {
            throw new AssertionError("not armed");
        }
        return armed;
    }
}
