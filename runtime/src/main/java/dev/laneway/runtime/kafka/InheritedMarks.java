package dev.laneway.runtime.kafka;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the broker what the members before this one left of partitions. */
@FunctionalInterface
public interface InheritedMarks {
    /**
     * What was left of a partition.
     *
     * @param position the first offset that will be delivered, or a smaller one
     * @param end the log's end when this was asked, after the mark: what a member before may have begun with lies below it
     * @param mark of the last commit; null where there is none
     */
    record Inherited(long position, long end, @Nullable StartMark mark) {}

    /** Asks for all of them; fails where the broker does not answer for each. */
    Future<Map<TopicPartition, Inherited>> of(String group, Set<TopicPartition> partitions);
}
