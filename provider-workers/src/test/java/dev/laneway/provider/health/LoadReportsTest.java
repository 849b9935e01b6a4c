package dev.laneway.provider.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Health;
import dev.laneway.provider.DeploymentFixture;
import dev.laneway.runtime.config.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadReportsTest {
    private final List<Health> told = new ArrayList<>();
    private final LoadReports loads = new LoadReports("w", told::add);
    private final Deployment deployment = DeploymentFixture.deployment(Map.of());

    private Health.Load last() {
        return told.getLast().load();
    }

    @Test
    void shouldTellWhatIsUnderWayAndGoOnTellingIt() {
        loads.began(deployment);
        loads.began(deployment);
        loads.over(deployment);

        loads.report(10_000);
        loads.report(10_001);
        loads.report(12_000);

        assertThat(told).hasSize(2);
        assertThat(last()).isEqualTo(new Health.Load("w", 1, 0));
    }

    @Test
    void shouldTellTheEndOnceAndThenBeSilent() {
        loads.began(deployment);
        loads.report(10_000);
        loads.over(deployment);

        loads.report(20_000);
        loads.report(30_000);

        assertThat(told).hasSize(2);
        assertThat(last().calls()).isZero();
    }

    @Test
    void shouldTellWhatTheCallsOfTheLastMinuteUsedUntilTheyAreForgotten() {
        loads.used(deployment, 300, 10_000);
        loads.used(deployment, 200, 40_000);

        loads.report(41_000);
        loads.report(80_000);
        loads.report(120_000);
        loads.report(130_000);

        assertThat(told.stream().map(Health::load))
                .containsExactly(
                        new Health.Load("w", 0, 0, 2, 500),
                        new Health.Load("w", 0, 0, 1, 200),
                        new Health.Load("w", 0, 0, 0, 0));
    }

    @Test
    void shouldLeanTowardsTheNewestCalls() {
        loads.answered(deployment, 1_000);
        for (int i = 0; i < 20; i++) {
            loads.answered(deployment, 100);
        }

        loads.report(10_000);

        assertThat(last().firstTokenMillis()).isBetween(100L, 130L);
    }

    @Test
    void shouldTakeAFailureForAVerySlowAnswer() {
        loads.answered(deployment, 5);
        loads.failed(deployment);

        loads.report(10_000);

        assertThat(last().firstTokenMillis()).isGreaterThan(1_000);
    }
}
