package dev.laneway.runtime.kafka;

import dev.laneway.contracts.Event;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Holds a source back where too much of it is under way: a partition at its cap of records, until half of them are finished; all of them
 * where their bytes are too many. Only partitions are paused: a stream that polls no more would lose its place in the group. On the
 * source's context.
 */
final class Backpressure {
    private final KafkaReadStream<String, byte[]> stream;
    private final Map<TopicPartition, PartitionWork> work;
    private final int cap;
    private final InFlightBytes bytes;
    private final Counter pauses;
    private final Counter bytesPauses;
    private volatile long shown;
    private boolean draining;

    /** @param work what is known of the partitions that are assigned, kept up to date by the source */
    Backpressure(
            KafkaReadStream<String, byte[]> stream,
            Map<TopicPartition, PartitionWork> work,
            SourceSettings settings,
            Meters meters) {
        this.stream = stream;
        this.work = work;
        this.cap = settings.capPerPartition();
        this.bytes = new InFlightBytes(settings.maxBytes());
        this.pauses = meters.counter(KafkaMetric.PAUSES, MetricTag.ROLE, settings.name());
        this.bytesPauses = meters.counter(KafkaMetric.BYTES_PAUSES, MetricTag.ROLE, settings.name());
        meters.gauge(KafkaMetric.BYTES, () -> shown, MetricTag.ROLE, settings.name());
    }

    /** Partitions were assigned. */
    void assigned(Set<TopicPartition> partitions) {
        if (bytes.full()) {
            stream.pause(partitions);
        }
    }

    /** Partitions were revoked, and are not in {@code work} any more. */
    void revoked(Iterable<PartitionWork> gone) {
        gone.forEach(work -> bytes.giveBack(work.bytes));
        resumeAll();
    }

    /** A record was read. */
    void read(PartitionWork mine, ConsumerRecord<String, byte[]> record) {
        int size = size(record);
        mine.bytes += size;
        bytes.take(size);
    }

    /** All that came of a partition was read, and handed out as far as it may be. */
    void judge(TopicPartition partition, PartitionWork mine) {
        if (!mine.paused && !mine.revoked && mine.held() >= cap) {
            mine.paused = true;
            pauses.increment();
            stream.pause(Set.of(partition));
        }
    }

    /** All that came was read. */
    void judgeAll() {
        if (bytes.fills()) {
            bytesPauses.increment();
            stream.pause(Set.copyOf(work.keySet()));
        }
        shown = bytes.held();
    }

    /** A record is done with. */
    void finished(TopicPartition partition, PartitionWork mine, ConsumerRecord<String, byte[]> record) {
        if (!mine.revoked) {
            int size = size(record);
            mine.bytes -= size;
            bytes.giveBack(size);
            resumeAll();
        }
        if (mine.paused && !draining && mine.held() <= cap / 2) {
            mine.paused = false;
            if (!bytes.full()) {
                stream.resume(Set.of(partition));
            }
        }
    }

    /** Nothing more is to be read, for good. */
    Future<Void> drain() {
        draining = true;
        return work.isEmpty() ? Future.succeededFuture() : stream.pause(Set.copyOf(work.keySet()));
    }

    /** Where there is room for bytes again: all but those that are at their cap. */
    private void resumeAll() {
        shown = bytes.held();
        if (!bytes.clears() || draining) {
            return;
        }
        Set<TopicPartition> resumed = new HashSet<>();
        work.forEach((partition, mine) -> {
            if (!mine.paused) {
                resumed.add(partition);
            }
        });
        if (!resumed.isEmpty()) {
            stream.resume(resumed);
        }
    }

    /** Of its value and its envelope: a fact is nothing else. */
    private static int size(ConsumerRecord<String, byte[]> record) {
        Header envelope = record.headers().lastHeader(Event.HEADER);
        int value = record.value() == null ? 0 : record.value().length;
        return envelope == null || envelope.value() == null ? value : value + envelope.value().length;
    }
}
