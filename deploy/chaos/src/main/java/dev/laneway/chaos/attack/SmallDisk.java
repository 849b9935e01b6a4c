package dev.laneway.chaos.attack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder that can be made a file system of its own, small enough to be filled. One thread. */
public final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "1200m";

    private final Path place;
    private final Thread hook = Thread.ofPlatform().unstarted(this::unmount);
    private boolean mounted;

    private SmallDisk(Path place) {
        this.place = place;
    }

    /** Makes the folder. */
    public static SmallDisk at(Path place) throws IOException {
        return new SmallDisk(Files.createDirectories(place));
    }

    public Path place() {
        return place;
    }

    /** Puts a file system there. @return why that could not be */
    public Optional<String> mount() throws IOException, InterruptedException {
        Optional<String> failed =
                run("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=0700", "tmpfs", place.toString());
        mounted = failed.isEmpty();
        if (mounted) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return failed;
    }

    /** Takes it away again, and what was on it. A second call does nothing. */
    @Override
    public void close() {
        if (mounted) {
            Runtime.getRuntime().removeShutdownHook(hook);
            mounted = false;
            unmount();
        }
    }

    private void unmount() {
        try {
            run("umount", "-l", place.toString());
        } catch (IOException e) {
            return; // it was mounted by a program that is there no more; whoever cleans up sees it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return what a command complained of */
    static Optional<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Optional.empty() : Optional.of(command[0] + ": " + said);
    }
}
