package dev.laneway.runtime.dead;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.KeyPartition;
import dev.laneway.runtime.kafka.RecordReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What the facts say of a request.
 *
 * @param ended how it ended; null where it has not
 * @param attempts ids of its attempts that have an outcome
 */
record Past(@Nullable Status ended, Set<String> attempts) {
    static final Past NONE = new Past(null, Set.of());

    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    private static final int ANSWER_SECONDS = 10;
    /** Clocks differ; a record may be stamped before its request's id was made. */
    private static final long BEFORE_MILLIS = 60_000;

    Past {
        attempts = Set.copyOf(attempts);
    }

    /**
     * Reads the request's partition of {@code lw.usage}. Blocks.
     *
     * @throws Exception where the broker does not answer, or not in time
     */
    static Past read(KafkaSettings kafka, String requestId, Duration patience) throws Exception {
        long from = Math.max(0, RequestIds.acceptedAt(requestId).orElse(0) - BEFORE_MILLIS);
        TopicPartition partition;
        long first;
        try (Admin admin = Admin.create(kafka.admin("laneway-dead-admin"))) {
            int partitions = admin.describeTopics(Set.of(Topics.USAGE))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .partitions()
                    .size();
            partition = new TopicPartition(Topics.USAGE, KeyPartition.of(requestId, partitions));
            first = admin.listOffsets(Map.of(partition, OffsetSpec.forTimestamp(from)))
                    .partitionResult(partition)
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .offset();
        }
        if (first < 0) {
            return NONE;
        }
        List<Fact> facts = new ArrayList<>();
        boolean whole = RecordReader.read(
                kafka,
                "laneway-dead",
                partition,
                first,
                Long.MAX_VALUE,
                patience,
                record -> take(facts, requestId, record));
        if (!whole) {
            throw new IllegalStateException("the facts could not be read in " + patience.toSeconds() + " s");
        }
        return of(facts);
    }

    private static void take(List<Fact> facts, String requestId, ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(Event.HEADER);
        if (!requestId.equals(record.key()) || header == null || header.value() == null) {
            return;
        }
        try {
            facts.add(FACTS.decode(header.value()));
        } catch (UndecodableException e) {
            return; // accounting reports it
        }
    }

    static Past of(List<Fact> facts) {
        Status ended = null;
        Set<String> attempts = new TreeSet<>();
        for (Fact fact : facts) {
            Fact.Terminal terminal = switch (fact) {
                case Fact.Attempted made -> {
                    attempts.add(made.attempt());
                    yield made.terminal();
                }
                case Fact.Accepted accepted -> null;
                case Fact.Noticed noticed -> null;
                case Fact.Ended end -> end.terminal();
            };
            if (ended == null && terminal != null) {
                ended = terminal.status();
            }
        }
        return new Past(ended, attempts);
    }
}
