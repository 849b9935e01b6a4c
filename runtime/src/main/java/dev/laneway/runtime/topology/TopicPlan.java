package dev.laneway.runtime.topology;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The topics that a config needs, and who reads which. Pure: the same config gives the same topics in every role. */
public final class TopicPlan {
    private static final Duration MARGIN = Duration.ofHours(1);
    private static final Duration USAGE_RETENTION = Duration.ofDays(30);
    private static final Duration DEAD_RETENTION = Duration.ofDays(14);
    private static final Duration HEALTH_RETENTION = Duration.ofHours(6);
    /** Each is done or dropped within seconds; what was done and not yet noted when an accounting died is found here by the next. */
    private static final Duration COMMANDS_RETENTION = Duration.ofHours(6);

    private static final Duration REFUSALS_RETENTION = Duration.ofHours(1);

    private final GatewayConfig config;

    private TopicPlan(GatewayConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    public static TopicPlan of(GatewayConfig config) {
        return new TopicPlan(config);
    }

    /** How long bodies and answers are kept, where a request may take so long. */
    public static Duration kept(Duration requestTimeout) {
        return requestTimeout.plus(MARGIN);
    }

    /** The topics that exist whatever the config says. */
    public static List<TopicSpec> fixed(int partitions) {
        return List.of(
                new TopicSpec(Topics.CONTROL, 1, Duration.ZERO),
                new TopicSpec(Topics.COMMANDS, 1, COMMANDS_RETENTION),
                new TopicSpec(Topics.REFUSALS, 1, REFUSALS_RETENTION),
                new TopicSpec(Topics.HEALTH, 1, HEALTH_RETENTION),
                new TopicSpec(Topics.USAGE, partitions, USAGE_RETENTION));
    }

    /** Every topic that the config needs, the fixed ones among them. */
    public List<TopicSpec> all(int partitions) {
        Map<String, TopicSpec> specs = new LinkedHashMap<>();
        fixed(partitions).forEach(spec -> specs.put(spec.name(), spec));
        Duration bodies = kept(config.limits().requestTimeout());
        for (Zone zone : Zone.values()) {
            add(specs, Topics.replies(zone), partitions, bodies);
            add(specs, Topics.bodies(zone), partitions, bodies);
            add(specs, Topics.signals(zone), 1, bodies);
        }
        for (Zone zone : Zone.values()) {
            requests(zone).forEach(topic -> add(specs, topic, partitions, bodies));
            failures(zone).forEach(topic -> add(specs, topic, partitions, bodies));
            attempts(zone, account -> true).forEach(topic -> add(specs, topic, partitions, bodies));
        }
        for (Route route : config.routes().values()) {
            add(specs, Topics.dead(route.zone(), route.lane()), 1, DEAD_RETENTION);
        }
        return List.copyOf(specs.values());
    }

    /** What routers of a zone read for new requests. */
    public Set<String> requests(Zone zone) {
        Set<String> topics = new LinkedHashSet<>();
        each(zone, (route, workClass) -> topics.add(Topics.requests(zone, route.lane(), workClass)));
        return topics;
    }

    /** What routers of a zone read for failed attempts. */
    public Set<String> failures(Zone zone) {
        Set<String> topics = new LinkedHashSet<>();
        each(zone, (route, workClass) -> topics.add(Topics.failures(zone, route.lane(), workClass)));
        return topics;
    }

    /** What workers of a zone read, of the deployments that they serve. */
    public Set<String> attempts(Zone zone, Predicate<Deployment> served) {
        Set<String> topics = new LinkedHashSet<>();
        each(zone, (route, workClass) -> {
            for (ChainHop hop : route.chain()) {
                for (String id : hop.deployments()) {
                    Deployment deployment = config.deployments().get(id);
                    if (deployment != null && zone.allows(deployment.zone()) && served.test(deployment)) {
                        topics.add(Topics.attempts(zone, deployment.account(), route.lane(), workClass));
                    }
                }
            }
        });
        return topics;
    }

    private interface Visitor {
        void visit(Route route, WorkClass workClass);
    }

    private void each(Zone zone, Visitor visitor) {
        for (Route route : config.routes().values()) {
            if (route.zone() == zone) {
                for (WorkClass workClass : WorkClass.values()) {
                    visitor.visit(route, workClass);
                }
            }
        }
    }

    private static void add(Map<String, TopicSpec> specs, String name, int partitions, Duration retention) {
        specs.putIfAbsent(name, new TopicSpec(name, partitions, retention));
    }
}
