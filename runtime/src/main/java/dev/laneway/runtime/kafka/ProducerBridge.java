package dev.laneway.runtime.kafka;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Carries records from one event loop to a producer, whose sends may block, and acknowledgements back: what one turn of the loop
 * publishes crosses as one task, and so does what the broker has acknowledged when the loop gets to it. Each record by itself would
 * cost three crossings. Order is kept. To be used on the context it was made on; what waits is bounded by the sink.
 */
final class ProducerBridge {
    /** Longer than a producer of ours ever blocks. */
    private static final long LONGEST_BLOCK_SECONDS = 180;

    private final Vertx vertx;
    private final Context context;
    private final WorkerExecutor thread;
    private final Producer<String, byte[]> producer;
    /** Only on the thread that sends. */
    private final Spread spread;

    private final Queue<Arrival> arriving = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean arrivalDue = new AtomicBoolean();
    private List<Departure> leaving = new ArrayList<>();
    private boolean departureDue;
    private long departureAt = Long.MAX_VALUE;

    /** Is told once, on the sink's context. */
    interface Landing {
        /** @param cause why it was not acknowledged; null where it was */
        void landed(@Nullable RecordMetadata metadata, @Nullable Throwable cause);
    }

    /** @param anywhere whether the partition is still to be chosen, and none is better than another */
    private record Departure(ProducerRecord<String, byte[]> record, boolean anywhere, Landing landing) {}

    private record Arrival(
            Landing landing,
            @Nullable RecordMetadata metadata,
            @Nullable Throwable cause) {}

    /** @param name sinks of one name share the thread that sends, as they share the producer */
    ProducerBridge(Vertx vertx, String name, Producer<String, byte[]> producer) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.thread =
                vertx.createSharedWorkerExecutor("laneway-sink-" + name, 1, LONGEST_BLOCK_SECONDS, TimeUnit.SECONDS);
        this.producer = producer;
        this.spread = new Spread(topic -> producer.partitionsFor(topic).size());
    }

    /** Leaves at the end of the loop's turn. */
    void send(ProducerRecord<String, byte[]> record, Landing landing) {
        leave(new Departure(record, false, landing));
    }

    /** The same, to any partition. */
    void sendAnywhere(ProducerRecord<String, byte[]> record, Landing landing) {
        leave(new Departure(record, true, landing));
    }

    private void leave(Departure departure) {
        leaving.add(departure);
        if (!departureDue) {
            departureDue = true;
            context.runOnContext(v -> depart());
        }
    }

    /** Leaves with the next that does, or so many milliseconds later: a request of its own would cost much. */
    void sendWithin(long millis, ProducerRecord<String, byte[]> record, Landing landing) {
        leaving.add(new Departure(record, false, landing));
        if (departureDue) {
            return;
        }
        long at = System.nanoTime() / 1_000_000 + millis;
        if (at < departureAt) {
            departureAt = at;
            vertx.setTimer(millis, id -> {
                if (departureAt == at) {
                    depart();
                }
            });
        }
    }

    void close() {
        thread.close();
    }

    private void depart() {
        departureDue = false;
        departureAt = Long.MAX_VALUE;
        if (leaving.isEmpty()) {
            return;
        }
        List<Departure> together = leaving;
        leaving = new ArrayList<>();
        thread.executeBlocking(
                        () -> {
                            together.forEach(this::produce);
                            return null;
                        },
                        false)
                .onFailure(closed -> together.forEach(one -> arrive(new Arrival(one.landing, null, closed))));
    }

    /** On the thread that may block. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    private void produce(Departure departure) {
        try {
            producer.send(
                    placed(departure), (metadata, cause) -> arrive(new Arrival(departure.landing, metadata, cause)));
        } catch (RuntimeException e) {
            arrive(new Arrival(departure.landing, null, e));
        }
    }

    private ProducerRecord<String, byte[]> placed(Departure departure) {
        ProducerRecord<String, byte[]> record = departure.record;
        return departure.anywhere
                ? new ProducerRecord<>(
                        record.topic(), spread.next(record.topic()), record.key(), record.value(), record.headers())
                : record;
    }

    /** On any thread. */
    private void arrive(Arrival arrival) {
        arriving.add(arrival);
        if (arrivalDue.compareAndSet(false, true)) {
            context.runOnContext(v -> land());
        }
    }

    private void land() {
        arrivalDue.set(false);
        for (Arrival arrival = arriving.poll(); arrival != null; arrival = arriving.poll()) {
            arrival.landing.landed(arrival.metadata, arrival.cause);
        }
    }
}
