package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.ServerUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** {@code kill -9} of a server, and its start on the same folder a little later. */
final class ServerKills implements Attack {
    private final String name;
    private final ServerUnit.Kind kind;

    ServerKills(String name, ServerUnit.Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        do {
            Strike strike = stage.strike(kind.name().toLowerCase(Locale.ROOT) + " killed", null, null);
            ServerUnit server = stage.cluster().server(kind);
            server.kill();
            stage.pause(stage.between(Duration.ofMillis(500), Duration.ofSeconds(8)));
            server.start();
            stage.mended(strike);
            stage.say("it is there again");
            stage.pause(stage.between(Duration.ofSeconds(8), Duration.ofSeconds(15)));
        } while (stage.hasTime());
    }
}
