package dev.laneway.testkit.calls;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends calls that ended to a file, a JSON object a line, by a thread of its own so that no event loop waits for a
 * disk. At most 65,536 calls wait to be written; one more is dropped and counted.
 */
public final class CallFile implements AutoCloseable {
    private static final int MOST_WAITING = 65_536;

    private final BlockingQueue<Call> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final BufferedWriter file;
    private final Thread writer;
    private volatile boolean closing;

    private CallFile(BufferedWriter file) {
        this.file = file;
        this.writer = Thread.ofPlatform().name("simulator-log").daemon().unstarted(this::write);
    }

    /**
     * Opens a file, new or existing.
     *
     * @throws UncheckedIOException when it can't be opened for appending
     */
    public static CallFile open(Path path) {
        try {
            CallFile opened = new CallFile(Files.newBufferedWriter(
                    path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            opened.writer.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("the call log " + path + " can't be opened", e);
        }
    }

    public void add(Call call) {
        if (!waiting.offer(call)) {
            dropped.incrementAndGet();
        }
    }

    /** Calls that were not written because too many waited or the disk refused. */
    public long dropped() {
        return dropped.get();
    }

    /** Writes what waits and closes the file. Blocks until it is done, ten seconds at most. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try (file) {
            while (!closing || !waiting.isEmpty()) {
                Call call = waiting.poll(20, TimeUnit.MILLISECONDS);
                if (call == null) {
                    file.flush();
                } else {
                    line(call);
                }
            }
        } catch (IOException e) {
            dropped.addAndGet(waiting.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void line(Call call) {
        StringBuilder line = new StringBuilder(400);
        CallJson.write(line, call);
        try {
            file.append(line).append('\n');
        } catch (IOException e) {
            dropped.incrementAndGet();
        }
    }
}
