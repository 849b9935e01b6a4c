package dev.laneway.accounting.ledger;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far all accountings have come with {@code lw.usage}.
 *
 * @param behind records that are there and not written
 * @param place grows with each commit
 */
record Reading(long behind, long place) {
    /**
     * By the topic's offsets and the group's; a partition that nobody committed is read from its beginning, and what the topic holds no more
     * is waited for by nobody.
     */
    static Reading of(
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, OffsetAndMetadata> committed) {
        long behind = 0;
        long place = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata offset = committed.get(end.getKey());
            long next = Math.max(offset == null ? 0 : offset.offset(), begins.getOrDefault(end.getKey(), 0L));
            behind += Math.max(0, end.getValue() - next);
            place += next;
        }
        return new Reading(behind, place);
    }
}
