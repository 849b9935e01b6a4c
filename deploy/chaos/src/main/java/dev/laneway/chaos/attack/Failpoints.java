package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Cluster.Instance;
import dev.laneway.chaos.cluster.Role;
import dev.laneway.runtime.failpoint.Failpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A worker that dies exactly where a crash hurts: at each failpoint in turn, all of them at least once. */
final class Failpoints implements Attack {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LATEST = 12;

    @Override
    public String name() {
        return "failpoints";
    }

    @Override
    public int share() {
        return 2;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        do {
            for (Failpoint point : Failpoint.values()) {
                dieAt(stage, point);
            }
        } while (stage.hasTime());
    }

    private static void dieAt(Stage stage, Failpoint point) throws IOException, InterruptedException {
        Instance victim = new Instance(Role.WORKERS, stage.random().nextInt(Cluster.INSTANCES));
        String armed = point.name().toLowerCase(Locale.ROOT) + ":"
                + (1 + stage.random().nextInt(LATEST));
        Cluster cluster = stage.cluster();
        cluster.stop(victim);
        cluster.launch(victim, Map.of(Failpoint.VARIABLE, armed));
        if (!cluster.child(victim).awaitEnd(PATIENCE)) {
            stage.say(victim + " never came to " + armed + " in " + PATIENCE.toSeconds() + " s");
            cluster.kill(victim);
        }
        Strike strike = stage.strike(victim + " died at " + armed, Role.WORKERS, null);
        cluster.launch(victim, Map.of());
        cluster.awaitReady(victim);
        stage.mended(strike);
    }
}
