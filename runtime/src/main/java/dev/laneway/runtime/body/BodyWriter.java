package dev.laneway.runtime.body;

import dev.laneway.contracts.BodyRef;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.kafka.EventSink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes large bodies as pieces. Not safe across threads: it uses its sink's context. */
public final class BodyWriter {
    /** A body up to here travels as the event's value. */
    public static final int WHOLE_BYTES = 512 * 1024;

    static final int PIECE_BYTES = 900_000;

    private final Vertx vertx;
    private final EventSink sink;

    public BodyWriter(Vertx vertx, EventSink sink) {
        this.vertx = vertx;
        this.sink = sink;
    }

    /** Whether a body must be cut. */
    public static boolean tooLarge(int length) {
        return length > WHOLE_BYTES;
    }

    /** Publishes the pieces in order to one partition; succeeds when the broker has acknowledged all of them. */
    public Future<BodyRef> write(Zone zone, String requestId, byte[] body) {
        String topic = Topics.bodies(zone);
        // a digest of many megabytes takes longer than an event loop may be away
        Future<String> digest = vertx.executeBlocking(() -> sha256(body), false);
        Future<List<RecordMetadata>> written = Future.succeededFuture(new ArrayList<>());
        for (int at = 0; at < body.length; at += PIECE_BYTES) {
            int from = at;
            // one after the other: the producer gives them to one partition in this order, by their common key; and
            // each is cut
            // when its turn comes, so that a body is not held twice
            written = written.compose(before -> sink.send(new ProducerRecord<>(topic, requestId, piece(body, from)))
                    .map(metadata -> {
                        before.add(metadata);
                        return before;
                    }));
        }
        return written.compose(pieces -> digest.map(sha256 -> new BodyRef(
                topic,
                pieces.getFirst().partition(),
                pieces.stream().map(RecordMetadata::offset).toList(),
                body.length,
                sha256)));
    }

    private static byte[] piece(byte[] body, int from) {
        return Arrays.copyOfRange(body, from, Math.min(body.length, from + PIECE_BYTES));
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
