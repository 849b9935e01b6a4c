package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.ServerUnit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The broker's log directory is full: it lies on a small file system of its own, which a file fills. The broker halts, and is started again. */
public final class DiskFull implements Attack {
    public static final String NAME = "disk-full";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        do {
            ServerUnit broker = stage.cluster().server(ServerUnit.Kind.KAFKA);
            Path filler = broker.data().resolve("filler");
            long free = Files.getFileStore(broker.data()).getUsableSpace();
            Strike strike = stage.strike("log directory full (" + (free >> 20) + " MiB taken)", null, null);
            fill(filler, broker.data());
            if (!broker.child().awaitEnd(PATIENCE)) {
                stage.say("the broker lives on a full disk");
            } else {
                stage.say("the broker halted");
            }
            Files.delete(filler);
            if (!broker.child().isAlive()) {
                broker.start();
            }
            stage.mended(strike);
            stage.pause(stage.between(Duration.ofSeconds(10), Duration.ofSeconds(15)));
        } while (stage.hasTime());
    }

    /** Until nothing is left: what is free changes while the broker writes. */
    private static void fill(Path filler, Path folder) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (Files.getFileStore(folder).getUsableSpace() > block.length) {
                throw full;
            }
        }
    }
}
