package dev.laneway.provider.reply;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import io.vertx.core.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Where a worker publishes. Records for one partition keep the order in which they were given. To be used on its context. */
public interface Outbox {
    /** Whether frames may be given to it just now. It takes outcomes even where it has no room. */
    boolean hasRoom();

    /** Publishes a frame; the future succeeds when the broker has acknowledged it. */
    Future<RecordMetadata> frame(ReplyAddress to, Reply.Frame frame, byte[] bytes);

    /**
     * Publishes a failed attempt.
     *
     * @param topic a failures topic of the zone, lane and class that the attempt's topic names
     * @param body the client's body, as the attempt had it
     */
    Future<RecordMetadata> failed(String topic, FailedAttempt failed, byte[] body);

    Future<RecordMetadata> fact(Fact.Attempted fact);

    Future<RecordMetadata> health(Health health);
}
