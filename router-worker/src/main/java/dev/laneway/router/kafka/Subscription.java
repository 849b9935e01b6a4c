package dev.laneway.router.kafka;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.router.handling.Input;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.kafka.EventSource;
import dev.laneway.runtime.topology.TopicAdmin;
import dev.laneway.runtime.topology.TopicPlan;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which topics a router reads: those of the config in force, once they exist, and those that exist from configs before it, in which
 * requests may still wait for an end. Not safe across threads.
 */
public final class Subscription {
    private final Zone zone;
    private final TopicAdmin admin;
    private final EventSource<Input> source;
    private @Nullable Set<String> read;
    private int asked;

    public Subscription(Zone zone, TopicAdmin admin, EventSource<Input> source) {
        this.zone = zone;
        this.admin = admin;
        this.source = source;
    }

    /** Reads what a config needs, as soon as it exists; unless a later one was asked for meanwhile. */
    public Future<Void> follow(GatewayConfig config) {
        int mine = ++asked;
        TopicPlan plan = TopicPlan.of(config);
        Set<String> wanted = new HashSet<>(plan.requests(zone));
        wanted.addAll(plan.failures(zone));
        return admin.await(wanted).compose(exist -> admin.awaitNames()).compose(names -> {
            if (mine != asked) {
                return Future.succeededFuture();
            }
            names.stream().filter(this::isInput).forEach(wanted::add);
            if (wanted.equals(read)) {
                return Future.succeededFuture();
            }
            read = Set.copyOf(wanted);
            return source.topics(wanted);
        });
    }

    private boolean isInput(String topic) {
        return Topics.parse(topic)
                .filter(parsed -> parsed.zone() == zone && parsed.account().isEmpty())
                .isPresent();
    }
}
