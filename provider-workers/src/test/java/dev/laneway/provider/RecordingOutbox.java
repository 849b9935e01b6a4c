package dev.laneway.provider;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.provider.reply.Outbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Keeps what is published, in order, and acknowledges at once, or when told. */
final class RecordingOutbox implements Outbox {
    /** What was published. */
    sealed interface Sent {}

    record SentFrame(ReplyAddress to, Reply.Frame frame, byte[] bytes) implements Sent {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    record SentFailure(String topic, FailedAttempt failed, byte[] body) implements Sent {}

    record SentFact(Fact.Attempted fact) implements Sent {}

    record SentHealth(Health health) implements Sent {}

    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<Runnable> held = new CopyOnWriteArrayList<>();
    volatile boolean hold;
    volatile int refuseFrames;
    volatile int refuseOutcomes;
    volatile boolean room = true;
    /** Of all frames. */
    volatile long answerBytes;

    private long offset = 100;

    List<SentFrame> frames() {
        return of(SentFrame.class);
    }

    List<SentFailure> failures() {
        return of(SentFailure.class);
    }

    List<Fact.Attempted> facts() {
        return of(SentFact.class).stream().map(SentFact::fact).toList();
    }

    List<Health> health() {
        return of(SentHealth.class).stream().map(SentHealth::health).toList();
    }

    String answer() {
        StringBuilder all = new StringBuilder();
        frames().forEach(frame -> all.append(frame.text()));
        return all.toString();
    }

    @Override
    public boolean hasRoom() {
        return room;
    }

    @Override
    public Future<RecordMetadata> frame(ReplyAddress to, Reply.Frame frame, byte[] bytes) {
        if (refuseFrames > 0) {
            refuseFrames--;
            return Future.failedFuture("refused");
        }
        answerBytes += bytes.length;
        return publish(new SentFrame(to, frame, bytes), to.topic(), to.partition());
    }

    @Override
    public Future<RecordMetadata> failed(String topic, FailedAttempt failed, byte[] body) {
        return outcome(new SentFailure(topic, failed, body), topic);
    }

    @Override
    public Future<RecordMetadata> fact(Fact.Attempted fact) {
        return outcome(new SentFact(fact), "lw.usage");
    }

    @Override
    public Future<RecordMetadata> health(Health health) {
        return publish(new SentHealth(health), "lw.health", 0);
    }

    private Future<RecordMetadata> outcome(Sent what, String topic) {
        if (refuseOutcomes > 0) {
            refuseOutcomes--;
            return Future.failedFuture("refused");
        }
        return publish(what, topic, 0);
    }

    private Future<RecordMetadata> publish(Sent what, String topic, int partition) {
        sent.add(what);
        RecordMetadata metadata = new RecordMetadata(new TopicPartition(topic, partition), offset++, 0, 0, 0, 0);
        if (!hold) {
            return Future.succeededFuture(metadata);
        }
        Promise<RecordMetadata> promise = Promise.promise();
        held.add(() -> promise.tryComplete(metadata));
        return promise.future();
    }

    private <S extends Sent> List<S> of(Class<S> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
