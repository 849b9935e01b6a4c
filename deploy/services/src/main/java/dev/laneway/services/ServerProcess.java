package dev.laneway.services;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server beside this JVM: its process, in a session of its own, and the file it prints to. */
final class ServerProcess {
    /** How long to wait for an end by force. */
    private static final Duration FORCE = Duration.ofSeconds(2);

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a program in the given folder; the log of the start before this one is kept beside the new. */
    static ServerProcess start(List<String> command, Path folder, Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> detached = new ArrayList<>(SystemTools.ownSession());
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(SystemTools.NOTHING))
                .redirectOutput(log.toFile());
        SystemTools.strip(builder.environment());
        return new ServerProcess(builder.start(), log);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Asks for an end by the signal, and forces it when the patience is over. */
    void stop(String signal, Duration patience) {
        if (!process.isAlive()) {
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

    /** The line that says best why it ended: the last that sounds like an error, else the last. */
    String complaint() {
        List<String> lines = printed();
        return lines.reversed().stream()
                .filter(line -> {
                    String lower = line.toLowerCase(Locale.ROOT);
                    return lower.contains("fatal") || lower.contains("panic") || lower.contains("error");
                })
                .findFirst()
                .or(() -> lines.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(lines.getLast()))
                .orElse("it printed nothing")
                .strip();
    }

    Path log() {
        return log;
    }
}
