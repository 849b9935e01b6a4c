package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.chaos.Chaos;
import dev.laneway.chaos.ChaosReport;
import dev.laneway.chaos.ChaosSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The attack suite in three minutes: what {@code ./laneway chaos} does for as long as one likes. Processes that are killed at any moment are {@link
 * KilledProcessIT}'s and {@link DeadIngressIT}'s.
 */
@Tag("attack")
final class ChaosIT {
    private static final List<String> SCENARIOS =
            List.of("failpoints", "freeze", "rebalance", "redis-emptied", "broker-killed", "network-vendor");
    private static final double MINUTES = 1.0;
    private static final int LONGEST_SECONDS = 4;
    private static final double PER_SECOND = 6;

    @Test
    void shouldKeepEveryPromiseUnderAttack() throws Exception {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        ChaosReport report =
                new Chaos(new ChaosSettings(SCENARIOS, MINUTES, 1, LONGEST_SECONDS, PER_SECOND), out).run();

        assertThat(report.allKept()).as(report.text()).isTrue();
    }
}
