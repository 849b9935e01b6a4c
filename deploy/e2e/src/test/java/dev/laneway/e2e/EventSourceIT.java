package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Event;
import dev.laneway.runtime.kafka.EventSource;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.SourceSettings;
import dev.laneway.runtime.kafka.TailSource;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.ServicesConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources over a real broker: what comes and goes under them loses nothing, and ends nothing. */
@ExtendWith(SharedServers.class)
class EventSourceIT {
    private static final String TOPIC = "lw.cloud.requests.premium.interactive";
    private static final String GROUP = "lw.cloud.test";
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = Meters.create();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final List<String> poisoned = Collections.synchronizedList(new ArrayList<>());
    private final List<EventSource<String>> open = new ArrayList<>();
    private final Map<EventSource<String>, Context> contexts = new HashMap<>();
    private KafkaSettings kafka;
    private Admin admin;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start(SharedServers shared) throws Exception {
        connect(Brokers.operator(shared.fresh().kafka()));
    }

    private void connect(KafkaSettings settings) throws Exception {
        kafka = settings;
        Map<String, Object> client = Brokers.client(kafka);
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        makeTopic();
    }

    @AfterEach
    void stop() throws Exception {
        for (EventSource<String> source : open) {
            leave(source, Duration.ofSeconds(5)).await(30, TimeUnit.SECONDS);
        }
        vertx.close().await(20, TimeUnit.SECONDS);
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
        meters.close();
    }

    private void makeTopic() throws Exception {
        admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    private EventSource<String> join(Function<Taken<String>, Future<Void>> handler) throws Exception {
        Context context = vertx.getOrCreateContext();
        EventSource<String> source = Future.<EventSource<String>>future(opened -> context.runOnContext(v -> {
                    EventSource<String> made = EventSource.open(
                            vertx,
                            kafka,
                            new SourceSettings("test-" + open.size(), GROUP, 50),
                            (topic, envelope) -> read(envelope),
                            handler,
                            (record, reason) -> {
                                poisoned.add(reason);
                                return Future.succeededFuture();
                            },
                            meters);
                    made.topics(Set.of(TOPIC)).map(made).onComplete(opened);
                }))
                .await(20, TimeUnit.SECONDS);
        contexts.put(source, context);
        open.add(source);
        source.joined().await(30, TimeUnit.SECONDS);
        return source;
    }

    private static String read(byte[] envelope) {
        String text = new String(envelope, StandardCharsets.UTF_8);
        if (text.startsWith("defect")) {
            throw new IllegalStateException("secret words of the envelope");
        }
        return text;
    }

    private Future<Void> leave(EventSource<String> source, Duration patience) {
        return Future.future(left ->
                contexts.get(source).runOnContext(v -> source.drain(patience).onComplete(left)));
    }

    private Future<Void> atOnce(Taken<String> taken) {
        handled.add(taken.event());
        return Future.succeededFuture();
    }

    private Future<Void> afterAWhile(Taken<String> taken) {
        return vertx.timer(1 + taken.offset() % 60).map(waited -> {
            handled.add(taken.event());
            return null;
        });
    }

    private List<String> send(String prefix, int count) throws Exception {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = prefix + i;
            producer.send(new ProducerRecord<>(
                            TOPIC,
                            null,
                            text,
                            new byte[0],
                            List.of(new RecordHeader(Event.HEADER, text.getBytes(StandardCharsets.UTF_8)))))
                    .get(10, TimeUnit.SECONDS);
            sent.add(text);
        }
        return sent;
    }

    private long behind() throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int i = 0; i < PARTITIONS; i++) {
            latest.put(new TopicPartition(TOPIC, i), OffsetSpec.latest());
        }
        var committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS);
        long behind = 0;
        for (var end : admin.listOffsets(latest).all().get(10, TimeUnit.SECONDS).entrySet()) {
            var at = committed.get(end.getKey());
            behind += end.getValue().offset() - (at == null ? 0 : at.offset());
        }
        return behind;
    }

    @Test
    void shouldBuryWhatItsDecoderFailsAtAndReadOn() throws Exception {
        join(this::atOnce);

        send("defect", 8);
        List<String> sent = send("good", 20);

        await().atMost(PATIENCE).until(() -> handled.containsAll(sent));
        assertThat(poisoned).hasSize(8).allSatisfy(reason -> assertThat(reason).doesNotContain("secret"));
        await().atMost(PATIENCE).until(() -> behind() == 0);
    }

    @Test
    void shouldGiveUpWhatItsHandlerFailsAtByADefect() throws Exception {
        join(taken -> {
            if (taken.event().startsWith("bad")) {
                throw new IllegalStateException("secret words of the envelope");
            }
            return atOnce(taken);
        });

        send("bad", 4);
        List<String> sent = send("good", 20);

        await().atMost(PATIENCE).until(() -> poisoned.size() == 4);
        assertThat(poisoned)
                .allSatisfy(reason -> assertThat(reason)
                        .startsWith("handler failed: java.lang.IllegalStateException at ")
                        .doesNotContain("secret"));
        await().atMost(PATIENCE).until(() -> behind() == 0);
        assertThat(handled).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void shouldReadATopicThatWasMadeAgain() throws Exception {
        join(this::atOnce);
        List<String> before = send("before", 200);
        await().atMost(PATIENCE).until(() -> handled.containsAll(before));

        admin.deleteTopics(Set.of(TOPIC)).all().get(20, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(TOPIC));
        makeTopic();
        List<String> after = send("after", 40);

        await().atMost(PATIENCE).until(() -> handled.containsAll(after));
        await().atMost(PATIENCE).until(() -> behind() == 0);
    }

    @Test
    void shouldLoseNothingWhileMembersComeAndGo() throws Exception {
        Set<String> sent = new TreeSet<>();
        EventSource<String> first = join(this::afterAWhile);
        sent.addAll(send("a", 300));
        EventSource<String> second = join(this::afterAWhile);
        sent.addAll(send("b", 300));
        leave(first, Duration.ofSeconds(5)).await(30, TimeUnit.SECONDS);
        sent.addAll(send("c", 300));
        join(this::afterAWhile);
        leave(second, Duration.ofMillis(1)).await(30, TimeUnit.SECONDS);
        sent.addAll(send("d", 300));

        await().atMost(PATIENCE).until(() -> handled.size() == sent.size());
        assertThat(handled).containsExactlyInAnyOrderElementsOf(sent);
        await().atMost(PATIENCE).until(() -> behind() == 0);
    }

    @Test
    void shouldTellWhatMovesToAnotherMember() throws Exception {
        Set<TopicPartition> moved = ConcurrentHashMap.newKeySet();
        EventSource<String> first = join(this::atOnce);
        contexts.get(first).runOnContext(v -> first.whenMoved(moved::addAll));

        join(this::atOnce);

        await().atMost(PATIENCE).until(() -> moved.size() == PARTITIONS / 2);
    }

    @Test
    void shouldLeaveInTimeWithTheBrokerAway() throws Exception {
        try (EmbeddedServices own = EmbeddedServices.start(ServicesConfig.temporary())) {
            producer.close();
            admin.close();
            connect(Brokers.operator(SharedServers.kafka(own)));
            Promise<Void> finish = Promise.promise();
            EventSource<String> source = join(taken -> {
                handled.add(taken.event());
                return finish.future();
            });
            List<String> sent = send("last", 20);
            await().atMost(PATIENCE).until(() -> handled.containsAll(sent));
            own.close();
            contexts.get(source).runOnContext(v -> finish.complete());
            long from = System.nanoTime();

            leave(source, Duration.ofSeconds(1)).otherwiseEmpty().await(60, TimeUnit.SECONDS);

            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(12));
        }
    }

    /** The quickest of some, on however busy a machine: a start opens many of them, one after the other. */
    @Test
    void shouldOpenATailWithoutWaitingForRecords() throws Exception {
        Duration quickest = PATIENCE;
        for (int i = 0; i < 5; i++) {
            long begun = System.nanoTime();
            TailSource tail = openTail().await(20, TimeUnit.SECONDS);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            tail.close().await(20, TimeUnit.SECONDS);
            quickest = took.compareTo(quickest) < 0 ? took : quickest;
        }

        assertThat(quickest).as("a fetch of nothing takes 500 ms").isLessThan(Duration.ofMillis(400));
    }

    private Future<TailSource> openTail() {
        Context context = vertx.getOrCreateContext();
        return Future.future(opened -> context.runOnContext(v -> TailSource.open(
                        vertx,
                        kafka,
                        "test-tail",
                        TailSource.partitions(TOPIC, PARTITIONS),
                        TailSource.From.BEGINNING,
                        record -> {})
                .onComplete(opened)));
    }
}
