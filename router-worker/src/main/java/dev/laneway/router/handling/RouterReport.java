package dev.laneway.router.handling;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.router.meters.RouterMeters;
import dev.laneway.router.plan.Decision;
import dev.laneway.router.plan.Fallback;
import dev.laneway.router.plan.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what came to a router, and what it did, when that is done. Not safe across threads. */
final class RouterReport {
    private static final Logger LOG = LoggerFactory.getLogger(RouterReport.class);

    private final RouterMeters meters;

    RouterReport(RouterMeters meters) {
        this.meters = meters;
    }

    void came(Input input) {
        switch (input) {
            case Input.Fresh fresh -> meters.request(fresh.request());
            case Input.Returned returned ->
                meters.failure(returned.failed().failure().kind());
        }
    }

    void published(Decision.Publish publish) {
        Attempt attempt = publish.attempt();
        meters.published(attempt.request());
        if (attempt.plan().tries() > 1) {
            meters.retry();
        }
        report(attempt.request(), publish.trail(), attempt.deployment());
        Fallback brokenOff = publish.trail().brokenOff();
        if (brokenOff != null) {
            meters.continuation(brokenOff, attempt.deployment());
            LOG.warn(
                    "request {} goes on at {} with what it was told before {} failed: {}",
                    attempt.requestId(),
                    attempt.deployment(),
                    brokenOff.from(),
                    brokenOff.kind().id());
        }
    }

    void waits(Decision.Later later) {
        meters.wait(later.reason());
        LOG.debug("request {} waits: {}", later.pending().request().id(), later.reason());
    }

    void ended(Decision.End end) {
        FailureKind kind = end.failure().kind();
        meters.ended(end.status(), kind);
        report(end.request(), end.trail(), "none");
        LOG.info(
                "request {} ended: {} {} after {} attempts and {} fallbacks",
                end.request().id(),
                end.status(),
                kind.id(),
                end.attempts(),
                end.fallbacks());
    }

    void dropped(Decision.Drop drop) {
        meters.dropped(drop.kind());
        LOG.debug("request {} dropped: {}", drop.request().id(), drop.kind());
    }

    /** A fallback is never silent, and neither is the fence. */
    private void report(Request request, Trail trail, String to) {
        if (trail.equals(Trail.EMPTY)) {
            return;
        }
        for (Fallback fallback : trail.fallbacks()) {
            meters.fallback(fallback, to);
            LOG.warn(
                    "request {} falls back from {} to {}: {}",
                    request.id(),
                    fallback.from(),
                    to,
                    fallback.kind().id());
        }
        for (String deployment : trail.fenced()) {
            meters.refusedByFence("deployment");
            LOG.error(
                    "request {} of zone {} and lane {} may not go to deployment {}: refused",
                    request.id(),
                    request.zone().id(),
                    request.lane(),
                    deployment);
        }
        if (trail.waitRefused()) {
            meters.waitRefused();
        }
    }
}
