package dev.laneway.router;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.util.IdentityHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the planner decides. A record counts as done when the broker has acknowledged what follows from it. A decision that
 * could not be published is kept, and published again as it was, so that a record that did arrive unseen is met again under the same
 * attempt id. Not safe across threads.
 */
final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final Planner planner;
    private final Standings standings;
    private final Cancellations cancellations;
    private final Reservations reservations;
    private final Outbox outbox;
    private final Function<Taken<Input>, Future<Void>> right;
    private final Supplier<String> epoch;
    private final Sequel sequel;
    private final Waiting waiting;
    private final RouterMeters meters;
    private final LongSupplier clock;
    private final IdentityHashMap<Taken<Input>, Decision> unsettled = new IdentityHashMap<>();
    private RoutingTable table;

    Router(RoutingTable table, Ports ports, Planner planner, Waiting waiting, RouterMeters meters, LongSupplier clock) {
        this.table = table;
        this.planner = planner;
        this.standings = ports.standings;
        this.cancellations = ports.cancellations;
        this.reservations = ports.reservations;
        this.outbox = ports.outbox;
        this.right = ports.right;
        this.epoch = ports.epoch;
        this.sequel = ports.sequel;
        this.waiting = waiting;
        this.meters = meters;
        this.clock = clock;
        meters.waiting(waiting::size);
    }

    /**
     * What a router asks, and where it writes.
     *
     * @param right whether what follows from an input may be published: {@link dev.laneway.runtime.kafka.EventSource#right}
     * @param epoch of the claims at this moment
     * @param sequel asked for inputs that a router before this one may have begun with
     */
    record Ports(
            Standings standings,
            Cancellations cancellations,
            Reservations reservations,
            Outbox outbox,
            Function<Taken<Input>, Future<Void>> right,
            Supplier<String> epoch,
            Sequel sequel) {}

    /** Plans with another config from now on. */
    void configured(RoutingTable newTable) {
        table = newTable;
    }

    /** A client went away: its request is planned no further, and does not wait any longer. */
    void cancelled(String requestId) {
        cancellations.add(requestId, clock.getAsLong());
        waiting.wake(requestId);
    }

    /** Succeeds when what follows from the input is acknowledged; fails where it has to be tried again. */
    Future<Void> handle(Taken<Input> taken) {
        Decision kept = unsettled.isEmpty() ? null : unsettled.remove(taken);
        if (kept != null || taken.before() == null) {
            return carryOut(taken, decide(taken, kept));
        }
        return sequel.isDrawn(taken).compose(drawn -> {
            if (drawn) {
                meters.repeated();
                return Future.succeededFuture();
            }
            return carryOut(taken, decide(taken, null));
        });
    }

    /** Forgets decisions that nobody will ask for any more, because their partition has moved. */
    void sweep() {
        long now = clock.getAsLong();
        unsettled.keySet().removeIf(taken -> taken.event().request().deadline() + 60_000 < now);
    }

    private Decision decide(Taken<Input> taken, @Nullable Decision kept) {
        Request request = taken.event().request();
        long now = clock.getAsLong();
        if (kept instanceof Decision.End || kept instanceof Decision.Drop) {
            return kept;
        }
        if (kept == null) {
            count(taken.event());
        }
        if (cancellations.contains(request.id())) {
            return cancelled(taken.event());
        }
        if (kept != null && now < request.deadline()) {
            return kept;
        }
        Situation situation = situation(taken, now);
        return switch (taken.event()) {
            case Input.Fresh fresh -> planner.plan(request, situation);
            case Input.Returned returned -> planner.next(returned.failed(), situation);
        };
    }

    private void count(Input input) {
        switch (input) {
            case Input.Fresh fresh -> meters.request(fresh.request());
            case Input.Returned returned ->
                meters.failure(returned.failed().failure().kind());
        }
    }

    private Future<Void> carryOut(Taken<Input> taken, Decision decision) {
        return switch (decision) {
            case Decision.Publish publish -> publish(taken, publish);
            case Decision.Later later -> later(taken, later);
            case Decision.End end -> end(end).onFailure(cause -> keep(taken, end));
            case Decision.Drop drop -> drop(drop).onFailure(cause -> keep(taken, drop));
        };
    }

    private Future<Void> publish(Taken<Input> taken, Decision.Publish publish) {
        standings.sent(publish.attempt());
        return right.apply(taken).compose(ours -> {
            String epochNow = epoch.get();
            Attempt marked = Repetition.marked(publish.attempt(), taken);
            return reservations.reserve(marked).compose(answer -> switch (answer) {
                case Reservations.Granted granted ->
                    outbox.attempt(topic(publish, granted.attempt()), granted.attempt(), taken.value())
                            .onSuccess(acknowledged -> published(publish))
                            .onFailure(cause -> keep(taken, publish.perhapsAgain(epochNow)));
                case Reservations.Denied denied -> {
                    standings.unsent(publish.attempt());
                    yield carryOut(taken, unpaid(taken, publish.attempt(), denied.failure()));
                }
            });
        });
    }

    /** What was reserved first may go to another account than what was planned now. */
    private String topic(Decision.Publish publish, Attempt reserved) {
        if (reserved.account().equals(publish.attempt().account())) {
            return publish.topic();
        }
        Request request = reserved.request();
        String topic = table.attempts(reserved.account(), request.lane(), request.workClass());
        return topic == null
                ? Topics.attempts(table.zone(), reserved.account(), request.lane(), request.workClass())
                : topic;
    }

    private Decision unpaid(Taken<Input> taken, Attempt attempt, Failure failure) {
        long now = clock.getAsLong();
        meters.failure(failure.kind());
        return planner.next(
                new FailedAttempt(attempt, failure, false, 0, now, attempt.continues()), situation(taken, now));
    }

    private Future<Void> later(Taken<Input> taken, Decision.Later later) {
        Request request = later.pending().request();
        meters.wait(later.reason());
        LOG.debug("request {} waits: {}", request.id(), later.reason());
        return waiting.begin(taken, request.id(), later.at() - clock.getAsLong())
                .compose(over -> carryOut(taken, resume(taken, later.pending())));
    }

    private Decision resume(Taken<Input> taken, Pending pending) {
        return cancellations.contains(pending.request().id())
                ? cancelled(taken.event())
                : planner.resume(pending, situation(taken, clock.getAsLong()));
    }

    private Future<Void> end(Decision.End end) {
        Request request = end.request();
        Failure failure = end.failure();
        Fact.Terminal terminal = Fact.Terminal.failed(failure.kind(), end.status(), end.attempts(), end.fallbacks());
        ReplyAddress reply = request.reply();
        Future<Void> told = reply == null || clock.getAsLong() >= request.deadline()
                ? Future.succeededFuture()
                : outbox.reply(
                        reply, new Reply.Failed(request.id(), failure, end.status(), end.attempts(), end.fallbacks()));
        return told.compose(acknowledged -> outbox.fact(fact(request, terminal)))
                .onSuccess(written -> {
                    meters.ended(end.status(), failure.kind());
                    report(request, end.trail(), "none");
                    LOG.info(
                            "request {} ended: {} {} after {} attempts and {} fallbacks",
                            request.id(),
                            end.status(),
                            failure.kind().id(),
                            end.attempts(),
                            end.fallbacks());
                });
    }

    private Future<Void> drop(Decision.Drop drop) {
        Fact.Terminal terminal =
                Fact.Terminal.failed(drop.kind(), drop.kind().clientStatus(), drop.attempts(), drop.fallbacks());
        return outbox.fact(fact(drop.request(), terminal)).onSuccess(written -> {
            meters.dropped(drop.kind());
            LOG.debug("request {} dropped: {}", drop.request().id(), drop.kind());
        });
    }

    private void published(Decision.Publish publish) {
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

    private void keep(Taken<Input> taken, Decision decision) {
        meters.publishFailed();
        unsettled.put(taken, decision);
    }

    private Situation situation(Taken<Input> taken, long now) {
        return new Situation(table, standings, now, waiting.hasRoom(taken));
    }

    private static Decision cancelled(Input input) {
        return switch (input) {
            case Input.Fresh fresh -> new Decision.Drop(fresh.request(), FailureKind.CANCELLED, 0, 0);
            case Input.Returned returned -> {
                Draft draft = Draft.of(returned.failed());
                yield new Decision.Drop(draft.request(), FailureKind.CANCELLED, draft.attempts(), draft.fallbacks());
            }
        };
    }

    private Fact.Ended fact(Request request, Fact.Terminal terminal) {
        return new Fact.Ended(Fact.Subject.of(request), clock.getAsLong(), terminal);
    }
}
