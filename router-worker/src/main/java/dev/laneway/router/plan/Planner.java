package dev.laneway.router.plan;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.WorkClass;
import dev.laneway.runtime.config.Route;

/**
 * Decides what follows from a request or a failed attempt. Pure: the same input in the same situation gives the same decision; it has
 * no clock, no randomness of its own and no memory. The README's table says the same in words.
 */
public final class Planner {
    static final int MAX_REPLANS = 3;
    private static final long ROUTE_ASK_MILLIS = 100;
    private static final long WORKER_LAG_MILLIS = 250;
    private static final long PAUSE_MARGIN_MILLIS = 20;
    /** Nobody knows when a place among the parallel calls is free. */
    private static final long ROOM_ASK_MILLIS = 1_000;

    private final RetryRule rule;

    public Planner(RetryRule rule) {
        this.rule = rule;
    }

    /** For a request that nobody planned yet. */
    public Decision plan(Request request, Situation situation) {
        return route(new Pending.Unrouted(request, situation.now()), situation);
    }

    /** For a request that waited. */
    public Decision resume(Pending pending, Situation situation) {
        return switch (pending) {
            case Pending.Unrouted unrouted -> route(unrouted, situation);
            case Pending.InTurn inTurn -> settle(Draft.of(inTurn), situation);
        };
    }

    /** For an attempt that came back without an answer. */
    public Decision next(FailedAttempt failed, Situation situation) {
        Draft draft = Draft.of(failed);
        Failure failure = failed.failure();
        if (failure.kind() == FailureKind.CANCELLED) {
            return drop(draft, FailureKind.CANCELLED);
        }
        if (expired(draft, situation) || failure.kind() == FailureKind.EXPIRED) {
            return drop(draft, FailureKind.EXPIRED);
        }
        if (failed.frames() > 0 && !isRescued(draft, failure)) {
            return end(draft, failure, failure.kind().clientStatus());
        }
        return switch (FailureRules.step(failed, situation.table())) {
            case RETRY -> failed.called() ? retry(draft, failed, situation) : takeBack(draft, failed, situation);
            case NEXT_HOP ->
                FailureRules.isOfOne(failure.kind())
                        ? elsewhere(draft, failed, situation)
                        : leave(draft, failure, situation);
            case REPLAN -> replan(draft, failure, situation);
            case END -> end(draft, failure, failure.kind().clientStatus());
        };
    }

    /** For an attempt that came back when nobody waits for an answer any more. */
    public static Decision cancelled(FailedAttempt failed) {
        return drop(Draft.of(failed), FailureKind.CANCELLED);
    }

    /** Whether what the client was told is continued by whatever follows; else only an in-band error is honest. */
    private static boolean isRescued(Draft draft, Failure failure) {
        return draft.mayContinue() && draft.goesOn() && failure.kind().next() == FailureKind.Next.RETRY;
    }

    private Decision route(Pending.Unrouted unrouted, Situation situation) {
        Request request = unrouted.request();
        if (situation.now() >= request.deadline()) {
            return new Decision.Drop(request, FailureKind.EXPIRED, 0, 0);
        }
        Route route = situation.table().route(request.route()).orElse(null);
        if (route != null) {
            return settle(Draft.of(request, situation.table().plan(route)), situation);
        }
        long at = situation.now() + ROUTE_ASK_MILLIS;
        boolean otherConfig = !request.configVersion().equals(situation.table().version());
        return otherConfig
                        && situation.mayWait()
                        && at <= unrouted.since() + rule.routeHold().toMillis()
                        && at < request.deadline()
                ? new Decision.Later(unrouted, at, WaitReason.CONFIG)
                : new Decision.End(request, noRoute(), 404, 0, 0, Trail.EMPTY);
    }

    /** The hop in turn is to be called, as soon as it can be; a hop that can't be is left for the next one. */
    private Decision settle(Draft draft, Situation situation) {
        if (expired(draft, situation)) {
            return drop(draft, FailureKind.EXPIRED);
        }
        return switch (HopChooser.choose(draft, situation)) {
            case Choice.Chosen chosen -> publish(draft, chosen, situation);
            case Choice.Blocked blocked -> await(draft, blocked, situation);
            case Choice.Resting resting ->
                draft.following(FailureKind.NO_DEPLOYMENT) >= 0
                        ? leave(draft, noDeployment(), situation)
                        : publish(draft, resting.probe(), situation);
            case Choice.Spent spent -> {
                draft.passOverNone();
                yield settle(draft, situation);
            }
            case Choice.Unknown unknown -> replan(draft, noDeployment(), situation);
            case Choice.Nothing nothing -> leave(draft, nothing.failure(), situation);
        };
    }

    /** A call failed in a way that a further one may not. */
    private Decision retry(Draft draft, FailedAttempt failed, Situation situation) {
        Failure failure = failed.failure();
        Attempt attempt = failed.attempt();
        if (!draft.hasTurn(situation.table().retries(draft.hopName(), attempt.deployment(), failure.kind()))) {
            return leave(draft, failure, situation);
        }
        draft.passOver(FailureRules.affected(failed, situation.table()));
        Choice choice = HopChooser.choose(draft, situation);
        if (choice instanceof Choice.Chosen chosen && FailureRules.isOfDeployment(failure.kind())) {
            return publish(draft, chosen, situation);
        }
        if (choice instanceof Choice.Spent && FailureRules.waitsInKafka(failed, situation)) {
            draft.passOverNone();
            return settle(draft, situation);
        }
        long backoff = Math.max(
                rule.backoffMillis(draft.tries() - 1, Chance.WAIT.draw(draft.request(), draft.events())),
                situation.table().leastWait());
        long wait = backoff;
        if (!(choice instanceof Choice.Chosen)) {
            long asked = FailureRules.asked(failed, situation);
            long other = choice instanceof Choice.Blocked blocked
                    ? blocked.until() - situation.now()
                    : FailureRules.NEVER_MILLIS;
            if (asked <= other) {
                draft.passOverNone();
            }
            wait = Math.max(backoff, Math.min(asked, other) == 0 ? 0 : Math.min(asked, other) + spread(draft));
        }
        return later(draft, situation.now() + wait, WaitReason.BACKOFF, failure, situation);
    }

    /** A worker gave an attempt back uncalled: another deployment of the hop at once; else the request waits. */
    private Decision takeBack(Draft draft, FailedAttempt failed, Situation situation) {
        draft.passOver(FailureRules.affected(failed, situation.table()));
        Choice choice = HopChooser.choose(draft, situation);
        if (choice instanceof Choice.Chosen chosen) {
            return publish(draft, chosen, situation);
        }
        draft.passOverNone();
        return switch (HopChooser.choose(draft, situation)) {
            case Choice.Blocked blocked -> await(draft, blocked, situation);
            case Choice.Chosen known -> awaitAsked(draft, failed, situation);
            case Choice.Resting known -> awaitAsked(draft, failed, situation);
            case Choice.Spent spent -> leave(draft, failed.failure(), situation);
            case Choice.Unknown unknown -> replan(draft, failed.failure(), situation);
            case Choice.Nothing nothing -> leave(draft, failed.failure(), situation);
        };
    }

    private Decision awaitAsked(Draft draft, FailedAttempt failed, Situation situation) {
        long wait = Math.max(
                FailureRules.asked(failed, situation), rule.backoffBase().toMillis());
        return await(draft, new Choice.Blocked(situation.now() + wait, failed.failure()), situation);
    }

    /**
     * An account refused our credentials, or there is no money or no room for the deployment: another one of the hop, else the next hop. Work
     * that nobody waits for waits for room.
     */
    private Decision elsewhere(Draft draft, FailedAttempt failed, Situation situation) {
        draft.passOver(FailureRules.affected(failed, situation.table()));
        if (HopChooser.choose(draft, situation) instanceof Choice.Chosen chosen) {
            return publish(draft, chosen, situation);
        }
        return failed.failure().kind() == FailureKind.LIMIT_REACHED
                        && draft.request().workClass() == WorkClass.DEFERRED
                ? awaitRoom(draft, failed, situation)
                : leave(draft, failed.failure(), situation);
    }

    /** It asks again when there may be room, and now and then before that, until its deadline. */
    private Decision awaitRoom(Draft draft, FailedAttempt failed, Situation situation) {
        Failure failure = failed.failure();
        Failure soonest = draft.best(failure);
        long asked = FailureRules.asked(failed, situation);
        if (soonest.kind() == FailureKind.LIMIT_REACHED) {
            asked = Math.min(asked, soonest.retryAfterMillis());
        }
        asked = asked == 0 ? ROOM_ASK_MILLIS : asked;
        if (situation.now() + asked + rule.leastTry().toMillis()
                > draft.request().deadline()) {
            return leave(draft, failure, situation);
        }
        draft.passOverNone();
        draft.waited();
        long wait = Math.min(asked, rule.longestWait().toMillis());
        return later(draft, situation.now() + wait + spread(draft), WaitReason.LIMIT, failure, situation);
    }

    /** All that could do it are paused: who has somebody waiting takes the next hop, who has none waits. */
    private Decision await(Draft draft, Choice.Blocked blocked, Situation situation) {
        FailureKind kind = blocked.failure().kind();
        boolean nextHop = draft.following(kind) >= 0;
        if ((nextHop && draft.request().workClass() == WorkClass.INTERACTIVE) || !draft.mayWaitAgain()) {
            return leave(draft, blocked.failure(), situation);
        }
        draft.waited();
        draft.passOverNone();
        long at = Math.max(blocked.until(), situation.now()) + spread(draft);
        return later(draft, at, WaitReason.PAUSE, blocked.failure(), situation);
    }

    /** Waits with the hop in turn, if that can end well; else leaves the hop. */
    private Decision later(Draft draft, long at, WaitReason reason, Failure failure, Situation situation) {
        boolean besideHop =
                draft.request().workClass() == WorkClass.INTERACTIVE && draft.following(failure.kind()) >= 0;
        long longest = (besideHop ? rule.shortWait() : rule.longestWait()).toMillis();
        if (at - situation.now() > longest + longestSpread()
                || at + rule.leastTry().toMillis() > draft.request().deadline()) {
            return leave(draft, failure, situation);
        }
        if (at <= situation.now()) {
            return settle(draft, situation);
        }
        if (!situation.mayWait()) {
            draft.waitRefused();
            return leave(draft, failure, situation);
        }
        return new Decision.Later(draft.pending(), at, reason);
    }

    /**
     * What is added to a wait for an end that others wait for too: they should not all come back in one millisecond, nor before a worker
     * has seen that end.
     */
    private long spread(Draft draft) {
        return PAUSE_MARGIN_MILLIS
                + rule.backoffMillis(0, Chance.WAIT.draw(draft.request(), draft.events() + draft.waits()));
    }

    private long longestSpread() {
        return PAUSE_MARGIN_MILLIS + rule.backoffBase().toMillis();
    }

    private Decision replan(Draft draft, Failure failure, Situation situation) {
        if (draft.replans() >= MAX_REPLANS) {
            return leave(draft, failure, situation);
        }
        Route route = situation.table().route(draft.request().route()).orElse(null);
        if (route == null) {
            return end(draft, noRoute(), 404);
        }
        boolean newer = !draft.plannedUnder(situation.table().version());
        long lag = WORKER_LAG_MILLIS << draft.replans();
        Plan fresh = situation.table().plan(route);
        draft.replan(fresh);
        if (draft.goesOn() && !draft.mayContinue()) {
            return end(draft, failure, failure.kind().clientStatus());
        }
        return newer
                ? settle(draft, situation)
                : later(draft, situation.now() + lag, WaitReason.CONFIG, failure, situation);
    }

    private Decision leave(Draft draft, Failure failure, Situation situation) {
        draft.met(failure);
        int next = draft.following(failure.kind());
        if (next < 0) {
            Failure best = draft.best(failure);
            return end(draft, best, Verdict.status(best, draft.kinds(), draft.fallbacks() > 0));
        }
        draft.fallBack(next, failure.kind());
        return settle(draft, situation);
    }

    private static Decision publish(Draft draft, Choice.Chosen chosen, Situation situation) {
        Attempt attempt = draft.attempt(chosen.deployment(), situation.now());
        return new Decision.Publish(attempt, chosen.topic(), draft.trail());
    }

    private static Decision end(Draft draft, Failure failure, int status) {
        return new Decision.End(draft.request(), failure, status, draft.attempts(), draft.fallbacks(), draft.trail());
    }

    private static Decision drop(Draft draft, FailureKind kind) {
        return new Decision.Drop(draft.request(), kind, draft.attempts(), draft.fallbacks());
    }

    private static boolean expired(Draft draft, Situation situation) {
        return situation.now() >= draft.request().deadline();
    }

    private static Failure noDeployment() {
        return Failure.of(FailureKind.NO_DEPLOYMENT, "No deployment of this model is in service");
    }

    private static Failure noRoute() {
        return Failure.of(FailureKind.REJECTED, "The model does not exist");
    }
}
