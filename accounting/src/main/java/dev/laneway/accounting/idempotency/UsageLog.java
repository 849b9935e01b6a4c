package dev.laneway.accounting.idempotency;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** The facts with names that {@code lw.usage} holds. Blocks. */
final class UsageLog {
    /** What an envelope with names holds: most have none, and need not be decoded. */
    private static final byte[] MARK = "\"names\":{".getBytes(StandardCharsets.US_ASCII);

    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);

    private final KafkaSettings kafka;

    UsageLog(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** Whether nothing was ever said. */
    boolean empty() {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            Set<TopicPartition> partitions = partitions(consumer);
            return consumer.endOffsets(partitions, ANSWER).values().stream().allMatch(end -> end == 0);
        }
    }

    /**
     * Hands out the facts with names from a time on, up to what is there at the beginning; those of a request in their order.
     *
     * @param taker is given some at a time; may block, which holds up the reading
     */
    void read(long sinceMillis, Consumer<List<Fact.OfRequest>> taker) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            Set<TopicPartition> left = partitions(consumer);
            consumer.assign(left);
            Map<TopicPartition, Long> ends = consumer.endOffsets(left, ANSWER);
            Map<TopicPartition, Long> times = new HashMap<>();
            left.forEach(partition -> times.put(partition, sinceMillis));
            Map<TopicPartition, Long> begins = new HashMap<>();
            consumer.offsetsForTimes(times, ANSWER).forEach((partition, first) -> {
                if (first != null) { // else nothing is that young
                    begins.put(partition, first.offset());
                }
            });
            left.removeIf(
                    partition -> begins.getOrDefault(partition, Long.MAX_VALUE) >= ends.getOrDefault(partition, 0L));
            consumer.assign(left);
            left.forEach(partition -> consumer.seek(partition, begins.getOrDefault(partition, 0L)));
            while (!left.isEmpty()) {
                List<Fact.OfRequest> named = new ArrayList<>();
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < ends.getOrDefault(partition, 0L)) {
                        take(record, named);
                    }
                }
                if (!named.isEmpty()) {
                    taker.accept(named);
                }
                left.removeIf(partition -> consumer.position(partition, ANSWER) >= ends.getOrDefault(partition, 0L));
            }
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(kafka.assignedConsumer("accounting-names"));
    }

    private static Set<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        Set<TopicPartition> partitions = new HashSet<>();
        consumer.partitionsFor(Topics.USAGE, ANSWER)
                .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        return partitions;
    }

    private static void take(ConsumerRecord<String, byte[]> record, List<Fact.OfRequest> named) {
        Header header = record.headers().lastHeader(Event.HEADER);
        if (header == null || header.value() == null || !holds(header.value())) {
            return;
        }
        try {
            if (FACTS.decode(header.value()) instanceof Fact.OfRequest fact) {
                named.add(fact);
            }
        } catch (UndecodableException e) {
            // the ledger, which reads it too, has said so
        }
    }

    static boolean holds(byte[] envelope) {
        for (int i = 0; i <= envelope.length - MARK.length; i++) {
            int same = 0;
            while (same < MARK.length && envelope[i + same] == MARK[same]) {
                same++;
            }
            if (same == MARK.length) {
                return true;
            }
        }
        return false;
    }
}
