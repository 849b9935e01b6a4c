package dev.laneway.runtime.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in the log for what belongs to a request: from shortly before a time to the end that each partition has when it is asked. What is asked
 * within a moment is one reading, on a thread of its own. Waits for as long as the broker is away. To be made and asked on one context; how much
 * waits is bounded by what its askers have in flight.
 */
public final class LogSearch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogSearch.class);
    private static final long GATHER_MILLIS = 50;
    private static final long AGAIN_MILLIS = 1_000;
    /** Clocks of machines that share a broker differ by less. */
    private static final long SKEW_MILLIS = 10_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Context context;
    private final KafkaSettings kafka;
    private final String name;
    private final WorkerExecutor thread;
    private List<Question> waiting = new ArrayList<>();
    private boolean reading;
    private boolean closed;

    /**
     * What is looked for.
     *
     * @param key of the records: a request id
     * @param since when they were written at the earliest, epoch milliseconds by some machine's clock
     * @param topics in which they are, in the partition of their key
     * @param place a partition in which they are besides, or null
     */
    private record Question(
            String key,
            long since,
            Predicate<String> topics,
            @Nullable TopicPartition place,
            Promise<List<ConsumerRecord<String, byte[]>>> answer) {}

    /** Opens nothing before it is asked. */
    public LogSearch(Vertx vertx, KafkaSettings kafka, String name) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.kafka = kafka;
        this.name = name + "-search";
        this.thread = vertx.createSharedWorkerExecutor(this.name, 1);
    }

    /** The records, each partition's in order. Does not fail. */
    public Future<List<ConsumerRecord<String, byte[]>>> find(
            String key, long since, Predicate<String> topics, @Nullable TopicPartition place) {
        Question question = new Question(key, since - SKEW_MILLIS, topics, place, Promise.promise());
        waiting.add(question);
        if (waiting.size() == 1 && !reading) {
            vertx.setTimer(GATHER_MILLIS, id -> read());
        }
        return question.answer.future();
    }

    @Override
    public void close() {
        closed = true;
        thread.close();
    }

    private void read() {
        if (closed || reading || waiting.isEmpty()) {
            return;
        }
        List<Question> asked = waiting;
        waiting = new ArrayList<>();
        reading = true;
        thread.executeBlocking(() -> search(asked))
                .onComplete((found, cause) -> context.runOnContext(v -> {
                    reading = false;
                    if (found == null) {
                        LOG.warn("{}: could not look for {} requests: {}", name, asked.size(), String.valueOf(cause));
                        waiting.addAll(asked);
                        vertx.setTimer(AGAIN_MILLIS, id -> read());
                        return;
                    }
                    asked.forEach(one -> one.answer.complete(found.getOrDefault(one.key, List.of())));
                    if (!waiting.isEmpty()) {
                        vertx.setTimer(GATHER_MILLIS, id -> read());
                    }
                }));
    }

    private Map<String, List<ConsumerRecord<String, byte[]>>> search(List<Question> asked) {
        Map<String, List<ConsumerRecord<String, byte[]>>> found = new HashMap<>();
        asked.forEach(one -> found.putIfAbsent(one.key, new ArrayList<>()));
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.assignedConsumer(name))) {
            Map<TopicPartition, Long> since = places(asked, consumer.listTopics(ANSWER));
            Map<TopicPartition, Long> ends = consumer.endOffsets(since.keySet(), ANSWER);
            Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(since, ANSWER);
            Map<TopicPartition, Long> spans = new HashMap<>();
            since.keySet().forEach(place -> {
                OffsetAndTimestamp begin = begins.get(place);
                if (begin != null && begin.offset() < ends.getOrDefault(place, 0L)) {
                    spans.put(place, begin.offset());
                }
            });
            Set<TopicPartition> left = new HashSet<>(spans.keySet());
            consumer.assign(left);
            spans.forEach(consumer::seek);
            while (!left.isEmpty()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    List<ConsumerRecord<String, byte[]>> mine = found.get(record.key());
                    if (mine != null) {
                        mine.add(record);
                    }
                }
                if (left.removeIf(place -> consumer.position(place) >= ends.getOrDefault(place, 0L))) {
                    consumer.assign(left);
                }
            }
        }
        return found;
    }

    private static Map<TopicPartition, Long> places(List<Question> asked, Map<String, List<PartitionInfo>> topics) {
        Map<TopicPartition, Long> since = new HashMap<>();
        for (Question one : asked) {
            topics.forEach((topic, partitions) -> {
                if (one.topics.test(topic)) {
                    since.merge(
                            new TopicPartition(topic, KeyPartition.of(one.key, partitions.size())),
                            one.since,
                            Math::min);
                }
            });
            if (one.place != null && topics.containsKey(one.place.topic())) {
                since.merge(one.place, one.since, Math::min);
            }
        }
        return since;
    }
}
