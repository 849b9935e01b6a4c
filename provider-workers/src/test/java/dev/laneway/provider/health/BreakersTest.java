package dev.laneway.provider.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.runtime.config.AllowedFails;
import dev.laneway.runtime.config.Cooldown;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BreakersTest {
    private final Breakers breakers = new Breakers();
    private Cooldown rule = Cooldown.USUAL;
    private FailureKind kind = FailureKind.SERVER_ERROR;

    private OptionalLong fail(int times, long now) {
        OptionalLong last = OptionalLong.empty();
        for (int i = 0; i < times; i++) {
            last = breakers.failed("d_1", kind, rule, now);
        }
        return last;
    }

    @Test
    void shouldCoolAfterFiveFailuresInARow() {
        OptionalLong fourth = fail(4, 100);

        OptionalLong fifth = fail(1, 100);

        assertThat(fourth).isEmpty();
        assertThat(fifth).hasValue(1_100);
    }

    @Test
    void shouldCoolAfterAsManyFailuresAndForAsLongAsItsRuleSays() {
        rule = new Cooldown(false, 2, Duration.ofSeconds(30));
        OptionalLong first = fail(1, 100);

        OptionalLong second = fail(1, 100);
        OptionalLong probe = fail(1, 30_100);

        assertThat(first).isEmpty();
        assertThat(second).hasValue(30_100);
        assertThat(probe).hasValue(60_100);
    }

    @Test
    void shouldAllowAsManyFailuresAsItsRuleSaysOfTheLastOnesKind() {
        rule = new Cooldown(false, 5, new AllowedFails(1, null), null);
        OptionalLong third = fail(3, 100);
        kind = FailureKind.TIMEOUT;

        OptionalLong timeout = fail(1, 100);

        assertThat(third).isEmpty();
        assertThat(timeout).hasValue(1_100);
    }

    @Test
    void shouldNotCoolWhereItsRuleForbidsIt() {
        rule = new Cooldown(true, 1, null);

        OptionalLong last = fail(20, 100);

        assertThat(last).isEmpty();
    }

    @Test
    void shouldCountOnlyFailuresInARow() {
        fail(4, 100);
        breakers.answered("d_1");

        OptionalLong next = fail(4, 100);

        assertThat(next).isEmpty();
    }

    @Test
    void shouldCoolLongerWithEachFailedProbeUpToAMinute() {
        long now = fail(5, 0).orElseThrow();
        long last = 0;
        for (int i = 0; i < 10; i++) {
            long until = fail(1, now).orElseThrow();
            last = until - now;
            if (i == 0) {
                assertThat(last).isEqualTo(2_000);
            }
            now = until;
        }

        assertThat(last).isEqualTo(60_000);
    }

    @Test
    void shouldNotCoolLongerByCallsThatWereUnderWay() {
        fail(5, 0);

        OptionalLong straggler = fail(3, 500);

        assertThat(straggler).isEmpty();
    }

    @Test
    void shouldTellWhenACoolingDeploymentAnswers() {
        fail(5, 0);

        boolean first = breakers.answered("d_1");
        boolean second = breakers.answered("d_1");

        assertThat(first).isTrue();
        assertThat(second).isFalse();
    }
}
