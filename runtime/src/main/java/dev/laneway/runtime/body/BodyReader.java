package dev.laneway.runtime.body;

import dev.laneway.contracts.BodyRef;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.RecordReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts large bodies together again. Reads block, so they run on a few threads of its own, with a bounded queue before them; futures
 * complete on the caller's context.
 */
public final class BodyReader implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final String name;
    private final ExecutorService threads;

    public BodyReader(Vertx vertx, KafkaSettings kafka, String name) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.name = name;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name(name + "-bodies-", 0).daemon(true).factory());
    }

    /** The whole body; fails with a {@link BodyLostException} where a piece is missing or the digest differs, otherwise where the broker was slow. */
    public Future<byte[]> read(BodyRef ref) {
        Context context = vertx.getOrCreateContext();
        Promise<byte[]> promise = Promise.promise();
        try {
            threads.execute(() -> {
                try {
                    byte[] body = readNow(ref);
                    context.runOnContext(v -> promise.complete(body));
                } catch (BodyLostException | RuntimeException e) {
                    context.runOnContext(v -> promise.fail(e));
                }
            });
        } catch (RejectedExecutionException e) {
            promise.fail(new BodyLostException("too many large bodies are being read"));
        }
        return promise.future();
    }

    private byte[] readNow(BodyRef ref) throws BodyLostException {
        if (ref.length() < 0 || ref.length() > (long) ref.offsets().size() * BodyWriter.PIECE_BYTES) {
            throw new BodyLostException("so many pieces can't be that long");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.toIntExact(ref.length()));
        Set<Long> wanted = new HashSet<>(ref.offsets());
        long last = ref.offsets().getLast();
        boolean all = RecordReader.read(
                kafka,
                name + "-bodies",
                new TopicPartition(ref.topic(), ref.partition()),
                ref.offsets().getFirst(),
                last,
                PATIENCE,
                record -> {
                    if (wanted.remove(record.offset())) {
                        body.writeBytes(record.value());
                    }
                });
        if (!wanted.isEmpty() && !all) {
            throw new IllegalStateException("the broker did not give the pieces in time");
        }
        if (!wanted.isEmpty()) {
            throw new BodyLostException(wanted.size() + " of " + ref.offsets().size() + " pieces are missing");
        }
        byte[] whole = body.toByteArray();
        if (whole.length != ref.length() || !BodyWriter.sha256(whole).equals(ref.sha256())) {
            throw new BodyLostException("the pieces are not those that were written");
        }
        return whole;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
