package dev.laneway.chaos.oracle;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What the topics say at one moment; a fact's {@link Repetitions} are left out.
 *
 * @param accepted ids of the requests in the topics of requests
 * @param attempts facts by attempt id, in the order of the log
 * @param terminals facts that end a request by its id, in the order of the log
 */
public record PipelineLog(
        Set<String> accepted, Map<String, List<Fact.Attempted>> attempts, Map<String, List<Fact>> terminals) {
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Reads everything, up to the ends that the topics have now. Blocks. */
    public static PipelineLog read(KafkaSettings kafka) throws UndecodableException {
        PipelineLog log = new PipelineLog(new HashSet<>(), new HashMap<>(), new HashMap<>());
        Repetitions repetitions = new Repetitions();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.assignedConsumer("oracle"))) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.listTopics().forEach((topic, infos) -> {
                if (topic.equals(Topics.USAGE) || topic.contains(".requests.")) {
                    infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
                }
            });
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    log.take(record, repetitions);
                }
            }
            // else it would wait for what it asked for in advance, and nobody reads
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
        return log;
    }

    private void take(ConsumerRecord<String, byte[]> record, Repetitions repetitions) throws UndecodableException {
        if (!record.topic().equals(Topics.USAGE)) {
            if (record.key() != null) { // nobody's, and poison
                accepted.add(record.key());
            }
            return;
        }
        Fact fact = FACTS.decode(record.headers().lastHeader(Event.HEADER).value());
        if (repetitions.isOne(fact, record.timestamp())) {
            return;
        }
        switch (fact) {
            case Fact.Attempted attempted -> {
                attempts.computeIfAbsent(attempted.attempt(), id -> new ArrayList<>())
                        .add(attempted);
                if (attempted.terminal() != null) {
                    ends(attempted);
                }
            }
            case Fact.Accepted began -> {}
            case Fact.Noticed noticed -> {}
            case Fact.Ended ended -> ends(ended);
        }
    }

    private void ends(Fact fact) {
        terminals.computeIfAbsent(fact.requestId(), id -> new ArrayList<>()).add(fact);
    }

    /** The attempts of which a fact says that the vendor was called; without a connection there is no call. */
    public Map<String, List<Fact.Attempted>> called() {
        Map<String, List<Fact.Attempted>> called = new TreeMap<>();
        attempts.forEach((attempt, facts) -> {
            List<Fact.Attempted> made =
                    facts.stream().filter(Fact.Attempted::called).toList();
            if (!made.isEmpty()) {
                called.put(attempt, made);
            }
        });
        return called;
    }
}
