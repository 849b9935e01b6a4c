package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.ServerUnit;
import dev.laneway.chaos.oracle.RedisWire;
import java.io.IOException;
import java.time.Duration;

/** {@code FLUSHALL}: the same server, and nothing of what it knew. */
final class RedisEmptied implements Attack {
    /** As the command line names it; what it forgets is allowed for. */
    static final String NAME = "redis-emptied";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        do {
            Strike strike = stage.strike("FLUSHALL", null, null);
            try (RedisWire redis = RedisWire.connect(
                    stage.cluster().server(ServerUnit.Kind.REDIS).address())) {
                redis.ask("FLUSHALL");
            }
            stage.mended(strike);
            stage.pause(stage.between(Duration.ofSeconds(3), Duration.ofSeconds(10)));
        } while (stage.hasTime());
    }
}
