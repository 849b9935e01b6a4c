package dev.laneway.provider.intake;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.provider.claims.RecentIds;
import dev.laneway.provider.health.VendorHealth;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.kafka.Taken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges whether an attempt may be called, by the config in force and what is known of its account. One context. */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Zone zone;
    private final ZoneFence fence;
    private final VendorHealth health;
    private final RecentIds cancelled;
    private final TokenCap tokens;

    /**
     * Of one worker.
     *
     * @param cancelled ids of requests that were cancelled of late
     * @param tokens how much answers may have
     */
    public Admission(Zone zone, String region, VendorHealth health, RecentIds cancelled, TokenCap tokens) {
        this.zone = zone;
        this.fence = new ZoneFence(zone, region);
        this.health = health;
        this.cancelled = cancelled;
        this.tokens = tokens;
    }

    /** Whether any attempt of this worker's may be called there: a worker without others' keys knows nothing of them. */
    public boolean mayCall(Deployment deployment) {
        return zone.allows(deployment.zone());
    }

    /** Judges; {@code topic} is the event's topic, parsed. */
    public Verdict judge(Taken<Attempt> taken, Topics.Parsed topic, Serving serving, long now) {
        Attempt attempt = taken.event();
        String forged = fence.forged(topic, attempt);
        if (forged != null) {
            return refused(taken, forged);
        }
        GatewayConfig config = serving.config();
        Serving.Served served = serving.deployments().get(attempt.deployment());
        Lane lane = config.lanes().get(topic.lane());
        if (served == null || lane == null) {
            return returned(FailureKind.UNKNOWN_DEPLOYMENT, "The config in force does not have what was planned.");
        }
        Deployment deployment = served.deployment();
        Route route = routeOf(config, attempt.request().route());
        String breach = fence.breach(topic, deployment, attempt.request().route(), lane, route, hopName(attempt));
        if (breach != null) {
            return refused(taken, breach);
        }
        Integer cap = config.limits().maxTokens();
        String named = route == null ? attempt.request().route() : route.name();
        int most = tokens.of(attempt.request(), named, deployment.group(), cap == null ? 0 : cap);
        Assignment assignment = new Assignment(taken, topic, served, lane, most);
        Failure unfit = unfit(attempt, topic, served, now);
        return unfit == null ? new Verdict.Admitted(assignment) : new Verdict.Returned(unfit, assignment);
    }

    private @Nullable Failure unfit(Attempt attempt, Topics.Parsed topic, Serving.Served served, long now) {
        if (attempt.request().reply() == null) {
            return Failure.of(FailureKind.INTERNAL, "The request does not say where its answer goes.");
        }
        if (cancelled.contains(attempt.requestId())) {
            return Failure.of(FailureKind.CANCELLED, "The request was cancelled.");
        }
        if (now >= attempt.request().deadline()) {
            return Failure.of(FailureKind.EXPIRED, "The deadline passed before the call.");
        }
        if (served.keyMissing()) {
            return Failure.of(FailureKind.UNAUTHORIZED, "The gateway has no credentials for this vendor.");
        }
        long pause = health.pauseLeft(served.deployment().account(), now);
        return pause > 0 && topic.workClass() == WorkClass.INTERACTIVE ? paused(pause) : null;
    }

    /** The answer for whom a paused account can't serve. */
    public static Failure paused(long leftMillis) {
        return new Failure(FailureKind.RATE_LIMITED, "The vendor's rate limit is reached.", 0, leftMillis);
    }

    private static @Nullable Route routeOf(GatewayConfig config, String alias) {
        Route exact = config.routes().get(alias);
        return exact != null ? exact : config.route(alias).orElse(null);
    }

    private static String hopName(Attempt attempt) {
        List<Hop> hops = attempt.plan().hops();
        return attempt.hop() >= 0 && attempt.hop() < hops.size()
                ? hops.get(attempt.hop()).name()
                : "";
    }

    private static Verdict refused(Taken<Attempt> taken, String why) {
        String id = taken.event().requestId();
        LOG.error(
                "request {} at {}-{}@{} refused: {}",
                RequestIds.acceptedAt(id).isPresent() ? id : "(forged id)",
                taken.topic(),
                taken.partition(),
                taken.offset(),
                why);
        return returned(FailureKind.ZONE_REFUSED, "The request may not be processed there.");
    }

    private static Verdict returned(FailureKind kind, String message) {
        return new Verdict.Returned(Failure.of(kind, message), null);
    }
}
