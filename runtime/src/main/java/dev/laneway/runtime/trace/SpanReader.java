package dev.laneway.runtime.trace;

import dev.laneway.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads spans of partitions, several at once, and keeps the records of one key. Blocks. */
final class SpanReader {
    private static final int READERS = 4;
    /** More records than any request has; what is beyond is left out, and said so. */
    private static final int MOST_STEPS = 20_000;

    /** Records are read with their bodies: a reader holds no more of them than this. */
    private static final String FETCH_BYTES = String.valueOf(8 << 20);

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaSettings kafka;
    private final String key;
    private final long deadline;
    private final StepReader steps = new StepReader();

    /** Offsets from {@code begin} up to, not including, {@code stop}. */
    record Span(TopicPartition place, long begin, long stop) {
        long length() {
            return stop - begin;
        }
    }

    /** @param complete whether every record of the spans was read */
    record Seen(List<TraceStep> steps, boolean complete) {}

    /** @param deadline by {@link System#nanoTime} */
    SpanReader(KafkaSettings kafka, String key, long deadline) {
        this.kafka = kafka;
        this.key = key;
        this.deadline = deadline;
    }

    Seen read(List<Span> spans) throws Exception {
        List<Future<Seen>> shares = new ArrayList<>();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<Span> share : shares(spans)) {
                shares.add(readers.submit(() -> readShare(share)));
            }
        }
        List<TraceStep> found = new ArrayList<>();
        boolean complete = true;
        for (Future<Seen> share : shares) {
            found.addAll(share.get().steps());
            complete &= share.get().complete();
        }
        return new Seen(found, complete);
    }

    /** Spans by reader, dealt out from the longest on, so that each has about as many records to read. */
    private static List<List<Span>> shares(List<Span> spans) {
        List<Span> longestFirst = spans.stream()
                .sorted(Comparator.comparingLong(Span::length).reversed())
                .toList();
        List<List<Span>> shares = new ArrayList<>();
        for (int i = 0; i < longestFirst.size(); i++) {
            if (i < READERS) {
                shares.add(new ArrayList<>());
            }
            shares.get(i % READERS).add(longestFirst.get(i));
        }
        return shares;
    }

    private Seen readShare(List<Span> spans) {
        List<TraceStep> found = new ArrayList<>();
        Map<TopicPartition, Long> left = new HashMap<>();
        Map<String, Object> config = kafka.assignedConsumer("laneway-trace");
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(config)) {
            spans.forEach(span -> left.put(span.place(), span.stop()));
            consumer.assign(left.keySet());
            spans.forEach(span -> consumer.seek(span.place(), span.begin()));
            while (!left.isEmpty() && found.size() < MOST_STEPS && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    Long stop = left.get(new TopicPartition(record.topic(), record.partition()));
                    if (stop != null && record.offset() < stop && key.equals(record.key())) {
                        found.add(steps.read(record));
                    }
                }
                if (left.entrySet().removeIf(place -> consumer.position(place.getKey()) >= place.getValue())) {
                    consumer.assign(left.keySet());
                }
            }
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
        return new Seen(found, left.isEmpty());
    }
}
