package dev.laneway.standalone.proofs;

import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves each config that is asked for, one at a time: of those that come while one is proved, the newest is proved next and the
 * others never. Safe on any thread; nothing blocks the caller.
 */
public final class ReloadProofs implements AutoCloseable {
    /** Longer than any proof of a sensible config takes on a loaded machine. */
    public static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(ReloadProofs.class);
    /** For a process that was asked to end, to stop its servers and delete its folders. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ProofChild child;
    private final ProofArchive archive;
    private final Meters meters;
    private final Duration limit;
    /** Absent before the first proof. */
    private volatile @Nullable Boolean kept;

    private @Nullable String next;
    private @Nullable Process running;
    private boolean busy;
    private boolean closed;

    public ReloadProofs(ProofChild child, ProofArchive archive, Meters meters, Duration limit) {
        this.child = child;
        this.archive = archive;
        this.meters = meters;
        this.limit = limit;
    }

    /** Proves the config of a version, now or after the one that is being proved. */
    public synchronized void request(String version) {
        if (closed) {
            return;
        }
        next = version;
        if (!busy) {
            busy = true;
            Thread.ofVirtual().name("proof").start(this::proveAll);
        }
    }

    /** Ends the proof that runs; returns at once. */
    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.destroy();
        }
    }

    private void proveAll() {
        for (String version = take(); version != null; version = take()) {
            try {
                prove(version);
            } catch (IOException | RuntimeException e) {
                ended(version, new ProofReading(ProofOutcome.FAILED, String.valueOf(e.getMessage())), "");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized @Nullable String take() {
        String version = closed ? null : next;
        next = null;
        busy = version != null;
        return version;
    }

    private void prove(String version) throws IOException, InterruptedException {
        Path printed = archive.begin();
        try {
            Process process = start(printed);
            CompletableFuture<String> lastError = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> lastError.complete(lastLine(process)));
            boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                kill(process);
            }
            over();
            ProofReading reading = inTime
                    ? ProofReading.of(printed, version)
                    : new ProofReading(ProofOutcome.FAILED, "it took longer than " + limit.toSeconds() + " s");
            switch (reading.outcome()) {
                case KEPT, BROKEN -> {
                    String evidence = archive.keep(printed, Instant.now(), version)
                            .map(file -> "; evidence in " + file)
                            .orElse("");
                    ended(version, reading, evidence);
                }
                case OUTDATED -> ended(version, reading, "");
                case FAILED ->
                    ended(
                            version,
                            reading,
                            inTime
                                    ? " (exit code " + process.exitValue() + ": "
                                            + lastError
                                                    .completeOnTimeout("", 1, TimeUnit.SECONDS)
                                                    .join() + ")"
                                    : "");
            }
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    /** A process that started while this was closed ends at once. */
    private synchronized Process start(Path printed) throws IOException {
        Process process = child.start(printed);
        running = process;
        if (closed) {
            process.destroy();
        }
        return process;
    }

    private synchronized void over() {
        running = null;
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
    }

    private static String lastLine(Process process) {
        try (BufferedReader errors = process.errorReader()) {
            return errors.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((before, line) -> line)
                    .orElse("it said nothing");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    private void ended(String version, ProofReading reading, String more) {
        if (isClosed()) {
            return; // it was killed, which says nothing of the config
        }
        ProofOutcome outcome = reading.outcome();
        meters.counter(ProofMetric.RUNS, MetricTag.OUTCOME, outcome.id()).increment();
        boolean first = kept == null;
        kept = outcome == ProofOutcome.KEPT;
        if (first) {
            meters.gauge(ProofMetric.KEPT, () -> Boolean.TRUE.equals(kept) ? 1 : 0);
        }
        switch (outcome) {
            case KEPT -> LOG.info("config {} proved: every privacy rule kept, {}{}", version, reading.because(), more);
            case BROKEN -> LOG.error("config {}: PRIVACY NOT KEPT: {}{}", version, reading.because(), more);
            case OUTDATED -> LOG.warn("config {} not proved: {}", version, reading.because());
            case FAILED -> LOG.error("config {} could not be proved: {}{}", version, reading.because(), more);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
