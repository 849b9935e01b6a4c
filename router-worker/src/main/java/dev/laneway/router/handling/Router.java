package dev.laneway.router.handling;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.router.health.Standings;
import dev.laneway.router.meters.RouterMeters;
import dev.laneway.router.plan.Decision;
import dev.laneway.router.plan.Pending;
import dev.laneway.router.plan.Planner;
import dev.laneway.router.plan.RoutingTable;
import dev.laneway.router.plan.Situation;
import dev.laneway.router.reserve.Reservations;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Carries out what the planner decides. A record counts as done when the broker has acknowledged what follows from it: exactly one thing. A
 * decision that could not be published may be there all the same. So it is kept, and nothing else follows, whatever happens meanwhile: an
 * attempt is published again under its id, which its worker knows; an end is written again, the same to the byte, where the log does not have
 * it. Two inputs of one request are handled one after the other. Not safe across threads.
 */
public final class Router {
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
    private final RouterReport report;
    private final Unsettled unsettled = new Unsettled();
    /** By request id: the input that is being handled. */
    private final Map<String, Future<Void>> open = new HashMap<>();

    private RoutingTable table;

    public Router(
            RoutingTable table,
            Ports ports,
            Planner planner,
            Waiting waiting,
            RouterMeters meters,
            LongSupplier clock) {
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
        this.report = new RouterReport(meters);
        this.clock = clock;
        meters.waiting(waiting::size);
    }

    /**
     * What a router asks, and where it writes.
     *
     * @param right whether what follows from an input may be published: {@link dev.laneway.runtime.kafka.EventSource#right}
     * @param epoch of the claims at this moment
     * @param sequel asked of inputs whose consequence may be there, and of ends that nobody saw get there
     */
    public record Ports(
            Standings standings,
            Cancellations cancellations,
            Reservations reservations,
            Outbox outbox,
            Function<Taken<Input>, Future<Void>> right,
            Supplier<String> epoch,
            Sequel sequel) {}

    /** Plans with another config from now on. */
    public void configured(RoutingTable newTable) {
        table = newTable;
    }

    /** A client went away: its request is planned no further, and does not wait any longer. */
    public void cancelled(String requestId) {
        cancellations.add(requestId, clock.getAsLong());
        waiting.wake(requestId);
    }

    /** Succeeds when what follows from the input is acknowledged; fails where it has to be tried again. */
    public Future<Void> handle(Taken<Input> taken) {
        String request = taken.event().request().id();
        Future<Void> other = open.get(request);
        if (other != null) { // the same once more, delivered or told again
            return other.transform(over -> handle(taken));
        }
        Future<Void> handled = draw(taken);
        if (!handled.isComplete()) {
            open.put(request, handled);
            handled.onComplete(over -> open.remove(request, handled));
        }
        return handled;
    }

    private Future<Void> draw(Taken<Input> taken) {
        Drawn kept = unsettled.take(taken);
        if (kept != null) {
            return again(taken, kept)
                    .onFailure(cause -> unsettled.putBack(taken, kept.keep(kept.decision(), clock.getAsLong())));
        }
        if (!mayBeDrawn(taken)) {
            return carryOut(taken, decide(taken));
        }
        unsettled.forgetSame(taken);
        if (unsettled.isOf(taken.event().request().id())) {
            return Future.failedFuture("what follows from the same input of another record is not settled yet");
        }
        return sequel.isDrawn(taken).compose(drawn -> {
            if (drawn) {
                meters.repeated();
                return Future.succeededFuture();
            }
            return carryOut(taken, decide(taken));
        });
    }

    /** It was delivered to a router before, or told before in another record. */
    private static boolean mayBeDrawn(Taken<Input> taken) {
        return taken.before() != null
                || (taken.event() instanceof Input.Returned returned
                        && returned.failed().maybe() != null);
    }

    /** What was decided stands: its worker finds out what a cancelled or expired attempt has come to, and nobody else. */
    private Future<Void> again(Taken<Input> taken, Drawn kept) {
        return switch (kept.decision()) {
            case Decision.Publish publish -> carryOut(taken, kept);
            case Decision.Later later -> carryOut(taken, kept);
            case Decision.End end -> sequel.isDrawn(taken).compose(there -> there ? ended(end) : carryOut(taken, kept));
            case Decision.Drop drop ->
                sequel.isDrawn(taken).compose(there -> there ? dropped(drop) : carryOut(taken, kept));
        };
    }

    /** Forgets decisions that nobody asks for any more, because their partition has moved. */
    public void sweep() {
        unsettled.sweep(clock.getAsLong());
    }

    private Drawn decide(Taken<Input> taken) {
        report.came(taken.event());
        long now = clock.getAsLong();
        return drawn(
                cancellations.contains(taken.event().request().id())
                        ? cancelled(taken.event())
                        : planned(taken, situation(taken, now)));
    }

    private Decision planned(Taken<Input> taken, Situation situation) {
        return switch (taken.event()) {
            case Input.Fresh fresh -> planner.plan(fresh.request(), situation);
            case Input.Returned returned -> planner.next(returned.failed(), situation);
        };
    }

    private Drawn drawn(Decision decision) {
        return new Drawn(decision, clock.getAsLong(), 0);
    }

    private Future<Void> carryOut(Taken<Input> taken, Drawn drawn) {
        return switch (drawn.decision()) {
            case Decision.Publish publish ->
                drawn.mayBeThere() ? publishAgain(taken, drawn, publish) : publish(taken, drawn, publish);
            case Decision.Later later -> later(taken, later);
            case Decision.End end -> right.apply(taken).compose(ours -> end(taken, drawn, end));
            case Decision.Drop drop -> right.apply(taken).compose(ours -> drop(taken, drawn, drop));
        };
    }

    private Future<Void> publish(Taken<Input> taken, Drawn drawn, Decision.Publish publish) {
        standings.sent(publish.attempt());
        return stillRight(taken, publish).compose(ours -> {
            String epochNow = epoch.get();
            Attempt marked = Repetition.marked(publish.attempt(), taken);
            return reservations.reserve(marked).compose(answer -> switch (answer) {
                case Reservations.Granted granted ->
                    stillRight(taken, publish) // it may have moved meanwhile
                            .compose(still -> send(
                                    taken,
                                    drawn,
                                    publish.of(granted.attempt(), topic(publish, granted.attempt())),
                                    epochNow));
                case Reservations.Denied denied -> {
                    standings.unsent(publish.attempt());
                    yield carryOut(taken, drawn(unpaid(taken, publish.attempt(), denied.failure())));
                }
            });
        });
    }

    private Future<Void> stillRight(Taken<Input> taken, Decision.Publish publish) {
        return right.apply(taken).onFailure(moved -> standings.unsent(publish.attempt()));
    }

    /** What was reserved for it stands to its deadline; in a memory that has forgotten it, its worker reserves it anew. */
    private Future<Void> publishAgain(Taken<Input> taken, Drawn drawn, Decision.Publish publish) {
        return right.apply(taken).compose(ours -> send(taken, drawn, publish, epoch.get()));
    }

    private Future<Void> send(Taken<Input> taken, Drawn drawn, Decision.Publish publish, String epochNow) {
        return outbox.attempt(publish.topic(), publish.attempt(), taken.value())
                .onSuccess(acknowledged -> report.published(publish))
                .onFailure(cause -> keep(taken, drawn, perhapsAgain(publish, epochNow)));
    }

    /** The same, where the attempt may be there already, seen by nobody, under that epoch of the claims. */
    private static Decision perhapsAgain(Decision.Publish publish, String epochNow) {
        return publish.of(Repetition.again(publish.attempt(), epochNow), publish.topic());
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
        report.waits(later);
        return waiting.begin(taken, request.id(), later.at() - clock.getAsLong())
                .compose(over -> carryOut(taken, drawn(resume(taken, later.pending()))));
    }

    private Decision resume(Taken<Input> taken, Pending pending) {
        return cancellations.contains(pending.request().id())
                ? cancelled(taken.event())
                : planner.resume(pending, situation(taken, clock.getAsLong()));
    }

    private Future<Void> end(Taken<Input> taken, Drawn drawn, Decision.End end) {
        Request request = end.request();
        ReplyAddress reply = request.reply();
        Future<Void> told = reply == null || clock.getAsLong() >= request.deadline()
                ? Future.succeededFuture()
                : outbox.reply(
                        reply,
                        new Reply.Failed(request.id(), end.failure(), end.status(), end.attempts(), end.fallbacks()));
        Fact.Terminal terminal =
                Fact.Terminal.failed(end.failure().kind(), end.status(), end.attempts(), end.fallbacks());
        return told.compose(acknowledged -> right.apply(taken)) // it may have moved meanwhile
                .compose(ours -> outbox.fact(fact(request, drawn, terminal)))
                .onFailure(cause -> keep(taken, drawn, end))
                .compose(written -> ended(end));
    }

    private Future<Void> ended(Decision.End end) {
        report.ended(end);
        return Future.succeededFuture();
    }

    private Future<Void> drop(Taken<Input> taken, Drawn drawn, Decision.Drop drop) {
        Fact.Terminal terminal =
                Fact.Terminal.failed(drop.kind(), drop.kind().clientStatus(), drop.attempts(), drop.fallbacks());
        return outbox.fact(fact(drop.request(), drawn, terminal))
                .onFailure(cause -> keep(taken, drawn, drop))
                .compose(written -> dropped(drop));
    }

    private Future<Void> dropped(Decision.Drop drop) {
        report.dropped(drop);
        return Future.succeededFuture();
    }

    private void keep(Taken<Input> taken, Drawn drawn, Decision decision) {
        meters.publishFailed();
        unsettled.keep(taken, drawn.keep(decision, clock.getAsLong()));
    }

    private Situation situation(Taken<Input> taken, long now) {
        return new Situation(table, standings, now, waiting.hasRoom(taken));
    }

    private static Decision cancelled(Input input) {
        return switch (input) {
            case Input.Fresh fresh -> new Decision.Drop(fresh.request(), FailureKind.CANCELLED, 0, 0);
            case Input.Returned returned -> Planner.cancelled(returned.failed());
        };
    }

    private static Fact.Ended fact(Request request, Drawn drawn, Fact.Terminal terminal) {
        return new Fact.Ended(Fact.Subject.of(request), drawn.at(), terminal);
    }
}
