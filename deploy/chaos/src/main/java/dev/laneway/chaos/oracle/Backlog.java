package dev.laneway.chaos.oracle;

import dev.laneway.contracts.Topics;
import dev.laneway.runtime.kafka.KafkaSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What of the topics of work nobody has committed yet, and dead letters. Blocks. */
public final class Backlog {
    private Backlog() {}

    /** Empty where every record of work and of usage is read and committed, and none is a dead letter. */
    public static List<Finding> read(KafkaSettings kafka) throws ExecutionException, InterruptedException {
        return read(kafka, 0);
    }

    /** The same, where so many records of dead-letter topics are meant. */
    public static List<Finding> read(KafkaSettings kafka, long letters)
            throws ExecutionException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Map<String, Long> dead = new TreeMap<>();
        try (Admin admin = Admin.create(kafka.admin("oracle"))) {
            Map<TopicPartition, Long> committed = committed(admin);
            ends(admin, work(admin)).forEach((partition, end) -> {
                String subject = partition.toString();
                long done = committed.getOrDefault(partition, 0L);
                if (partition.topic().contains(".dead.")) {
                    dead.put(subject, end);
                } else if (end != done) {
                    findings.add(new Finding(Promise.WORKED_OFF, subject, "committed up to " + done + " of " + end));
                }
            });
        }
        long found = dead.values().stream().mapToLong(Long::longValue).sum();
        if (found != letters) {
            findings.add(new Finding(Promise.WORKED_OFF, dead.toString(), found + " dead letters, not " + letters));
        }
        return findings;
    }

    /** Where a topic ends now. */
    public static Map<TopicPartition, Long> ends(Admin admin, Set<String> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((topic, found) -> found.partitions()
                        .forEach(info -> latest.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** The least that any group has committed of a partition. */
    public static Map<TopicPartition, Long> committed(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (var group : admin.listGroups().all().get()) {
            admin.listConsumerGroupOffsets(group.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> committed.merge(partition, offset.offset(), Math::min));
        }
        return committed;
    }

    /** Topics whose records somebody has to work off, one group each; and the dead letters. */
    private static Set<String> work(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get().stream()
                .filter(topic -> topic.equals(Topics.USAGE)
                        || topic.contains(".dead.")
                        || Topics.parse(topic).isPresent())
                .collect(Collectors.toSet());
    }
}
