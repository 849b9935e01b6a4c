package dev.laneway.runtime.kafka;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events. A returned future succeeds when all replicas that must have the record have it, and fails with a {@link
 * SinkException} within {@link Patience}, even where the Kafka client itself would block. To be used on the context it was made
 * on; the producer below is shared by all sinks of one name and broker's user in the JVM.
 */
public final class EventSink {
    /** How long a record may wait for its acknowledgement. */
    public enum Patience {
        /** Two seconds: a client waits, and is told. */
        REQUEST_PATH,
        /** Two minutes: the work is done, and its result must not be lost while a broker restarts. */
        RESULT
    }

    private static final long MAX_WAITING_BYTES = 64L << 20;
    private static final long SWEEP_MILLIS = 100;
    /** After a time-out, how long further records are refused before the next one probes. */
    private static final long AWAY_MILLIS = 1_000;

    private static final long LATER_MILLIS = 20;
    private static final int FLOWING_MILLIS = 2;
    private static final int PENDING_PER_MILLI = 4;

    private final Vertx vertx;
    private final KafkaProducer<String, byte[]> producer;
    private final ProducerBridge bridge;
    private final long patienceMillis;
    private final boolean breaks;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final Counter sends;
    private final Counter failed;
    private final Counter refused;
    private final long sweeper;
    private long waitingBytes;
    private long awayUntil;

    private record Pending(Promise<RecordMetadata> promise, long sentAt) {}

    private EventSink(Vertx vertx, KafkaSettings kafka, String name, Patience patience, Meters meters) {
        this.vertx = vertx;
        String shared = kafka.shared(name);
        Map<String, String> config = switch (patience) {
            case REQUEST_PATH -> kafka.latencyProducer(shared);
            case RESULT -> kafka.patientProducer(shared);
        };
        this.patienceMillis = switch (patience) {
            case REQUEST_PATH -> 2_000;
            case RESULT -> 125_000;
        };
        this.breaks = patience == Patience.REQUEST_PATH;
        this.producer = KafkaProducer.createShared(vertx, shared, config);
        this.bridge = new ProducerBridge(vertx, shared, producer.unwrap());
        this.sends = meters.counter(KafkaMetric.SENDS, MetricTag.ROLE, name);
        this.failed = meters.counter(KafkaMetric.SENDS_FAILED, MetricTag.ROLE, name);
        this.refused = meters.counter(KafkaMetric.SENDS_REFUSED, MetricTag.ROLE, name);
        this.sweeper = vertx.setPeriodic(SWEEP_MILLIS, id -> sweep());
    }

    /**
     * Opens a sink on the current context.
     *
     * @param name of the producer that sinks share, unique for a role and patience within the JVM; what the Kafka client id begins with
     */
    public static EventSink open(Vertx vertx, KafkaSettings kafka, String name, Patience patience, Meters meters) {
        return new EventSink(vertx, kafka, name, patience, meters);
    }

    /** Publishes an event keyed by its request. */
    public Future<RecordMetadata> send(String topic, Event event, byte[] envelope, byte @Nullable [] value) {
        return send(new ProducerRecord<>(topic, null, event.requestId(), value, header(envelope)));
    }

    /** Publishes an event whose place among others means nothing, to the partition that is cheapest just now. */
    public Future<RecordMetadata> sendAnywhere(String topic, Event event, byte[] envelope, byte @Nullable [] value) {
        return send(
                new ProducerRecord<>(topic, null, event.requestId(), value, header(envelope)), bridge::sendAnywhere);
    }

    /** Publishes an event that nobody waits for: a little later, in the company of others. */
    public Future<RecordMetadata> sendLater(String topic, Event event, byte[] envelope) {
        return send(
                new ProducerRecord<>(topic, null, event.requestId(), null, header(envelope)),
                (record, landing) -> bridge.sendWithin(LATER_MILLIS, record, landing));
    }

    /** Publishes a frame to its ingress. */
    public Future<RecordMetadata> send(ReplyAddress to, Event event, byte[] envelope, byte @Nullable [] value) {
        return send(frame(to, event, envelope, value));
    }

    /**
     * Publishes a frame of an answer that flows: at once where little is under way, else up to 2 ms later, with those of other
     * answers. A thousand streams would make a request to the broker of every few tokens.
     */
    public Future<RecordMetadata> sendFlowing(ReplyAddress to, Event event, byte[] envelope, byte[] value) {
        int gather = Math.min(FLOWING_MILLIS, pending.size() / PENDING_PER_MILLI);
        return gather == 0
                ? send(to, event, envelope, value)
                : send(
                        frame(to, event, envelope, value),
                        (record, landing) -> bridge.sendWithin(gather, record, landing));
    }

    /** Publishes a state or observation: no envelope. */
    public Future<RecordMetadata> sendState(String topic, String key, byte[] value) {
        return send(new ProducerRecord<>(topic, key, value));
    }

    /** False while the broker does not answer: a caller that has a choice should not send. */
    public boolean available() {
        return System.nanoTime() / 1_000_000 >= awayUntil;
    }

    /** Publishes a record as it is. */
    public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        return send(record, bridge::send);
    }

    private Future<RecordMetadata> send(
            ProducerRecord<String, byte[]> record,
            BiConsumer<ProducerRecord<String, byte[]>, ProducerBridge.Landing> departure) {
        sends.increment();
        long now = System.nanoTime() / 1_000_000;
        if (now < awayUntil) {
            refused.increment();
            return Future.failedFuture(new SinkException(SinkException.Reason.AWAY, "the broker does not answer"));
        }
        int bytes = record.value() == null ? 0 : record.value().length;
        if (waitingBytes + bytes > MAX_WAITING_BYTES) {
            refused.increment();
            return Future.failedFuture(
                    new SinkException(SinkException.Reason.FULL, "too many bytes wait for the broker"));
        }
        waitingBytes += bytes;
        Promise<RecordMetadata> promise = Promise.promise();
        pending.addLast(new Pending(promise, now));
        departure.accept(record, (metadata, cause) -> landed(promise, bytes, metadata, cause));
        return promise.future();
    }

    /** Waits for what is under way, at most some seconds, and closes; the shared producer closes with its last sink. */
    public Future<Void> close() {
        vertx.cancelTimer(sweeper);
        List<Future<RecordMetadata>> open =
                pending.stream().map(waiting -> waiting.promise.future()).toList();
        return Future.join(open)
                .otherwiseEmpty()
                .compose(done -> producer.close())
                .timeout(5, TimeUnit.SECONDS)
                .otherwiseEmpty()
                .onComplete(closed -> bridge.close());
    }

    private void landed(
            Promise<RecordMetadata> promise, int bytes, @Nullable RecordMetadata metadata, @Nullable Throwable cause) {
        waitingBytes -= bytes;
        if (cause == null) {
            awayUntil = 0;
            promise.tryComplete(metadata);
        } else if (promise.tryFail(failure(cause))) {
            failed.increment();
            if (cause instanceof TimeoutException) {
                broken();
            }
        }
        while (!pending.isEmpty() && pending.getFirst().promise.future().isComplete()) {
            pending.removeFirst();
        }
    }

    private void sweep() {
        long tooOld = System.nanoTime() / 1_000_000 - patienceMillis;
        Iterator<Pending> oldest = pending.iterator();
        while (oldest.hasNext()) {
            Pending waiting = oldest.next();
            if (waiting.sentAt > tooOld) {
                return;
            }
            oldest.remove();
            if (waiting.promise.tryFail(
                    new SinkException(SinkException.Reason.TIMEOUT, "the broker did not acknowledge in time"))) {
                failed.increment();
                broken();
            }
        }
    }

    private void broken() {
        if (breaks) {
            awayUntil = System.nanoTime() / 1_000_000 + AWAY_MILLIS;
        }
    }

    private static SinkException failure(Throwable cause) {
        return cause instanceof TimeoutException
                ? new SinkException(SinkException.Reason.TIMEOUT, "the broker did not acknowledge in time", cause)
                : new SinkException(SinkException.Reason.REFUSED, "the record was refused: " + cause, cause);
    }

    private static ProducerRecord<String, byte[]> frame(
            ReplyAddress to, Event event, byte[] envelope, byte @Nullable [] value) {
        return new ProducerRecord<>(to.topic(), to.partition(), event.requestId(), value, header(envelope));
    }

    private static List<Header> header(byte[] envelope) {
        return List.of(new RecordHeader(Event.HEADER, envelope));
    }
}
