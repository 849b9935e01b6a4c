package dev.laneway.ingress;

import dev.laneway.contracts.Zone;
import dev.laneway.ingress.call.RouteBook;
import dev.laneway.ingress.reply.ReplyTails;
import dev.laneway.runtime.health.HealthBoard;
import dev.laneway.runtime.health.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Why an ingress can't take requests just now. Answers from memory, on any thread. */
record Readiness(
        RouteBook routes, ReplyTails tails, HealthBoard board, List<IngressLoop> loops, AtomicBoolean leaving) {
    List<String> reasons() {
        List<String> reasons = new ArrayList<>(0);
        if (leaving.get()) {
            reasons.add("it is draining");
        }
        if (routes.config() == null) {
            reasons.add("no config is in force yet");
        }
        for (Zone zone : Zone.values()) {
            if (tails.address(zone) == null) {
                reasons.add("it does not read the replies of zone " + zone.id() + " yet");
            }
        }
        if (board.state(HealthBoard.BROKER) == ServiceState.UNHEALTHY || !brokerAnswers()) {
            reasons.add("the broker does not answer");
        }
        return reasons;
    }

    /** Whether what was published lately was acknowledged. */
    boolean brokerAnswers() {
        return loops.stream().allMatch(IngressLoop::brokerAnswers);
    }
}
