package dev.laneway.router.plan;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Said;
import dev.laneway.runtime.config.Deployment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan while a decision is made about it. Lives within one call of the planner. */
final class Draft {
    private final Request request;
    private final List<Fallback> fallbacksMade = new ArrayList<>(0);
    private final Set<String> fenced = new LinkedHashSet<>(0);
    private String configVersion;
    private List<Hop> hops;
    private int retries;
    private boolean fallback;
    private int hop;
    private int tries;
    private int attempts;
    private int events;
    private int replans;
    private int fallbacks;
    private List<String> passedOver;
    private @Nullable Failure best;
    private List<FailureKind> kinds;
    private int waits;
    private @Nullable String lastDeployment;
    private boolean waitRefused;
    private boolean continuation;
    private @Nullable Said said;
    private @Nullable Fallback brokenOff;

    private Draft(Request request, Plan plan, int fallbacks) {
        this.request = request;
        this.configVersion = plan.configVersion();
        this.hops = plan.hops();
        this.retries = plan.retries();
        this.fallback = plan.fallback();
        this.hop = plan.hop();
        this.tries = plan.tries();
        this.attempts = plan.attempts();
        this.events = plan.events();
        this.replans = plan.replans();
        this.passedOver = plan.passedOver();
        this.best = plan.best();
        this.kinds = plan.kinds();
        this.waits = plan.waits();
        this.continuation = plan.continuation();
        this.fallbacks = fallbacks;
    }

    static Draft of(Request request, Plan fresh) {
        return new Draft(request, fresh, 0);
    }

    static Draft of(Pending.InTurn waited) {
        Draft draft = new Draft(waited.request(), waited.plan(), waited.fallbacks());
        draft.fallbacksMade.addAll(waited.trail().fallbacks());
        draft.fenced.addAll(waited.trail().fenced());
        draft.said = waited.said();
        draft.brokenOff = waited.trail().brokenOff();
        return draft;
    }

    /**
     * With the failure noted, unless a new plan makes good for it. An attempt that was returned uncalled was counted when it was
     * published, and is not any more.
     */
    static Draft of(FailedAttempt failed) {
        Attempt attempt = failed.attempt();
        Draft draft = new Draft(attempt.request(), attempt.plan(), attempt.fallbacks());
        if (!failed.called()) {
            draft.tries--;
            draft.attempts--;
        }
        draft.lastDeployment = attempt.deployment();
        draft.said = failed.unfinished();
        if (draft.said != null) {
            draft.brokenOff =
                    new Fallback(attempt.deployment(), failed.failure().kind());
        }
        if (failed.failure().kind().next() != FailureKind.Next.REPLAN) {
            draft.met(failed.failure());
        }
        return draft;
    }

    Request request() {
        return request;
    }

    String hopName() {
        return hops.get(hop).name();
    }

    List<String> deployments() {
        return hops.get(hop).deployments();
    }

    boolean plannedUnder(String version) {
        return configVersion.equals(version);
    }

    int tries() {
        return tries;
    }

    int attempts() {
        return attempts;
    }

    int events() {
        return events;
    }

    int replans() {
        return replans;
    }

    int fallbacks() {
        return fallbacks;
    }

    /** Whether a stream that broke off may be continued. */
    boolean mayContinue() {
        return continuation;
    }

    /** Whether the client was told a part of the answer, with which the next attempt goes on. */
    boolean goesOn() {
        return said != null;
    }

    /**
     * Whether a further call of the hop in turn is within its retries.
     *
     * @param stated the retries that the config has for what happened; null where it has those of the plan
     */
    boolean hasTurn(@Nullable Integer stated) {
        return tries <= (stated == null ? retries : stated);
    }

    /** Whether the request may wait once more for the end of a pause: as often as a hop may be tried again. */
    boolean mayWaitAgain() {
        return waits < retries;
    }

    boolean isPassedOver(String deployment) {
        return !passedOver.isEmpty() && passedOver.contains(deployment);
    }

    void passOver(List<String> deployments) {
        Set<String> all = new LinkedHashSet<>(passedOver);
        all.addAll(deployments);
        passedOver = List.copyOf(all);
    }

    void passOverNone() {
        passedOver = List.of();
    }

    /** A failure of the hop in turn, or of one of its attempts. */
    void met(Failure failure) {
        best = best == null ? failure : soonest(best.moreUseful(failure), failure);
        if (!kinds.contains(failure.kind())) {
            List<FailureKind> more = new ArrayList<>(kinds);
            more.add(failure.kind());
            kinds = List.copyOf(more);
        }
    }

    /** Of several without room the one that has some first. */
    private static Failure soonest(Failure best, Failure other) {
        return best.kind() == FailureKind.LIMIT_REACHED
                        && other.kind() == FailureKind.LIMIT_REACHED
                        && other.retryAfterMillis() < best.retryAfterMillis()
                ? other
                : best;
    }

    void fenced(String deployment) {
        fenced.add(deployment);
    }

    void waitRefused() {
        waitRefused = true;
    }

    int waits() {
        return waits;
    }

    void waited() {
        waits++;
    }

    /** The hop that follows the one in turn after a failure: one that is made for it, else any; -1 where there is none. */
    int following(FailureKind kind) {
        if (!fallback) {
            return -1;
        }
        int any = -1;
        for (int next = hop + 1; next < hops.size(); next++) {
            FailureKind onlyAfter = hops.get(next).onlyAfter();
            if (onlyAfter == kind) {
                return next;
            }
            if (onlyAfter == null && any < 0) {
                any = next;
            }
        }
        return any;
    }

    /** Leaves the hop in turn for a later one. */
    void fallBack(int next, FailureKind kind) {
        fallbacksMade.add(new Fallback(lastDeployment == null ? hops.get(hop).name() : lastDeployment, kind));
        fallbacks++;
        hop = next;
        tries = 0;
        waits = 0;
        passedOver = List.of();
        lastDeployment = null;
    }

    /** Takes a fresh plan for what is left: goes on at the hop of the same name, else from the start; keeps all counts. */
    void replan(Plan fresh) {
        String name = hops.get(hop).name();
        int same = -1;
        for (int at = 0; at < fresh.hops().size() && same < 0; at++) {
            if (fresh.hops().get(at).name().equals(name)) {
                same = at;
            }
        }
        replans++;
        configVersion = fresh.configVersion();
        hops = fresh.hops();
        retries = fresh.retries();
        fallback = fresh.fallback();
        continuation = fresh.continuation();
        passedOver = List.of();
        if (same < 0) {
            hop = 0;
            tries = 0;
            waits = 0;
        } else {
            hop = same;
        }
    }

    /** The next attempt, counted. */
    Attempt attempt(Deployment deployment, long now) {
        int number = events;
        events++;
        tries++;
        attempts++;
        return new Attempt(request, plan(), hop, number, deployment.id(), deployment.account(), fallbacks, now, said);
    }

    Pending.InTurn pending() {
        return new Pending.InTurn(request, plan(), fallbacks, trail(), said);
    }

    Trail trail() {
        return fallbacksMade.isEmpty() && fenced.isEmpty() && !waitRefused && brokenOff == null
                ? Trail.EMPTY
                : new Trail(fallbacksMade, List.copyOf(fenced), waitRefused, brokenOff);
    }

    /** The most useful failure of the chain. */
    Failure best(Failure otherwise) {
        return best == null ? otherwise : best;
    }

    List<FailureKind> kinds() {
        return kinds;
    }

    private Plan plan() {
        return new Plan(
                configVersion,
                hops,
                retries,
                fallback,
                hop,
                tries,
                attempts,
                events,
                replans,
                passedOver,
                best,
                kinds,
                waits,
                continuation);
    }
}
