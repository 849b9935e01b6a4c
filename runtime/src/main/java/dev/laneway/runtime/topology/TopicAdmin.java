package dev.laneway.runtime.topology;

import dev.laneway.runtime.kafka.InheritedMarks;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.StartMark;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes topics and asks for them. Futures complete on the caller's context; nothing here blocks. */
public final class TopicAdmin implements AutoCloseable {
    private static final long ASK_AGAIN_MILLIS = 200;

    private final Vertx vertx;
    private final Admin admin;
    private volatile boolean closed;

    private TopicAdmin(Vertx vertx, Admin admin) {
        this.vertx = vertx;
        this.admin = admin;
    }

    /** Opens a client; the broker need not be there yet. */
    public static TopicAdmin open(Vertx vertx, KafkaSettings kafka, String name) {
        return new TopicAdmin(vertx, Admin.create(kafka.admin(name)));
    }

    /** Makes those that do not exist; waits until the broker answers, and until all are there for readers and writers. */
    public Future<Void> ensure(Collection<TopicSpec> specs) {
        return awaitNames().compose(existing -> {
            List<NewTopic> missing = new ArrayList<>();
            for (TopicSpec spec : specs) {
                if (!existing.contains(spec.name())) {
                    missing.add(topic(spec));
                }
            }
            if (missing.isEmpty()) {
                return Future.succeededFuture();
            }
            List<Future<Void>> made = new ArrayList<>();
            admin.createTopics(missing, new CreateTopicsOptions())
                    .values()
                    .forEach((name, future) -> made.add(from(future)
                            .recover(cause -> cause instanceof TopicExistsException
                                    ? Future.succeededFuture()
                                    : Future.failedFuture(cause))));
            return Future.all(made)
                    .compose(done -> await(missing.stream().map(NewTopic::name).toList()))
                    .compose(this::led);
        });
    }

    /** Waits until topics exist, however long that takes; fails where this is closed before, or has no right password. @return their numbers of partitions */
    public Future<Map<String, Integer>> await(Collection<String> topics) {
        return partitions(topics).recover(cause -> again(cause, () -> await(topics)));
    }

    /** The topics that exist, as soon as the broker answers. */
    public Future<Set<String>> awaitNames() {
        return names().recover(cause -> again(cause, this::awaitNames));
    }

    private <T> Future<T> again(Throwable cause, Supplier<Future<T>> question) {
        return closed || cause instanceof AuthenticationException
                ? Future.failedFuture(cause)
                : vertx.timer(ASK_AGAIN_MILLIS).compose(waited -> question.get());
    }

    /** The topics that exist. */
    public Future<Set<String>> names() {
        return from(admin.listTopics().names()).map(HashSet::new);
    }

    /** Numbers of partitions; fails where a topic does not exist. */
    public Future<Map<String, Integer>> partitions(Collection<String> topics) {
        return from(admin.describeTopics(topics).allTopicNames()).map(described -> {
            Map<String, Integer> partitions = new HashMap<>();
            described.forEach(
                    (name, topic) -> partitions.put(name, topic.partitions().size()));
            return partitions;
        });
    }

    /** What the members of a group left of partitions; the ends of the logs are asked for after the commits. */
    public Future<Map<TopicPartition, InheritedMarks.Inherited>> inherited(
            String group, Set<TopicPartition> partitions) {
        return from(admin.listConsumerGroupOffsets(
                                Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
                        .partitionsToOffsetAndMetadata(group))
                .compose(commits -> Future.all(
                                offsets(partitions, OffsetSpec.earliest()), offsets(partitions, OffsetSpec.latest()))
                        .map(both -> inherited(partitions, commits, both.resultAt(0), both.resultAt(1))));
    }

    private static Map<TopicPartition, InheritedMarks.Inherited> inherited(
            Set<TopicPartition> partitions,
            Map<TopicPartition, OffsetAndMetadata> commits,
            Map<TopicPartition, Long> earliest,
            Map<TopicPartition, Long> latest) {
        Map<TopicPartition, InheritedMarks.Inherited> inherited = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata commit = commits.get(partition);
            inherited.put(
                    partition,
                    new InheritedMarks.Inherited(
                            commit == null ? earliest.getOrDefault(partition, 0L) : commit.offset(),
                            latest.getOrDefault(partition, Long.MAX_VALUE),
                            commit == null
                                    ? null
                                    : StartMark.parse(commit.metadata()).orElse(null)));
        }
        return inherited;
    }

    private Future<Map<TopicPartition, Long>> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
        partitions.forEach(partition -> questions.put(partition, which));
        return from(admin.listOffsets(questions).all()).map(answers -> {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            answers.forEach((partition, answer) -> offsets.put(partition, answer.offset()));
            return offsets;
        });
    }

    /** The raw client, for what this class has no word for. */
    public Admin client() {
        return admin;
    }

    @Override
    public void close() {
        closed = true;
        admin.close(Duration.ofSeconds(2));
    }

    /**
     * Waits until every partition has its leader at work: the broker describes a new topic up to a second before it takes records of
     * it. Asking for an offset is the smallest question that only a leader answers.
     */
    private Future<Void> led(Map<String, Integer> partitions) {
        Map<TopicPartition, OffsetSpec> questions = new HashMap<>();
        partitions.forEach((topic, count) -> IntStream.range(0, count)
                .forEach(partition -> questions.put(new TopicPartition(topic, partition), OffsetSpec.latest())));
        return from(admin.listOffsets(questions).all()).mapEmpty();
    }

    /** The client derives its futures from each other, and a derived one wraps its failure. */
    private <T> Future<T> from(KafkaFuture<T> future) {
        return Future.fromCompletionStage(future.toCompletionStage(), vertx.getOrCreateContext())
                .recover(cause -> Future.failedFuture(
                        cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause));
    }

    private static NewTopic topic(TopicSpec spec) {
        Map<String, String> config = spec.compacted()
                ? Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        "0.1")
                : Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                                String.valueOf(spec.retention().toMillis()),
                        TopicConfig.SEGMENT_MS_CONFIG,
                                String.valueOf(
                                        Math.max(600_000, spec.retention().toMillis() / 4)));
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty()).configs(config);
    }
}
