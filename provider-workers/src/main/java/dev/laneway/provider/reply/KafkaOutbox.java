package dev.laneway.provider.reply;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.kafka.EventSink;
import io.vertx.core.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** An outbox over one patient sink: what was answered must not be lost while a broker restarts. */
public final class KafkaOutbox implements Outbox {
    /** Below the sink's own bound, so that there is room for outcomes. */
    private static final long FRAME_BYTES = 32L << 20;

    private static final EventCodec<Reply> REPLIES = EventCodec.of(Reply.class);
    private static final EventCodec<FailedAttempt> FAILURES = EventCodec.of(FailedAttempt.class);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    private static final EventCodec<Health> HEALTH = EventCodec.of(Health.class);

    private final EventSink sink;
    private long waiting;

    public KafkaOutbox(EventSink sink) {
        this.sink = sink;
    }

    @Override
    public boolean hasRoom() {
        return waiting < FRAME_BYTES;
    }

    @Override
    public Future<RecordMetadata> frame(ReplyAddress to, Reply.Frame frame, byte[] bytes) {
        waiting += bytes.length;
        byte[] envelope = REPLIES.encode(frame);
        // the first frame is what the client waits for
        Future<RecordMetadata> sent = frame.head() != null
                ? sink.send(to, frame, envelope, bytes)
                : sink.sendFlowing(to, frame, envelope, bytes);
        return sent.onComplete((metadata, cause) -> waiting -= bytes.length);
    }

    @Override
    public Future<RecordMetadata> failed(String topic, FailedAttempt failed, byte[] body) {
        return sink.send(topic, failed, FAILURES.encode(failed), body);
    }

    @Override
    public Future<RecordMetadata> fact(Fact.Attempted fact) {
        return sink.sendLater(Topics.USAGE, fact, FACTS.encode(fact));
    }

    @Override
    public Future<RecordMetadata> health(Health health) {
        return sink.sendState(Topics.HEALTH, health.deployment(), HEALTH.encode(health));
    }
}
