package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Event;
import dev.laneway.runtime.kafka.EventSource;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.SourceSettings;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source whose handlers are stuck holds so many bytes and no more, and reads all of the rest once they go on. */
@ExtendWith(SharedServers.class)
class InFlightBytesIT {
    private static final String TOPIC = "lw.test.bytes";
    private static final byte[] LARGE = new byte[10_000];
    private static final byte[] SMALL = {};
    private static final int LIMIT = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = Meters.create();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicBoolean stuck = new AtomicBoolean(true);
    private final Queue<Promise<Void>> held = new ConcurrentLinkedQueue<>();
    private KafkaSettings kafka;
    private KafkaProducer<String, byte[]> producer;
    private EventSource<String> source;
    private Context context;

    @BeforeEach
    void start(SharedServers shared) throws Exception {
        kafka = Brokers.operator(shared.fresh().kafka());
        Map<String, Object> client = Brokers.client(kafka);
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
        context = vertx.getOrCreateContext();
        source = Future.<EventSource<String>>future(opened -> context.runOnContext(v -> {
                    EventSource<String> made = EventSource.open(
                            vertx,
                            kafka,
                            new SourceSettings("bytes-test", "lw.test-bytes", 10_000, false, LIMIT),
                            (topic, envelope) -> "event",
                            this::handle,
                            (record, reason) -> Future.succeededFuture(),
                            meters);
                    made.topics(Set.of(TOPIC)).map(made).onComplete(opened);
                }))
                .await(20, TimeUnit.SECONDS);
        source.joined().await(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        stuck.set(false);
        Future.<Void>future(left -> context.runOnContext(
                        v -> source.drain(Duration.ofSeconds(5)).onComplete(left)))
                .await(30, TimeUnit.SECONDS);
        vertx.close().await(20, TimeUnit.SECONDS);
        producer.close(Duration.ofSeconds(1));
        meters.close();
    }

    private Future<Void> handle(Taken<String> event) {
        taken.incrementAndGet();
        Promise<Void> promise = Promise.promise();
        if (stuck.get()) {
            held.add(promise);
        } else {
            promise.complete();
        }
        return promise.future().onSuccess(v -> done.incrementAndGet());
    }

    private void send(int count, byte @Nullable [] value, byte[] envelope) throws Exception {
        for (int i = 0; i < count; i++) {
            producer.send(new ProducerRecord<>(
                            TOPIC, i % 3, "key", value, List.of(new RecordHeader(Event.HEADER, envelope))))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldTakeNoMoreThanItMayHoldAndAllOfItInTheEnd() throws Exception {
        shouldTakeNoMoreThanItMayHold(LARGE, SMALL);
    }

    @Test
    void shouldCountTheEnvelopesOfEventsThatAreNothingElse() throws Exception {
        shouldTakeNoMoreThanItMayHold(null, LARGE);
    }

    private void shouldTakeNoMoreThanItMayHold(byte @Nullable [] value, byte[] envelope) throws Exception {
        int first = LIMIT / LARGE.length;
        send(first, value, envelope);
        await().atMost(Duration.ofSeconds(30)).until(() -> taken.get() == first);
        send(200, value, envelope);
        await().during(Duration.ofSeconds(1)).until(() -> taken.get() == first);
        boolean paused = meters.scrape().contains("laneway_source_bytes_pauses_total{role=\"bytes-test\"} 1.0");

        stuck.set(false);
        context.runOnContext(v -> held.forEach(Promise::complete));

        await().atMost(Duration.ofSeconds(30)).until(() -> done.get() == first + 200);
        assertThat(paused).isTrue();
    }
}
