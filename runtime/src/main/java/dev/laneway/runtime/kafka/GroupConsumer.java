package dev.laneway.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A consumer that knows at once, on the thread that polls, which partitions it has lost. The Vert.x stream hears of that a turn of the event
 * loop later: until then it would go on to commit and to begin with what another member owns.
 */
final class GroupConsumer extends KafkaConsumer<String, byte[]> {
    private final Map<TopicPartition, Long> owned = new ConcurrentHashMap<>();
    private final AtomicLong assignments = new AtomicLong();

    GroupConsumer(Map<String, Object> config) {
        super(config);
    }

    /** Numbers the assignment by which a partition is ours; 0 where it isn't. Safe on any thread. */
    long ownership(TopicPartition partition) {
        return owned.getOrDefault(partition, 0L);
    }

    /** Ends the poll that runs, or the next one, so that what waits behind it has its turn. Safe on any thread. */
    void hurry() {
        wakeup();
    }

    @Override
    public ConsumerRecords<String, byte[]> poll(Duration timeout) {
        try {
            return super.poll(timeout);
        } catch (WakeupException hurried) {
            return ConsumerRecords.empty();
        }
    }

    /** Commits what is still ours of it. */
    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> ours = new HashMap<>(offsets);
        ours.keySet().retainAll(owned.keySet());
        if (ours.isEmpty()) {
            return;
        }
        try {
            super.commitSync(ours);
        } catch (WakeupException hurried) { // it was meant for a poll
            super.commitSync(ours);
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                partitions.forEach(partition -> owned.put(partition, assignments.incrementAndGet()));
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                owned.keySet().removeAll(partitions);
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                owned.keySet().removeAll(partitions);
                listener.onPartitionsLost(partitions);
            }
        });
    }
}
