package dev.laneway.provider;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.topology.TopicPlan;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Which topics of attempts a worker reads under a config. Pure. */
final class AttemptTopics {
    private final Zone zone;
    private final GatewayConfig config;
    private final Predicate<Deployment> servedHere;
    private final Predicate<Lane> processedHere;

    /**
     * Of one worker.
     *
     * @param servedHere whether a deployment is its region's to call
     * @param processedHere whether a lane's data may be processed in its region
     */
    AttemptTopics(Zone zone, GatewayConfig config, Predicate<Deployment> servedHere, Predicate<Lane> processedHere) {
        this.zone = zone;
        this.config = config;
        this.servedHere = servedHere;
        this.processedHere = processedHere;
    }

    /** Those that the config needs. */
    Set<String> planned() {
        Set<String> topics = new LinkedHashSet<>(TopicPlan.of(config).attempts(zone, servedHere));
        topics.removeIf(topic -> Topics.parse(topic)
                .map(parsed -> config.lanes().get(parsed.lane()))
                .filter(processedHere)
                .isEmpty());
        return topics;
    }

    /**
     * These, and those of earlier configs that exist, unless their account or lane is another region's now. In them attempts may still
     * wait, to be returned and planned anew; and what was returned from them has to be committed, or it would be taken again when they
     * come back.
     *
     * @param existing the topics that exist
     */
    Set<String> toRead(Set<String> existing) {
        Set<String> elsewhere = new HashSet<>();
        for (Deployment deployment : config.deployments().values()) {
            if (!servedHere.test(deployment)) {
                elsewhere.add(deployment.account());
            }
        }
        Set<String> topics = planned();
        for (String topic : existing) {
            Topics.parse(topic)
                    .filter(parsed -> parsed.zone() == zone)
                    .filter(parsed -> parsed.account()
                            .filter(account -> !elsewhere.contains(account))
                            .isPresent())
                    .filter(parsed -> mayBeProcessedHere(parsed.lane()))
                    .ifPresent(parsed -> topics.add(topic));
        }
        return topics;
    }

    private boolean mayBeProcessedHere(String name) {
        Lane lane = config.lanes().get(name);
        return lane == null || processedHere.test(lane);
    }
}
