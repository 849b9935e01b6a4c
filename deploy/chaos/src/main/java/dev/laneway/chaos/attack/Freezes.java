package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Child;
import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Cluster.Instance;
import dev.laneway.chaos.cluster.Role;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** SIGSTOP of a process for 5 to 90 s: it comes back in the middle of what it did, and others have taken over its work. */
final class Freezes implements Attack {
    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "freeze";
    }

    @Override
    public int share() {
        return 2;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        while (stage.hasTime()) {
            Instance victim = stage.one(Cluster.instances());
            Duration left = stage.left();
            Duration cold = stage.between(LEAST, left.compareTo(MOST) < 0 ? left : MOST);
            Child child = stage.cluster().child(victim);
            URI silenced = victim.role() == Role.INGRESS ? stage.cluster().ingress(victim) : null;
            Strike strike = stage.strike("SIGSTOP " + victim + " for " + cold.toMillis() + " ms", null, silenced);
            child.freeze();
            try {
                stage.pause(cold);
            } finally {
                child.thaw();
            }
            stage.mended(strike);
            stage.pause(stage.between(Duration.ofSeconds(1), Duration.ofSeconds(4)));
        }
    }
}
