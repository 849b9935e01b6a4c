package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Topics;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.reply.ReplyStream;
import dev.laneway.runtime.config.Deployment;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Publishes how an attempt ended: its fact, and where it failed, the event that gives the router the next move. */
final class AttemptOutcome {
    private static final int OK = 200;

    private AttemptOutcome() {}

    /**
     * When things happened, epoch milliseconds.
     *
     * @param calledAt when the call began, 0 where there was none
     * @param firstTokenAt 0 where none came
     */
    record Times(long calledAt, long firstTokenAt, long endedAt) {}

    /** The answer's frames are acknowledged; succeeds when the fact is too. */
    static Future<Void> succeeded(
            Desk desk, Assignment assignment, Times times, int status, @Nullable TokenUsage usage, ReplyStream frames) {
        Attempt attempt = assignment.attempt();
        Deployment deployment = assignment.deployment();
        desk.health().answered(deployment, times.endedAt);
        desk.meters().frames(frames.published());
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
                frames.partition(),
                frames.firstOffset(),
                frames.lastOffset());
        Fact.Attempted fact = fact(desk, assignment, times, Outcome.SUCCEEDED, null, status, usage, terminal);
        return desk.outcomes()
                .publish(() -> desk.outbox().fact(fact))
                .onSuccess(counted -> desk.meters().succeeded(deployment, latency, firstToken, usage));
    }

    /** Succeeds when the failure, and the fact where there was a call, are acknowledged. */
    static Future<Void> failed(
            Desk desk, Assignment assignment, Times times, Failure failure, @Nullable TokenUsage usage, int frames) {
        Topics.Parsed topic = assignment.topic();
        boolean called = times.calledAt > 0;
        desk.meters().frames(frames);
        FailedAttempt event = new FailedAttempt(assignment.attempt(), failure, called, frames, times.endedAt);
        String failures = Topics.failures(topic.zone(), topic.lane(), topic.workClass());
        Future<Void> told = desk.outcomes()
                .publish(() ->
                        desk.outbox().failed(failures, event, assignment.taken().value()));
        if (!called) {
            return told.onSuccess(counted -> desk.meters().returned(failure.kind()));
        }
        Outcome outcome = failure.kind() == FailureKind.UNKNOWN ? Outcome.UNKNOWN : Outcome.FAILED;
        Fact.Attempted fact =
                fact(desk, assignment, times, outcome, failure.kind(), failure.vendorStatus(), usage, null);
        return Future.all(told, desk.outcomes().publish(() -> desk.outbox().fact(fact)))
                .<Void>mapEmpty()
                .onSuccess(counted -> desk.meters().failed(assignment.deployment(), failure.kind()));
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
                true,
                usage,
                times.calledAt,
                times.firstTokenAt,
                times.endedAt,
                terminal);
    }
}
