package dev.laneway.chaos.attack;

import dev.laneway.chaos.oracle.Backlog;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.kafka.KafkaSettings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** When accounting has read what stands in its topic. Blocks. */
final class UsageWatch {
    private static final long PATIENCE_MILLIS = 60_000;

    private UsageWatch() {}

    /** @return at most a minute */
    static long millisUntilRead(KafkaSettings kafka) throws ExecutionException, InterruptedException {
        long from = System.nanoTime();
        try (Admin admin = Admin.create(kafka.admin("chaos-usage"))) {
            Map<TopicPartition, Long> ends = Backlog.ends(admin, Set.of(Topics.USAGE));
            while (true) {
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
                Map<TopicPartition, Long> read = Backlog.committed(admin);
                boolean all =
                        ends.entrySet().stream().allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
                if (all || millis > PATIENCE_MILLIS) {
                    return millis;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }
}
