package dev.laneway.runtime.kafka;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads partitions without a group: replies and signals from now on, control from its beginning. It commits nothing. The consumer
 * is called on the context it was made on, in the order of each partition, and must not wait for anybody.
 */
public final class TailSource {
    /** Where to begin. */
    public enum From {
        BEGINNING,
        END
    }

    private static final Logger LOG = LoggerFactory.getLogger(TailSource.class);
    /** A poll ends with the first record anyhow, and nothing is asked of a source that reads but to close, which wakes it. */
    private static final Duration IDLE_POLL = Duration.ofMillis(500);

    private final Vertx vertx;
    private final String name;
    private final KafkaReadStream<String, byte[]> stream;
    private final Consumer<ConsumerRecord<String, byte[]>> consumer;
    private final Map<TopicPartition, Long> begins = new HashMap<>();
    private final Map<TopicPartition, Long> behind = new HashMap<>();
    private final Promise<Void> caughtUp = Promise.promise();
    private final Seldom seldom;

    private TailSource(
            Vertx vertx, KafkaSettings kafka, String name, Consumer<ConsumerRecord<String, byte[]>> consumer) {
        this.vertx = vertx;
        this.name = name;
        this.seldom = new Seldom(LOG, name);
        this.consumer = consumer;
        stream = KafkaReadStream.create(vertx, kafka.assignedConsumer(name));
        stream.pollTimeout(IDLE_POLL);
        stream.exceptionHandler(this::readFailed);
        stream.batchHandler(this::onBatch);
    }

    /**
     * Opens a source on the current context. The future succeeds when the position of every partition is fixed: nothing published
     * after it is missed.
     *
     * @param name for the client id
     */
    public static Future<TailSource> open(
            Vertx vertx,
            KafkaSettings kafka,
            String name,
            Set<TopicPartition> partitions,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> consumer) {
        TailSource source = new TailSource(vertx, kafka, name, consumer);
        return source.start(partitions, from).map(source).onFailure(cause -> source.stream.close());
    }

    /** All partitions of a topic that has so many, for {@link #open}. */
    public static Set<TopicPartition> partitions(String topic, int count) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        return partitions;
    }

    /** Succeeds when everything that was there at the start has been handed out. */
    public Future<Void> caughtUp() {
        return caughtUp.future();
    }

    public Future<Void> close() {
        return stream.close();
    }

    private Future<Void> start(Set<TopicPartition> partitions, From from) {
        // nothing is fetched meanwhile: each question would wait behind a fetch, which takes half a second where
        // nothing is there
        stream.pause();
        return stream.assign(partitions)
                .compose(assigned -> switch (from) {
                    case BEGINNING -> stream.seekToBeginning(partitions);
                    case END -> stream.seekToEnd(partitions);
                })
                .compose(sought -> {
                    List<Future<Long>> positions = new ArrayList<>();
                    for (TopicPartition partition : partitions) {
                        positions.add(stream.position(partition).onSuccess(at -> begins.put(partition, at)));
                    }
                    return Future.all(positions);
                })
                .compose(fixed -> stream.endOffsets(partitions))
                .map(ends -> {
                    if (from == From.BEGINNING) {
                        ends.forEach((partition, end) -> {
                            if (end > begins.getOrDefault(partition, 0L)) { // else it is empty, be it by retention
                                behind.put(partition, end);
                            }
                        });
                    }
                    if (behind.isEmpty()) {
                        caughtUp.tryComplete();
                    }
                    stream.resume();
                    return (Void) null;
                });
    }

    private void onBatch(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            handOut(record);
            if (!caughtUp.future().isComplete()) {
                passed(new TopicPartition(record.topic(), record.partition()), record.offset());
            }
        }
    }

    private void handOut(ConsumerRecord<String, byte[]> record) {
        try {
            consumer.accept(record);
        } catch (RuntimeException e) {
            // thrown on, it would end the reading of all partitions
            LOG.error("consumer of {} threw at {}-{}@{}", name, record.topic(), record.partition(), record.offset(), e);
        }
    }

    private void passed(TopicPartition partition, long offset) {
        Long end = behind.get(partition);
        if (end != null && offset >= end - 1) {
            behind.remove(partition);
            if (behind.isEmpty()) {
                caughtUp.tryComplete();
            }
        }
    }

    private void readFailed(Throwable cause) {
        vertx.runOnContext(v -> seldom.warn("could not read", cause));
    }
}
