package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Cluster.Instance;
import dev.laneway.chaos.cluster.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** {@code kill -9} of one process after the other, at random; each is started again. */
final class Kills implements Attack {
    private static final Duration LEAST_APART = Duration.ofSeconds(18);

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public int share() {
        return 4;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        while (stage.hasTime()) {
            Instance victim = stage.one(Cluster.instances());
            long from = System.nanoTime();
            Strike strike = stage.strike("kill -9 " + victim, victim.role(), null);
            stage.cluster().kill(victim);
            if (victim.role() == Role.ACCOUNTING) {
                stage.watchUsage(strike);
            }
            stage.pause(stage.between(Duration.ofMillis(200), Duration.ofSeconds(5)));
            stage.cluster().launch(victim, Map.of());
            stage.cluster().awaitReady(victim);
            stage.mended(strike);
            Duration rest = LEAST_APART.minusNanos(System.nanoTime() - from);
            if (rest.isPositive()) {
                stage.pause(rest);
            }
        }
    }
}
