package dev.laneway.runtime.kafka;

import io.vertx.core.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes a record that nobody can read, and keeps it where an operator finds it. */
@FunctionalInterface
public interface PoisonHandler {
    /**
     * Keeps the record; when the future succeeds, the source counts it as finished.
     *
     * @param reason why it can't be read; quotes nothing of it
     */
    Future<Void> handle(ConsumerRecord<String, byte[]> record, String reason);
}
