package dev.laneway.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.faults.Glob;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final SteppedClock clock = new SteppedClock();
    private final RateLimits limits = new RateLimits(clock);

    @Test
    void shouldLetEverythingInWithoutRules() {
        assertThat(limits.admit("k", "m", 1_000_000)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void shouldRefuseTheRequestOverTheLimitAndSayWhen() {
        rule(60, 0, 0);
        admit(60, 1);

        Admission over = limits.admit("k", "m", 1);

        assertThat(over).isInstanceOfSatisfying(Admission.Denied.class, denied -> {
            assertThat(denied.over()).isEqualTo(Admission.Over.REQUESTS);
            assertThat(denied.limit()).isEqualTo(60);
            assertThat(denied.retryAfterMillis()).isEqualTo(1000);
        });
    }

    @Test
    void shouldRefillSteadily() {
        rule(60, 0, 0);
        admit(60, 1);
        clock.now += 1000;

        assertThat(limits.admit("k", "m", 1)).isInstanceOf(Admission.Admitted.class);
        assertThat(limits.admit("k", "m", 1)).isInstanceOf(Admission.Denied.class);
    }

    @Test
    void shouldCountTokens() {
        rule(0, 1000, 0);
        admit(1, 900);

        Admission over = limits.admit("k", "m", 200);

        assertThat(over).isInstanceOfSatisfying(Admission.Denied.class, denied -> {
            assertThat(denied.over()).isEqualTo(Admission.Over.TOKENS);
            assertThat(denied.used()).isEqualTo(900);
            assertThat(denied.requested()).isEqualTo(200);
            assertThat(denied.retryAfterMillis()).isEqualTo(6000);
            assertThat(denied.standing().tokensLeft()).isEqualTo(100);
        });
    }

    @Test
    void shouldNotTakeFromOneBucketWhatTheOtherRefuses() {
        rule(60, 10, 0);
        limits.admit("k", "m", 100);

        Admission small = limits.admit("k", "m", 1);

        assertThat(small.standing().requestsLeft()).isEqualTo(59);
    }

    @Test
    void shouldHoldDownParallelCallsUntilOneEnds() {
        rule(0, 0, 1);
        Admission.Admitted first = (Admission.Admitted) limits.admit("k", "m", 1);
        assertThat(limits.admit("k", "m", 1)).isInstanceOf(Admission.Denied.class);

        first.release().run();

        assertThat(limits.admit("k", "m", 1)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void shouldCountEachKeyAndModelByItself() {
        rule(1, 0, 0);
        admit(1, 1);

        assertThat(limits.admit("other", "m", 1)).isInstanceOf(Admission.Admitted.class);
        assertThat(limits.admit("k", "m2", 1)).isInstanceOf(Admission.Admitted.class);
        assertThat(limits.admit("k", "m", 1)).isInstanceOf(Admission.Denied.class);
    }

    @Test
    void shouldUseTheFirstRuleThatFits() {
        limits.replace(List.of(new LimitRule(new Glob("gpt-*"), 1, 0, 0), new LimitRule(Glob.ANY, 2, 0, 0)));

        assertThat(limits.admit("k", "gpt-5", 1).standing().requestLimit()).isEqualTo(1);
        assertThat(limits.admit("k", "claude", 1).standing().requestLimit()).isEqualTo(2);
    }

    private void rule(int requests, int tokens, int parallel) {
        limits.replace(List.of(new LimitRule(Glob.ANY, requests, tokens, parallel)));
    }

    private void admit(int calls, long tokens) {
        for (int i = 0; i < calls; i++) {
            assertThat(limits.admit("k", "m", tokens)).isInstanceOf(Admission.Admitted.class);
        }
    }

    private static final class SteppedClock extends Clock {
        private long now = 1_000_000;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }
}
