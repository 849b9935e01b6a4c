package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Said;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.reply.ReplyStream;
import dev.laneway.runtime.config.Deployment;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes how an attempt ended: its fact, and where it failed, the event that gives the router the next move. */
final class AttemptOutcome {
    private static final int OK = 200;
    private static final byte[] NOTHING = {};

    private AttemptOutcome() {}

    /**
     * When things happened, epoch milliseconds.
     *
     * @param calledAt when the call began, 0 where there was none
     * @param firstTokenAt 0 where none came
     * @param sent whether anything may have left: without a connection there is no call
     * @param whole whether the vendor said that its answer is whole
     * @param seenTokens about how many tokens of the answer came, for where the vendor does not say; below 0 where nobody counted
     */
    record Times(long calledAt, long firstTokenAt, long endedAt, boolean sent, boolean whole, long seenTokens) {
        /** Of a call of which nothing is known but its fact. */
        Times(long calledAt, long firstTokenAt, long endedAt) {
            this(calledAt, firstTokenAt, endedAt, true, true, -1);
        }

        /** The same of an answer whose end HTTP told, and not the vendor's format. */
        Times ofWhole() {
            return new Times(calledAt, firstTokenAt, endedAt, sent, true, seenTokens);
        }
    }

    /**
     * Where an answer is.
     *
     * @param count of its frames
     */
    record Frames(int count, int partition, long firstOffset, long lastOffset) {
        static Frames of(ReplyStream stream) {
            return new Frames(stream.published(), stream.partition(), stream.firstOffset(), stream.lastOffset());
        }
    }

    /** The answer's frames are acknowledged; succeeds when the fact is too. */
    static Future<Void> succeeded(
            Desk desk, Assignment assignment, Times times, int status, @Nullable TokenUsage usage, Frames frames) {
        Attempt attempt = assignment.attempt();
        Deployment deployment = assignment.deployment();
        desk.health().answered(deployment, times.endedAt);
        desk.meters().frames(frames.count);
        long latency = times.endedAt - times.calledAt;
        long firstToken = attempt.request().stream() ? times.firstTokenAt - times.calledAt : 0;
        ReplyAddress reply = attempt.request().reply();
        Fact.Terminal terminal = new Fact.Terminal(
                Status.COMPLETED,
                OK,
                null,
                attempt.plan().attempts(),
                attempt.fallbacks(),
                reply == null ? null : reply.topic(),
                frames.partition,
                frames.firstOffset,
                frames.lastOffset);
        Fact.Attempted fact = fact(desk, assignment, times, Outcome.SUCCEEDED, null, status, usage, terminal);
        return desk.outcomes()
                .publish(() -> desk.outbox().fact(fact))
                .onSuccess(counted -> settle(desk, assignment, times, fact))
                .onSuccess(counted -> desk.meters().succeeded(deployment, latency, firstToken, usage));
    }

    /**
     * Succeeds when the failure, and the fact where there was a call, are acknowledged; in that order, so that a fact means both.
     *
     * @param answer what came of it; null where nothing was asked
     * @param frames what of that was published; null where nothing could be
     */
    static Future<Void> failed(
            Desk desk,
            Assignment assignment,
            Times times,
            Failure failure,
            @Nullable AnswerPipe answer,
            @Nullable ReplyStream frames) {
        int published = frames == null ? 0 : frames.published();
        byte[] beginning = told(failure, answer, frames);
        Said said = frames == null || beginning.length == 0 ? null : frames.said(beginning.length);
        byte[] value = said == null
                ? assignment.taken().value()
                : AttemptValue.with(assignment.attempt(), assignment.taken().value(), beginning);
        Future<Void> out = failed(
                desk, assignment, times, failure, answer == null ? null : answer.usage(), published, said, value);
        return times.calledAt > 0 || answer == null
                ? out
                : out.compose(told -> uncalledFact(desk, assignment, failure, times.endedAt));
    }

    /** The same of an attempt whose holder died, with so many frames of its answer. */
    static Future<Void> unknown(Desk desk, Assignment assignment, Times times, Failure failure, int frames) {
        return failed(
                desk,
                assignment,
                times,
                failure,
                null,
                frames,
                null,
                assignment.taken().value());
    }

    private static Future<Void> failed(
            Desk desk,
            Assignment assignment,
            Times times,
            Failure failure,
            @Nullable TokenUsage usage,
            int published,
            @Nullable Said said,
            byte[] value) {
        boolean called = times.calledAt > 0;
        desk.meters().frames(published);
        FailedAttempt event = new FailedAttempt(assignment.attempt(), failure, called, published, times.endedAt, said);
        Future<Void> told = FailureNotice.tell(desk, assignment.taken(), assignment.topic(), event, value);
        if (called) {
            return told.compose(acknowledged -> failedFact(desk, assignment, times, failure, usage));
        }
        return told.onSuccess(counted -> desk.meters().returned(failure.kind()));
    }

    /**
     * The fact of a failure before anything left, where the memory of budgets may count its money as sent all the same: it was asked, and nobody
     * heard the answer, or it was not told that nothing was sent. What is booked for nothing is held no longer.
     */
    static Future<Void> uncalledFact(Desk desk, Assignment assignment, Failure failure, long endedAt) {
        if (windows(assignment).isEmpty()) {
            return Future.succeededFuture();
        }
        Times times = new Times(0, 0, endedAt, false, false, 0);
        Fact.Attempted fact =
                fact(desk, assignment, times, Outcome.FAILED, failure.kind(), failure.vendorStatus(), null, null);
        return desk.outcomes()
                .publish(() -> desk.outbox().fact(fact))
                .onSuccess(counted -> desk.claims().paid(assignment.taken(), Money.ZERO));
    }

    /** The fact of a failure that the router knows of. */
    static Future<Void> failedFact(
            Desk desk, Assignment assignment, Times times, Failure failure, @Nullable TokenUsage usage) {
        Outcome outcome = failure.kind() == FailureKind.UNKNOWN ? Outcome.UNKNOWN : Outcome.FAILED;
        Fact.Attempted fact =
                fact(desk, assignment, times, outcome, failure.kind(), failure.vendorStatus(), usage, null);
        return desk.outcomes()
                .publish(() -> desk.outbox().fact(fact))
                .onSuccess(counted -> settle(desk, assignment, times, fact))
                .onSuccess(counted -> desk.meters().failed(assignment.deployment(), failure.kind()));
    }

    /** The outcome of an attempt that another worker gave up meanwhile: it is billed, and ends nothing. */
    static Future<Void> late(
            Desk desk,
            Assignment assignment,
            Times times,
            @Nullable Failure failure,
            int status,
            @Nullable TokenUsage usage) {
        Outcome outcome = failure == null ? Outcome.SUCCEEDED : Outcome.FAILED;
        Fact.Attempted fact = fact(
                        desk,
                        assignment,
                        times,
                        outcome,
                        failure == null ? null : failure.kind(),
                        failure == null ? status : failure.vendorStatus(),
                        usage,
                        null)
                .asLate();
        return desk.outcomes()
                .publish(() -> desk.outbox().fact(fact))
                .onSuccess(counted -> settle(desk, assignment, times, fact))
                .onSuccess(counted -> desk.meters().late());
    }

    private static void settle(Desk desk, Assignment assignment, Times times, Fact.Attempted fact) {
        TokenUsage usage = fact.usage();
        desk.allotments().ended(assignment.attempt(), fact, times.sent, times.seenTokens);
        desk.health()
                .loads()
                .used(assignment.deployment(), usage == null ? 0 : usage.input() + usage.output(), times.endedAt);
        if (fact.charge() != null) {
            desk.claims().paid(assignment.taken(), fact.charge().cost());
        }
    }

    /** What another attempt can go on with, if another may come; empty where nothing of that kind was published. */
    private static byte[] told(Failure failure, @Nullable AnswerPipe answer, @Nullable ReplyStream frames) {
        if (answer == null || frames == null || failure.kind().next() != FailureKind.Next.RETRY) {
            return NOTHING;
        }
        return frames.published() > 0 && !frames.isBroken() ? answer.beginning() : NOTHING;
    }

    private static List<String> windows(Assignment assignment) {
        Hold hold = assignment.attempt().hold();
        return hold == null ? List.of() : hold.windows();
    }

    private static Fact.Attempted fact(
            Desk desk,
            Assignment assignment,
            Times times,
            Outcome outcome,
            @Nullable FailureKind failure,
            int vendorStatus,
            @Nullable TokenUsage usage,
            Fact.@Nullable Terminal terminal) {
        Deployment deployment = assignment.deployment();
        Request request = assignment.attempt().request();
        return new Fact.Attempted(
                Fact.Subject.of(request),
                assignment.attempt().id(),
                deployment.id(),
                deployment.group(),
                deployment.provider(),
                deployment.account(),
                deployment.vendorModel(request.route()),
                deployment.zone(request.route()),
                desk.region(),
                outcome,
                failure,
                vendorStatus,
                times.calledAt > 0,
                usage,
                times.calledAt,
                times.firstTokenAt,
                times.endedAt,
                terminal,
                false,
                times.sent ? charge(desk, assignment, times, failure, usage) : Bill.unsent(),
                windows(assignment));
    }

    /** A defect in the bill must not keep an outcome back for ever, and with it all that comes after it in its partition. */
    private static Charge charge(
            Desk desk, Assignment assignment, Times times, @Nullable FailureKind failure, @Nullable TokenUsage usage) {
        try {
            return desk.bill().of(assignment, failure, usage, times.whole, times.seenTokens);
        } catch (RuntimeException defect) {
            CallFailures.logged(assignment.attempt(), defect);
            return Charge.held(assignment.attempt().hold());
        }
    }
}
