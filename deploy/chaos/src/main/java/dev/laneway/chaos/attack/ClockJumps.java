package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Cluster.Instance;
import dev.laneway.chaos.cluster.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of one process jumps an hour ahead or back and returns; its monotonic clock goes on. By libfaketime, with which the
 * process is started for this; Debian has it as {@code libfaketime}.
 */
final class ClockJumps implements Attack {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Optional<String> cannot() {
        return library().isPresent() ? Optional.empty() : Optional.of("libfaketime is not installed");
    }

    private static Optional<Path> library() {
        return PLACES.stream().filter(Files::isReadable).findFirst();
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        Path dial = Files.writeString(stage.folder().resolve("clock"), "+0");
        Map<String, String> fake = Map.of(
                "LD_PRELOAD", library().orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE", dial.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1");
        do {
            Role role = stage.one(List.of(Role.INGRESS, Role.ROUTER, Role.WORKERS));
            Instance victim = new Instance(role, stage.random().nextInt(Cluster.INSTANCES));
            restart(stage, victim, fake);
            for (String jump : List.of("+1h", "-1h")) {
                Strike strike = stage.strike("the clock of " + victim + " jumps " + jump, null, null);
                turn(dial, jump);
                stage.pause(stage.between(Duration.ofSeconds(4), Duration.ofSeconds(12)));
                turn(dial, "+0");
                stage.mended(strike);
                stage.pause(Duration.ofSeconds(3));
            }
            restart(stage, victim, Map.of());
        } while (stage.hasTime());
    }

    private static void restart(Stage stage, Instance victim, Map<String, String> environment)
            throws IOException, InterruptedException {
        stage.cluster().stop(victim);
        stage.cluster().launch(victim, environment);
        stage.cluster().awaitReady(victim);
    }

    private static void turn(Path dial, String text) throws IOException {
        Path fresh = Files.writeString(dial.resolveSibling("clock.new"), text);
        Files.move(fresh, dial, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
