package dev.laneway.services;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server beside this JVM: its process, in a session of its own, and the file it prints to. */
final class ServerProcess {
    /** How long to wait for an end by force. */
    private static final Duration FORCE = Duration.ofSeconds(2);

    private final Process process;
    private final String signal;
    private final Path log;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private ServerProcess(Process process, String signal, Path log) {
        this.process = process;
        this.signal = signal;
        this.log = log;
    }

    /**
     * Starts a program in the data folder; the log of the start before this one is kept beside the new.
     *
     * @param signal the one that ends it in good order
     */
    static ServerProcess start(Site site, String name, String signal, List<String> command) throws IOException {
        Path log = site.folder().log(name);
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> detached = new ArrayList<>(SystemTools.ownSession());
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .directory(site.folder().root().toFile())
                .redirectErrorStream(true)
                .redirectInput(SystemTools.NOTHING)
                .redirectOutput(log.toFile());
        SystemTools.strip(builder.environment());
        Process process = builder.start();
        site.sweeper().add(signal, process.pid());
        return new ServerProcess(process, signal, log);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with one line when it ends without having been stopped. */
    CompletableFuture<String> failure(String server, Pattern telling) {
        return process.onExit()
                .thenCompose(ended -> stopping.get()
                        ? new CompletableFuture<>()
                        : CompletableFuture.completedFuture(server + " ended with status " + ended.exitValue() + ": "
                                + complaint(telling) + ": see " + log));
    }

    /** Asks for an end, and forces it when the patience is over. A second call does nothing. */
    void stop(Duration patience) {
        if (!stopping.compareAndSet(false, true) || !process.isAlive()) {
            return;
        }
        try {
            SystemTools.signal(signal, process.pid());
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(FORCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    /** Everything it printed since it started. */
    List<String> printed() {
        try (Stream<String> lines = Files.lines(log, ISO_8859_1)) {
            return lines.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The line that says best why it ended: the last that the pattern matches, by its first group, else the last of all. */
    String complaint(Pattern telling) {
        List<String> lines = printed();
        return lines.reversed().stream()
                .map(telling::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse(lines.isEmpty() ? "it printed nothing" : lines.getLast())
                .strip();
    }

    Path log() {
        return log;
    }
}
