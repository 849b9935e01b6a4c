package dev.laneway.runtime.kafka;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a span of one partition, once. Blocks: never to be called on an event loop. */
public final class RecordReader {
    private RecordReader() {}

    /**
     * Hands out what is there between two offsets, both included, in order.
     *
     * @return true at the last one or at the end of the partition; false when the patience is over before: more may be there
     */
    public static boolean read(
            KafkaSettings kafka,
            String name,
            TopicPartition partition,
            long first,
            long last,
            Duration patience,
            Consumer<ConsumerRecord<String, byte[]>> consumer) {
        long until = System.nanoTime() + patience.toNanos();
        try (KafkaConsumer<String, byte[]> reading = new KafkaConsumer<>(kafka.assignedConsumer(name))) {
            reading.assign(Set.of(partition));
            long end = Math.min(
                    last, reading.endOffsets(Set.of(partition), patience).getOrDefault(partition, 0L) - 1);
            reading.seek(partition, first);
            while (reading.position(partition) <= end && System.nanoTime() < until) {
                for (ConsumerRecord<String, byte[]> record : reading.poll(Duration.ofMillis(200))) {
                    if (record.offset() <= end && record.offset() >= first) {
                        consumer.accept(record);
                    }
                }
            }
            boolean whole = reading.position(partition) > end;
            // else it would wait for what it asked for in advance, and nobody reads
            reading.close(CloseOptions.timeout(Duration.ZERO));
            return whole;
        }
    }
}
