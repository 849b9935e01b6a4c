package dev.laneway.provider.intake;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Topics;
import dev.laneway.provider.schedule.Line;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.kafka.Taken;
import java.util.Objects;

/**
 * An attempt that may be called, with what the config in force says about it.
 *
 * @param taken the event
 * @param topic its topic's name, parsed: the authority on zone, lane and class
 * @param served whom to call
 * @param lane its lane
 * @param maxTokens the operator's cap on generated tokens, 0 for none
 */
public record Assignment(Taken<Attempt> taken, Topics.Parsed topic, Serving.Served served, Lane lane, int maxTokens) {
    public Assignment {
        Objects.requireNonNull(taken, "taken");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(served, "served");
        Objects.requireNonNull(lane, "lane");
    }

    public Attempt attempt() {
        return taken.event();
    }

    public Deployment deployment() {
        return served.deployment();
    }

    /** Where it waits. */
    public Line line() {
        Integer cap = deployment().maxParallel();
        return new Line(
                lane.name(),
                lane.weight(),
                topic.workClass(),
                deployment().id(),
                deployment().account(),
                cap == null ? Integer.MAX_VALUE : Math.max(1, cap));
    }
}
