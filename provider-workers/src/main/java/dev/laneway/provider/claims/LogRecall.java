package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a dead holder left: its fact in {@code lw.usage}, its failure, the frames of its answer; from shortly before the attempt was sent to
 * the logs' ends. What is asked within a moment is one reading, on a thread of its own; how much waits is bounded by the attempts in flight.
 */
public final class LogRecall implements Recall, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecall.class);
    private static final long GATHER_MILLIS = 50;
    private static final long AGAIN_MILLIS = 1_000;
    /** Clocks of machines that share a broker differ by less. */
    private static final long SKEW_MILLIS = 10_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    private static final EventCodec<FailedAttempt> FAILURES = EventCodec.of(FailedAttempt.class);
    private static final EventCodec<Reply> REPLIES = EventCodec.of(Reply.class);

    private final Vertx vertx;
    private final Context context;
    private final KafkaSettings kafka;
    private final String name;
    private final WorkerExecutor thread;
    private List<Question> waiting = new ArrayList<>();
    private boolean reading;
    private boolean closed;

    private record Question(Taken<Attempt> taken, long since, Promise<Remains> answer) {
        String attempt() {
            return taken.event().id();
        }

        String request() {
            return taken.event().requestId();
        }
    }

    /** Opens nothing before it is asked. To be made and asked on one context. */
    public LogRecall(Vertx vertx, KafkaSettings kafka, String name) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.kafka = kafka;
        this.name = name + "-recall";
        this.thread = vertx.createSharedWorkerExecutor(this.name, 1);
    }

    @Override
    public Future<Remains> of(Taken<Attempt> taken, long since) {
        Question question = new Question(taken, since - SKEW_MILLIS, Promise.promise());
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
        if (closed) {
            return;
        }
        List<Question> asked = waiting;
        waiting = new ArrayList<>();
        reading = true;
        thread.executeBlocking(() -> search(asked))
                .onComplete((found, cause) -> context.runOnContext(v -> {
                    reading = false;
                    if (found == null) {
                        LOG.warn("could not look in the log for {} attempts: {}", asked.size(), String.valueOf(cause));
                        waiting.addAll(asked);
                        vertx.setTimer(AGAIN_MILLIS, id -> read());
                        return;
                    }
                    asked.forEach(one ->
                            one.answer.complete(find(found, one.attempt()).remains()));
                    if (!waiting.isEmpty()) {
                        vertx.setTimer(GATHER_MILLIS, id -> read());
                    }
                }));
    }

    private Map<String, Findings> search(List<Question> asked) {
        Map<String, Findings> found = new HashMap<>();
        Set<String> requests = new HashSet<>();
        for (Question one : asked) {
            found.put(one.attempt(), new Findings());
            requests.add(one.request());
        }
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.assignedConsumer(name))) {
            Map<TopicPartition, Long> since = places(asked, consumer);
            consumer.assign(since.keySet());
            Map<TopicPartition, Long> ends = consumer.endOffsets(since.keySet(), ANSWER);
            Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(since, ANSWER);
            Set<TopicPartition> left = new HashSet<>();
            since.keySet().forEach(place -> {
                OffsetAndTimestamp begin = begins.get(place);
                if (begin != null && begin.offset() < ends.getOrDefault(place, 0L)) {
                    consumer.seek(place, begin.offset());
                    left.add(place);
                }
            });
            consumer.assign(left);
            left.forEach(place -> {
                OffsetAndTimestamp begin = begins.get(place);
                if (begin != null) {
                    consumer.seek(place, begin.offset());
                }
            });
            while (!left.isEmpty()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (requests.contains(record.key())) {
                        take(record, found);
                    }
                }
                if (left.removeIf(place -> consumer.position(place) >= ends.getOrDefault(place, 0L))) {
                    consumer.assign(left);
                }
            }
        }
        return found;
    }

    private static Map<TopicPartition, Long> places(List<Question> asked, KafkaConsumer<String, byte[]> consumer) {
        Map<TopicPartition, Long> since = new HashMap<>();
        for (Question one : asked) {
            Topics.Parsed topic = Topics.parse(one.taken.topic()).orElseThrow();
            String failures = Topics.failures(topic.zone(), topic.lane(), topic.workClass());
            List.of(Topics.USAGE, failures).forEach(name -> {
                int count = consumer.partitionsFor(name, ANSWER).size();
                since.merge(new TopicPartition(name, partition(one.request(), count)), one.since, Math::min);
            });
            ReplyAddress reply = one.taken.event().request().reply();
            if (reply != null) {
                since.merge(new TopicPartition(reply.topic(), reply.partition()), one.since, Math::min);
            }
        }
        return since;
    }

    /** As Kafka's own producer chooses it for a record with a key. */
    private static int partition(String key, int count) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % count;
    }

    private static void take(ConsumerRecord<String, byte[]> record, Map<String, Findings> found) {
        Header header = record.headers().lastHeader(Event.HEADER);
        if (header == null || header.value() == null) {
            return;
        }
        try {
            if (record.topic().equals(Topics.USAGE)) {
                if (FACTS.decode(header.value()) instanceof Fact.Attempted made) {
                    find(found, made.attempt()).told();
                }
            } else if (Topics.parse(record.topic()).isPresent()) {
                FailedAttempt failed = FAILURES.decode(header.value());
                find(found, failed.attempt().id()).failed(failed);
            } else if (REPLIES.decode(header.value()) instanceof Reply.Frame frame) {
                find(found, frame.attempt()).frame(frame, record);
            }
        } catch (UndecodableException e) {
            LOG.warn("{}-{}@{} can't be read: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    /** Those of another attempt of the request go where nobody looks. */
    private static Findings find(Map<String, Findings> found, String attempt) {
        return found.getOrDefault(attempt, new Findings());
    }
}
