package dev.laneway.chaos.attack;

import dev.laneway.chaos.load.Workload;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestDraft;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes requests that nobody waits for, as an ingress would for jobs. Blocks. */
final class DeferredWork {
    private static final EventCodec<Request> CODEC = EventCodec.of(Request.class);
    private static final byte[] BODY = ("{\"model\":\"" + Workload.BATCH + "\",\"max_tokens\":16,\"messages\":"
                    + "[{\"role\":\"user\",\"content\":\"Say in one sentence what a lane is.\"}]}")
            .getBytes(StandardCharsets.UTF_8);

    private DeferredWork() {}

    /**
     * Returns when the broker has acknowledged all.
     *
     * @param deadline of each, epoch milliseconds
     */
    static void publish(KafkaSettings kafka, int count, long deadline) {
        Map<String, Object> config = new HashMap<>(kafka.security());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            String topic = Topics.requests(Zone.CLOUD, Workload.BATCH_LANE, WorkClass.DEFERRED);
            for (int i = 0; i < count; i++) {
                Request request = request(deadline);
                var _ = producer.send(
                        new ProducerRecord<>(
                                topic,
                                null,
                                request.id(),
                                BODY,
                                List.of(new RecordHeader(Event.HEADER, CODEC.encode(request)))),
                        (sent, cause) -> {
                            if (cause != null) {
                                failed.set(cause);
                            }
                        });
            }
        }
        Exception cause = failed.get();
        if (cause != null) {
            throw new KafkaException("the backlog could not be published", cause);
        }
    }

    private static Request request(long deadline) {
        long now = System.currentTimeMillis();
        return new RequestDraft()
                .id(RequestIds.next(now))
                .owner("master")
                .route(Workload.BATCH)
                .lane(Workload.BATCH_LANE)
                .zone(Zone.CLOUD)
                .workClass(WorkClass.DEFERRED)
                .dialect(Dialect.OPENAI_CHAT)
                .inputTokens(32)
                .maxTokens(16)
                .acceptedAt(now)
                .deadline(deadline)
                .configVersion("1")
                .build();
    }
}
