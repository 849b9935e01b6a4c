package dev.laneway.provider.intake;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.BodyRef;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.Wildcard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The third fence: whatever config check and router let through, a worker makes no call that the zone of the event's topic or the
 * privacy rule in force forbids. Pure.
 */
final class ZoneFence {
    private final Zone zone;
    private final String region;

    /**
     * A worker's fence.
     *
     * @param zone whose topics the worker reads
     * @param region where it runs
     */
    ZoneFence(Zone zone, String region) {
        this.zone = zone;
        this.region = region;
    }

    /** What an envelope claims that its topic denies; null where they agree. */
    @Nullable
    String forged(Topics.Parsed topic, Attempt attempt) {
        Request request = attempt.request();
        if (topic.zone() != zone) {
            return "the topic is of another zone than its reader";
        }
        if (request.zone() != topic.zone()) {
            return "the envelope's zone is not its topic's";
        }
        if (!request.lane().equals(topic.lane())) {
            return "the envelope's lane is not its topic's";
        }
        if (request.workClass() != topic.workClass()) {
            return "the envelope's class is not its topic's";
        }
        if (!attempt.account().equals(topic.account().orElse(""))) {
            return "the envelope's account is not its topic's";
        }
        ReplyAddress reply = request.reply();
        if (reply != null && !reply.topic().equals(Topics.replies(zone))) {
            return "the answer would go to another zone";
        }
        BodyRef body = request.body();
        if (body != null && !body.topic().equals(Topics.bodies(zone))) {
            return "the body is in another zone";
        }
        return null;
    }

    /**
     * Why a deployment may not have the work; null where it may.
     *
     * @param alias what the client asked for: it can decide where a pattern's model runs
     * @param route the request's route, where the config in force still has it
     * @param calledBy the name by which the plan's hop calls the deployment
     */
    @Nullable
    String breach(
            Topics.Parsed topic,
            Deployment deployment,
            String alias,
            Lane lane,
            @Nullable Route route,
            String calledBy) {
        Zone runsIn = deployment.zone(alias);
        if (!deployment.account().equals(topic.account().orElse(""))) {
            return "the deployment is of another account than the topic";
        }
        if (!topic.zone().allows(runsIn)) {
            return "work of zone " + topic.zone().id() + " for a deployment of zone " + runsIn.id();
        }
        if (!lane.regions().isEmpty() && !lane.regions().contains(region)) {
            return "the lane's data may not be processed in region " + region;
        }
        String processedIn = deployment.region();
        if (!lane.regions().isEmpty() && (processedIn == null || !lane.regions().contains(processedIn))) {
            return "the lane's data may not be processed in "
                    + (processedIn == null ? "an unstated region" : "region " + processedIn);
        }
        if (runsIn == Zone.LOCAL) {
            return null;
        }
        String byLane = forbidden("lane", lane.privacy(), lane.approved(), deployment, calledBy);
        if (byLane != null || route == null || !route.lane().equals(lane.name())) {
            return byLane;
        }
        return forbidden("route", route.privacy(), route.approved(), deployment, calledBy);
    }

    private static @Nullable String forbidden(
            String whose, Privacy rule, List<String> approved, Deployment deployment, String calledBy) {
        return switch (rule) {
            case LOCAL_ONLY -> "the " + whose + " is local_only and the deployment is not";
            case LOCAL_FIRST ->
                isApproved(approved, deployment, calledBy)
                        ? null
                        : "the " + whose + " is local_first and the deployment is not approved";
            case CLOUD_ALLOWED -> null;
        };
    }

    /** By its group's name or its id; one of a pattern also by a name that fits the pattern. */
    private static boolean isApproved(List<String> approved, Deployment deployment, String calledBy) {
        if (approved.contains(deployment.group()) || approved.contains(deployment.id())) {
            return true;
        }
        Wildcard pattern = Wildcard.of(deployment.group());
        return pattern != null && pattern.part(calledBy) != null && approved.contains(calledBy);
    }
}
