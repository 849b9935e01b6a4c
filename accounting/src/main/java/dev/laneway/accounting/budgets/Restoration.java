package dev.laneway.accounting.budgets;

import dev.laneway.contracts.Groups;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.kafka.InheritedMarks;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.topology.TopicPlan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Redis that forgot may be told what is spent: what was sent before is known to it again, or ended, and the ledger has every fact that
 * was there then. One context.
 *
 * <p>The first is so when the commits of every partition of attempts say that the worker has told it what it had sent, and that nothing that a worker before
 * may have sent is left; or where all of it was begun in the new epoch, or nothing is unfinished.
 */
final class Restoration {
    private final Marks marks;
    private final Function<Set<String>, Future<Map<String, Integer>>> partitions;
    private final Supplier<Optional<GatewayConfig>> config;
    private String epoch = "";
    private @Nullable Map<TopicPartition, Long> usageEnds;

    /** What a group has left of partitions, and where their logs end. */
    @FunctionalInterface
    interface Marks {
        Future<Map<TopicPartition, InheritedMarks.Inherited>> of(String group, Set<TopicPartition> partitions);
    }

    /** @param partitions the numbers of partitions of topics that exist */
    Restoration(
            Marks marks,
            Function<Set<String>, Future<Map<String, Integer>>> partitions,
            Supplier<Optional<GatewayConfig>> config) {
        this.marks = Objects.requireNonNull(marks, "marks");
        this.partitions = Objects.requireNonNull(partitions, "partitions");
        this.config = Objects.requireNonNull(config, "config");
    }

    /** Whether an epoch may be said to be restored. Fails where the broker does not answer; to be asked again then. */
    Future<Boolean> done(String now) {
        if (!now.equals(epoch)) {
            epoch = now;
            usageEnds = null;
        }
        Map<TopicPartition, Long> ends = usageEnds;
        if (ends != null) {
            return read(ends);
        }
        GatewayConfig inForce = config.get().orElse(null);
        if (inForce == null) {
            return Future.succeededFuture(false);
        }
        List<Future<Boolean>> zones = new ArrayList<>();
        for (Zone zone : Zone.values()) {
            zones.add(settled(zone, TopicPlan.of(inForce).attempts(zone, deployment -> true), now));
        }
        return Future.all(zones)
                .compose(all -> zones.stream().allMatch(Future::result)
                        ? usageEnds().compose(found -> {
                            usageEnds = found;
                            return read(found);
                        })
                        : Future.succeededFuture(false));
    }

    private Future<Boolean> settled(Zone zone, Set<String> topics, String now) {
        if (topics.isEmpty()) {
            return Future.succeededFuture(true);
        }
        return of(topics)
                .compose(all -> marks.of(Groups.workers(zone), all))
                .map(left -> left.values().stream().allMatch(each -> isSettled(each, now)));
    }

    private static boolean isSettled(InheritedMarks.Inherited left, String now) {
        StartMark mark = left.mark();
        return mark == null || mark.told().equals(now) || mark.epoch().equals(now) || left.position() >= left.end();
    }

    private Future<Map<TopicPartition, Long>> usageEnds() {
        return of(Set.of(Topics.USAGE))
                .compose(all -> marks.of(Groups.ACCOUNTING, all))
                .map(left -> {
                    Map<TopicPartition, Long> ends = new HashMap<>();
                    left.forEach((partition, each) -> ends.put(partition, each.end()));
                    return ends;
                });
    }

    private Future<Boolean> read(Map<TopicPartition, Long> ends) {
        return marks.of(Groups.ACCOUNTING, ends.keySet())
                .map(left -> ends.entrySet().stream().allMatch(each -> {
                    InheritedMarks.Inherited now = left.get(each.getKey());
                    return now != null && now.position() >= each.getValue();
                }));
    }

    private Future<Set<TopicPartition>> of(Set<String> topics) {
        return partitions.apply(topics).map(counts -> {
            Set<TopicPartition> all = new HashSet<>();
            counts.forEach((topic, count) -> {
                for (int i = 0; i < count; i++) {
                    all.add(new TopicPartition(topic, i));
                }
            });
            return all;
        });
    }
}
