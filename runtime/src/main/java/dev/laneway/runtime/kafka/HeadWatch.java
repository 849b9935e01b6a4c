package dev.laneway.runtime.kafka;

import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the oldest unfinished record of a source: everything behind it stays uncommitted. Ten minutes may be one long call, or one that hangs.
 * Looked at on the source's context; shown to any thread.
 */
final class HeadWatch {
    /** A head of this age is said, and again after as long. */
    static final long OLD_MILLIS = 120_000;

    private static final Logger LOG = LoggerFactory.getLogger(HeadWatch.class);

    private final String name;
    private volatile int span;
    private volatile long ageMillis;
    private long saidAt = -OLD_MILLIS;

    HeadWatch(String name, Meters meters) {
        this.name = name;
        meters.gauge(KafkaMetric.SPAN, () -> span, MetricTag.ROLE, name);
        meters.gauge(KafkaMetric.HEAD_AGE, () -> ageMillis / 1000.0, MetricTag.ROLE, name);
    }

    /**
     * Looks.
     *
     * @param now monotonic milliseconds
     * @return whether it warned
     */
    boolean look(Map<TopicPartition, PartitionWork> work, long now) {
        int longest = 0;
        long oldest = now;
        TopicPartition where = null;
        for (Map.Entry<TopicPartition, PartitionWork> each : work.entrySet()) {
            longest = Math.max(longest, each.getValue().span());
            long takenAt = each.getValue().headTakenAt(now);
            if (takenAt < oldest) {
                oldest = takenAt;
                where = each.getKey();
            }
        }
        span = longest;
        ageMillis = now - oldest;
        if (where == null || ageMillis < OLD_MILLIS || now - saidAt < OLD_MILLIS) {
            return false;
        }
        saidAt = now;
        LOG.warn(
                "{}: the oldest unfinished record of {} was taken {} s ago; what is behind it stays uncommitted",
                name,
                where,
                ageMillis / 1000);
        return true;
    }
}
