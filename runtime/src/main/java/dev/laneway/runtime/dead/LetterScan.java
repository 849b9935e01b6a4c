package dev.laneway.runtime.dead;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.RecordReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads dead-letter topics from their beginning. Of letters of one origin the first counts. Blocks. */
final class LetterScan {
    /** Letters that are held at once; of more, the oldest are left out. */
    static final int MOST = 10_000;

    private static final int ANSWER_SECONDS = 10;

    private final KafkaSettings kafka;
    private final Duration patience;

    /**
     * What was found.
     *
     * @param letters oldest first, by topic
     * @param complete false where there are more
     */
    record Found(List<DeadLetter> letters, boolean complete) {}

    /** A letter with all that is kept of its record. */
    record Whole(DeadLetter letter, ConsumerRecord<String, byte[]> record) {}

    LetterScan(KafkaSettings kafka, Duration patience) {
        this.kafka = kafka;
        this.patience = patience;
    }

    /**
     * All letters.
     *
     * @param zone of one zone only, null for both
     * @param lane of one lane only, null for all
     * @throws Exception where the broker does not answer
     */
    Found list(@Nullable Zone zone, @Nullable String lane) throws Exception {
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        boolean[] complete = {true};
        for (TopicPartition partition : partitions(zone, lane)) {
            complete[0] &= read(partition, record -> {
                take(letters, record);
                if (letters.size() > MOST) {
                    letters.remove(letters.keySet().iterator().next());
                    complete[0] = false;
                }
            });
        }
        return new Found(List.copyOf(letters.values()), complete[0]);
    }

    /** @throws Exception where the broker does not answer */
    @Nullable
    Whole find(String id) throws Exception {
        var topic = DeadLetter.topic(id);
        if (topic.isEmpty()) {
            return null;
        }
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        List<ConsumerRecord<String, byte[]>> first = new ArrayList<>(1);
        for (TopicPartition partition :
                partitions(topic.get().zone(), topic.get().lane())) {
            read(partition, record -> {
                if (id.equals(Marks.text(record.headers(), Marks.ORIGIN))) {
                    if (letters.isEmpty()) {
                        first.add(record);
                    }
                    take(letters, record);
                }
            });
        }
        DeadLetter letter = letters.get(id);
        return letter == null ? null : new Whole(letter, first.getFirst());
    }

    private static void take(Map<String, DeadLetter> letters, ConsumerRecord<String, byte[]> record) {
        DeadLetter.Replayed.of(record)
                .ifPresentOrElse(
                        replayed -> letters.computeIfPresent(
                                String.valueOf(Marks.text(record.headers(), Marks.ORIGIN)),
                                (id, letter) -> letter.with(replayed)),
                        () -> DeadLetter.of(record).ifPresent(letter -> letters.putIfAbsent(letter.id(), letter)));
    }

    private boolean read(TopicPartition partition, Consumer<ConsumerRecord<String, byte[]>> consumer) {
        return RecordReader.read(kafka, "laneway-dead", partition, 0, Long.MAX_VALUE, patience, consumer);
    }

    private List<TopicPartition> partitions(@Nullable Zone zone, @Nullable String lane) throws Exception {
        try (Admin admin = Admin.create(kafka.admin("laneway-dead-admin"))) {
            Set<String> names = new TreeSet<>(admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS));
            names.removeIf(name -> !isDead(name, zone, lane));
            List<TopicPartition> partitions = new ArrayList<>();
            admin.describeTopics(names)
                    .allTopicNames()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .forEach((name, topic) -> topic.partitions()
                            .forEach(info -> partitions.add(new TopicPartition(name, info.partition()))));
            return partitions;
        }
    }

    private static boolean isDead(String topic, @Nullable Zone zone, @Nullable String lane) {
        String[] parts = topic.split("\\.", -1);
        return parts.length == 4
                && parts[0].equals("lw")
                && parts[2].equals("dead")
                && (zone == null || parts[1].equals(zone.id()))
                && (lane == null || parts[3].equals(lane));
    }
}
