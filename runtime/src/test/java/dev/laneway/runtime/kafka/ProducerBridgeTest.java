package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProducerBridgeTest {
    private static final long AN_HOUR = 3_600_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final List<String> landed = new CopyOnWriteArrayList<>();
    private ProducerBridge bridge;

    @BeforeEach
    void open() {
        context.runOnContext(v -> bridge = new ProducerBridge(vertx, "test", producer));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static ProducerRecord<String, byte[]> record(String key) {
        return new ProducerRecord<>("topic", 0, key, new byte[0]);
    }

    private ProducerBridge.Landing landing(String key) {
        return (metadata, cause) -> landed.add(cause == null ? key : key + " failed");
    }

    private List<String> sent() {
        return producer.history().stream().map(ProducerRecord::key).toList();
    }

    @Test
    void shouldKeepTheOrderOfWhatLeavesNowAndLater() {
        context.runOnContext(v -> {
            bridge.sendWithin(AN_HOUR, record("a"), landing("a"));
            bridge.send(record("b"), landing("b"));
            bridge.sendWithin(AN_HOUR, record("c"), landing("c"));
        });

        await().until(() -> landed.size() == 3);

        assertThat(sent()).containsExactly("a", "b", "c");
        assertThat(landed).containsExactly("a", "b", "c");
    }

    @Test
    void shouldSendWhatWaitsWhenItsTimeHasComeThoughAnotherMayWaitForLonger() {
        context.runOnContext(v -> {
            bridge.sendWithin(AN_HOUR, record("patient"), landing("patient"));
            bridge.sendWithin(5, record("hasty"), landing("hasty"));
        });

        await().until(() -> landed.size() == 2);

        assertThat(sent()).containsExactly("patient", "hasty");
    }

    @Test
    void shouldTellEachWhyItsRecordDidNotLeave() {
        producer.sendException = new IllegalStateException("the producer is closed");

        context.runOnContext(v -> {
            bridge.send(record("a"), landing("a"));
            bridge.send(record("b"), landing("b"));
        });

        await().until(() -> landed.size() == 2);
        assertThat(landed).containsExactly("a failed", "b failed");
    }
}
