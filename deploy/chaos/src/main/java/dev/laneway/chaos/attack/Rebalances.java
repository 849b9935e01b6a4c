package dev.laneway.chaos.attack;

import dev.laneway.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/**
 * A member joins the workers' group, then the routers', gets partitions, and leaves at once, every 5 s: partitions move while their calls
 * are under way. It works nothing off and commits nothing.
 */
final class Rebalances implements Attack {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A group, and what its members read. */
    private record Group(String id, Pattern topics) {}

    private static final List<Group> GROUPS = List.of(
            new Group("lw.cloud.workers", Pattern.compile("lw\\.cloud\\.attempts\\..*")),
            new Group("lw.cloud.router", Pattern.compile("lw\\.cloud\\.(requests|failures)\\..*")));

    @Override
    public String name() {
        return "rebalance";
    }

    @Override
    public void run(Stage stage) throws InterruptedException {
        for (int turn = 0; stage.hasTime(); turn++) {
            Group group = GROUPS.get(turn % GROUPS.size());
            long from = System.nanoTime();
            Strike strike = stage.strike("a member joins " + group.id() + " and leaves", null, null);
            joinAndLeave(stage, group);
            stage.mended(strike);
            Duration rest = EVERY.minusNanos(System.nanoTime() - from);
            if (rest.isPositive()) {
                stage.pause(rest);
            }
        }
    }

    private static void joinAndLeave(Stage stage, Group group) {
        KafkaSettings kafka = stage.cluster().kafka();
        Map<String, Object> config = new HashMap<>(kafka.assignedConsumer("chaos-joiner"));
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group.id());
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "8000");
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<String, byte[]> member = new KafkaConsumer<>(config)) {
            member.subscribe(group.topics());
            while (member.assignment().isEmpty() && System.nanoTime() < until) {
                member.poll(Duration.ofMillis(100));
            }
            if (member.assignment().isEmpty()) {
                stage.say("it was given no partition in " + PATIENCE.toSeconds() + " s");
            }
        } catch (KafkaException e) {
            stage.say("it could not: " + e.getMessage());
        }
    }
}
