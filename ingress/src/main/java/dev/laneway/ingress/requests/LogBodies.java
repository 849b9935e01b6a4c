package dev.laneway.ingress.requests;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.body.BodyLostException;
import dev.laneway.runtime.body.BodyReader;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests topic of a lane from when the request was accepted, which any of its partitions may hold; what it costs is what
 * the lane took in until the request was published. At most {@value #MOST} at once, on threads of their own.
 */
public final class LogBodies implements RequestBodies {
    private static final int MOST = 8;
    private static final long BEFORE_MILLIS = 1_000;
    /** From acceptance to the broker's acknowledgement, the pieces of a large body among it. */
    private static final long PUBLISHED_MILLIS = 10_000;

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] NOTHING = {};
    private static final EventCodec<Request> REQUESTS = EventCodec.of(Request.class);
    private static final Executor THREADS =
            search -> Thread.ofVirtual().name("laneway-body-search").start(search);

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final BodyReader large;
    private final Semaphore free = new Semaphore(MOST);

    /** @param large puts bodies together that came in pieces; is closed with this */
    public LogBodies(Vertx vertx, KafkaSettings kafka, BodyReader large) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.large = large;
    }

    @Override
    public Future<Optional<Sent>> find(Fact.Subject subject) {
        if (!free.tryAcquire()) {
            return Future.failedFuture(new RequestHistory.Busy());
        }
        return Future.fromCompletionStage(
                        CompletableFuture.supplyAsync(() -> search(subject), THREADS), vertx.getOrCreateContext())
                .onComplete(done -> free.release())
                .compose(found -> found.isEmpty() ? Future.succeededFuture(found) : whole(found.get()));
    }

    @Override
    public void close() {
        large.close();
    }

    private Future<Optional<Sent>> whole(Sent sent) {
        if (sent.request().body() == null) {
            return Future.succeededFuture(Optional.of(sent));
        }
        return large.read(sent.request().body())
                .map(body -> Optional.of(new Sent(sent.request(), body)))
                .recover(cause -> cause instanceof BodyLostException
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(cause));
    }

    private Optional<Sent> search(Fact.Subject subject) {
        String topic = Topics.requests(subject.zone(), subject.lane(), subject.workClass());
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.assignedConsumer("ingress-bodies"))) {
            Map<TopicPartition, Long> times = new HashMap<>();
            consumer.partitionsFor(topic, ANSWER)
                    .forEach(info -> times.put(
                            new TopicPartition(topic, info.partition()),
                            Math.max(0, subject.acceptedAt() - BEFORE_MILLIS)));
            Map<TopicPartition, Long> ends = consumer.endOffsets(times.keySet(), ANSWER);
            Map<TopicPartition, Long> begins = new HashMap<>();
            consumer.offsetsForTimes(times, ANSWER).forEach((place, first) -> {
                if (first != null && first.offset() < ends.getOrDefault(place, 0L)) {
                    begins.put(place, first.offset());
                }
            });
            return Optional.ofNullable(read(consumer, begins, ends, subject));
        }
    }

    private static @Nullable Sent read(
            KafkaConsumer<String, byte[]> consumer,
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            Fact.Subject subject) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<TopicPartition> left = new HashSet<>(begins.keySet());
        consumer.assign(left);
        begins.forEach(consumer::seek);
        while (!left.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the search takes too long");
            }
            Set<TopicPartition> past = new HashSet<>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (record.timestamp() > subject.acceptedAt() + PUBLISHED_MILLIS) {
                    past.add(new TopicPartition(record.topic(), record.partition()));
                } else if (subject.id().equals(record.key())) {
                    Request request = decode(record);
                    if (request != null) {
                        return new Sent(request, record.value() == null ? NOTHING : record.value());
                    }
                }
            }
            if (left.removeIf(place ->
                    past.contains(place) || consumer.position(place, ANSWER) >= ends.getOrDefault(place, 0L))) {
                consumer.assign(left);
            }
        }
        return null;
    }

    private static @Nullable Request decode(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(Event.HEADER);
        try {
            return header == null ? null : REQUESTS.decode(header.value());
        } catch (UndecodableException e) {
            return null;
        }
    }
}
