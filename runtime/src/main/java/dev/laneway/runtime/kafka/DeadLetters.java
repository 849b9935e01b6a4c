package dev.laneway.runtime.kafka;

import dev.laneway.contracts.Topics;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes poison records, as they were, to the dead-letter topic of their zone and lane, with the reason in a header. */
public final class DeadLetters implements PoisonHandler {
    /** Why the record is there. */
    public static final String REASON_HEADER = "lw-reason";
    /** {@code topic-partition@offset} that it had. */
    public static final String ORIGIN_HEADER = "lw-origin";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final EventSink sink;

    public DeadLetters(EventSink sink) {
        this.sink = sink;
    }

    @Override
    public Future<Void> handle(ConsumerRecord<String, byte[]> record, String reason) {
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        LOG.error("poison record {}: {}", origin, reason);
        Optional<Topics.Parsed> topic = Topics.parse(record.topic());
        if (topic.isEmpty()) {
            return Future.succeededFuture();
        }
        ProducerRecord<String, byte[]> dead = new ProducerRecord<>(
                Topics.dead(topic.get().zone(), topic.get().lane()),
                null,
                record.key(),
                record.value(),
                record.headers());
        dead.headers().add(REASON_HEADER, reason.getBytes(StandardCharsets.UTF_8));
        dead.headers().add(ORIGIN_HEADER, origin.getBytes(StandardCharsets.UTF_8));
        return sink.send(dead).mapEmpty();
    }
}
