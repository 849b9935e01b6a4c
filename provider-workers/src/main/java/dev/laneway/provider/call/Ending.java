package dev.laneway.provider.call;

import dev.laneway.contracts.Failure;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.reply.ReplyStream;
import dev.laneway.runtime.failpoint.Failpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ends, once nothing more of its vendor counts: what is published of it, and after that its claim. One context.
 */
final class Ending {
    private final Desk desk;
    private final Assignment assignment;
    private final Promise<Void> done = Promise.promise();

    Ending(Desk desk, Assignment assignment) {
        this.desk = desk;
        this.assignment = assignment;
    }

    /** What is left of a call when it is over. */
    record Remnant(
            AttemptOutcome.Times times,
            boolean sent,
            int status,
            AnswerPipe answer,
            @Nullable ReplyStream frames) {}

    /** Succeeds when the outcome is acknowledged; fails where the attempt is to be handed out again. */
    Future<Void> done() {
        return done.future();
    }

    /** Somebody else has it, and ends it. */
    void as(Future<Void> other) {
        other.onComplete(done);
    }

    /** It could not begin. */
    void givenBack(Throwable cause) {
        done.fail(cause);
    }

    /** It failed before there was a call. */
    void uncalled(Failure failure, AttemptOutcome.Times times) {
        unsent(() -> settledBy(AttemptOutcome.failed(desk, assignment, times, failure, null, null)));
    }

    /** Nothing left, and nothing will: it costs nothing. Somebody else is to tell of it where its partition has moved. */
    private void unsent(Runnable tell) {
        desk.claims().mayTell(assignment.taken()).onComplete((ours, moved) -> {
            if (moved == null) {
                desk.claims().unspent(assignment.taken());
                desk.allotments().unsent(assignment.attempt());
                tell.run();
            } else {
                desk.claims().release(assignment.taken());
                desk.meters().givenBack();
                done.fail(moved);
            }
        });
    }

    /** The vendor's answer is whole, and its last frame on its way. */
    void whole(Future<Void> delivered, Remnant call, ReplyStream frames, Standing standing) {
        delivered.onComplete((whole, cause) -> {
            if (cause == null) {
                delivered(call, frames, standing);
            } else {
                Aftermath.undelivered(desk, assignment).onComplete((told, gone) -> {
                    if (gone == null && told) {
                        settled();
                    } else {
                        concluded(CallFailures.undeliverable(), call, standing);
                    }
                });
            }
        });
    }

    /** A process that was stopped meanwhile may have been taken for dead, and its answer be found by another worker. */
    private void delivered(Remnant call, ReplyStream frames, Standing standing) {
        if (standing.isAsked(() -> delivered(call, frames, standing))) {
            return;
        }
        if (standing.isStale()) {
            late(null, call);
            return;
        }
        settledBy(AttemptOutcome.succeeded(
                desk,
                assignment,
                call.times.ofWhole(),
                call.status,
                call.answer.usage(),
                AttemptOutcome.Frames.of(frames)));
    }

    /** It failed; told when what was published of its answer is acknowledged or given up. */
    void failed(Failure failure, Remnant call, Standing standing) {
        Future<Void> quiet = call.frames == null ? Future.succeededFuture() : call.frames.abandon();
        quiet.onComplete((nothing, cause) -> concluded(failure, call, standing));
    }

    /** Somebody else may tell of it by now: one that was not sent is its partition's owner's, one that was is its claim's holder's. */
    private void concluded(Failure failure, Remnant call, Standing standing) {
        if (!call.sent) {
            unsent(() -> told(failure, call));
        } else if (!standing.isAsked(() -> concluded(failure, call, standing))) {
            if (standing.isStale()) {
                late(failure, call);
            } else {
                told(failure, call);
            }
        }
    }

    private void told(Failure failure, Remnant call) {
        settledBy(AttemptOutcome.failed(desk, assignment, call.times, failure, call.answer, call.frames));
    }

    /**
     * Another worker gave it up meanwhile.
     *
     * @param failure null where it succeeded
     */
    void late(@Nullable Failure failure, Remnant call) {
        settledBy(AttemptOutcome.late(desk, assignment, call.times, failure, call.status, call.answer.usage()));
    }

    /** It is done with when that is acknowledged. */
    void settledBy(Future<Void> acknowledged) {
        acknowledged.onSuccess(told -> settled());
    }

    private void settled() {
        Failpoint.OUTCOME_PUBLISHED.passed();
        desk.claims().settled(assignment.taken());
        done.complete();
    }
}
