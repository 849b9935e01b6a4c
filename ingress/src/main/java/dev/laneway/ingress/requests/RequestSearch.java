package dev.laneway.ingress.requests;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.KeyPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One search. Its facts lie in one partition, from the time in its id on, and a second after the terminal one nothing more is worth
 * waiting for: what a request costs to find is what its partition took in while it ran. One without facts is looked for among the
 * requests that were published when it was accepted. Blocks.
 */
final class RequestSearch {
    private static final long BEFORE_MILLIS = 1_000;
    /** A fact may come after the terminal one: another writer's. */
    private static final long AFTER_END_MILLIS = 1_000;

    private static final long LONGEST_MILLIS = Duration.ofHours(2).toMillis();
    /** From acceptance to the broker's acknowledgement, the pieces of a large body among it. */
    private static final long PUBLISHED_MILLIS = 10_000;

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    private static final EventCodec<Request> REQUESTS = EventCodec.of(Request.class);

    private final KafkaSettings kafka;
    private final String requestId;
    private final long acceptedAt;
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();
    private final List<Fact.Attempted> attempts = new ArrayList<>();
    private Fact.@Nullable Subject subject;
    private @Nullable Fact end;

    RequestSearch(KafkaSettings kafka, String requestId, long acceptedAt) {
        this.kafka = kafka;
        this.requestId = requestId;
        this.acceptedAt = acceptedAt;
    }

    /** @throws RuntimeException where the broker does not answer in time */
    Optional<Past> run() {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.assignedConsumer("ingress-history"))) {
            Map<String, Integer> topics = new HashMap<>();
            consumer.listTopics(ANSWER).forEach((topic, partitions) -> topics.put(topic, partitions.size()));
            read(consumer, usage(topics), acceptedAt + LONGEST_MILLIS, this::takeFact);
            if (subject == null) {
                read(consumer, requests(topics), acceptedAt + PUBLISHED_MILLIS, this::takeRequest);
            }
        }
        return Optional.ofNullable(subject).map(known -> new Past(known, attempts, end));
    }

    private Set<TopicPartition> usage(Map<String, Integer> topics) {
        Integer partitions = topics.get(Topics.USAGE);
        return partitions == null
                ? Set.of()
                : Set.of(new TopicPartition(Topics.USAGE, KeyPartition.of(requestId, partitions)));
    }

    private static Set<TopicPartition> requests(Map<String, Integer> topics) {
        Set<TopicPartition> places = new HashSet<>();
        topics.forEach((topic, partitions) -> {
            if (topic.contains(".requests.") && Topics.parse(topic).isPresent()) {
                for (int partition = 0; partition < partitions; partition++) {
                    places.add(new TopicPartition(topic, partition));
                }
            }
        });
        return places;
    }

    /** @param taker is shown each record up to the bound; true ends the reading */
    private void read(
            KafkaConsumer<String, byte[]> consumer,
            Set<TopicPartition> places,
            long until,
            Predicate<ConsumerRecord<String, byte[]>> taker) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(places, ANSWER);
        Map<TopicPartition, Long> times = new HashMap<>();
        places.forEach(place -> times.put(place, Math.max(0, acceptedAt - BEFORE_MILLIS)));
        Map<TopicPartition, Long> begins = new HashMap<>();
        consumer.offsetsForTimes(times, ANSWER).forEach((place, first) -> {
            if (first != null && first.offset() < ends.getOrDefault(place, 0L)) {
                begins.put(place, first.offset());
            }
        });
        Set<TopicPartition> left = new HashSet<>(begins.keySet());
        consumer.assign(left);
        begins.forEach(consumer::seek);
        while (!left.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the search takes too long");
            }
            Set<TopicPartition> past = new HashSet<>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (record.timestamp() > until) {
                    past.add(new TopicPartition(record.topic(), record.partition()));
                } else if (taker.test(record)) {
                    return;
                }
            }
            if (left.removeIf(place ->
                    past.contains(place) || consumer.position(place, ANSWER) >= ends.getOrDefault(place, 0L))) {
                consumer.assign(left);
            }
        }
    }

    private boolean takeFact(ConsumerRecord<String, byte[]> record) {
        Fact fact = requestId.equals(record.key()) ? decode(record, FACTS) : null;
        if (fact instanceof Fact.OfRequest told) {
            subject = told.request();
            if (fact instanceof Fact.Attempted made) {
                attempts.add(made);
            }
            if (end == null && fact.terminal() != null) {
                end = fact;
            }
        }
        return end != null && record.timestamp() > end.endedAt() + AFTER_END_MILLIS;
    }

    private boolean takeRequest(ConsumerRecord<String, byte[]> record) {
        Request request = requestId.equals(record.key()) ? decode(record, REQUESTS) : null;
        if (request != null) {
            subject = Fact.Subject.of(request);
        }
        return subject != null;
    }

    private static <E> @Nullable E decode(ConsumerRecord<String, byte[]> record, EventCodec<E> codec) {
        Header header = record.headers().lastHeader(Event.HEADER);
        try {
            return header == null ? null : codec.decode(header.value());
        } catch (UndecodableException e) {
            return null;
        }
    }
}
