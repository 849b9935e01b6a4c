package dev.laneway.provider;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Topics;
import dev.laneway.provider.call.AttemptRun;
import dev.laneway.provider.call.Desk;
import dev.laneway.provider.call.FailureNotice;
import dev.laneway.provider.call.OrphanFact;
import dev.laneway.provider.claims.Claim;
import dev.laneway.provider.claims.Doubt;
import dev.laneway.provider.claims.Remains;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Attempts that this worker does not call. One context. */
final class Returns {
    private static final Failure ORPHANED =
            Failure.of(FailureKind.UNKNOWN, "The worker died before the vendor's answer was whole.");

    private final Desk desk;

    Returns(Desk desk) {
        this.desk = desk;
    }

    /**
     * Back to the router, uncalled, unless a worker before this one may have called it: then it ends as what became of it. One whose partition
     * has moved while it waited here is its new owner's.
     *
     * @param assignment where the config knows what it would have called
     * @return succeeds when what became of it is acknowledged
     */
    Future<Void> giveBack(Taken<Attempt> taken, Topics.Parsed topic, @Nullable Assignment assignment, Failure failure) {
        if (assignment == null) {
            return giveBackUnknown(taken, topic, failure);
        }
        return Doubt.of(taken).isPresent()
                ? AttemptRun.returning(desk, assignment, failure).start()
                : tell(taken, topic, failure, false, 0);
    }

    /** The config has nothing to call here; a worker before this one may have had, and be calling, or this one have told of it. */
    private Future<Void> giveBackUnknown(Taken<Attempt> taken, Topics.Parsed topic, Failure failure) {
        return desk.claims().claim(taken).compose(claim -> switch (claim) {
            case Claim.Held held ->
                held.settled()
                        .onSuccess(told -> desk.meters().duplicate())
                        .onFailure(gone -> desk.meters().givenBack());
            case Claim.Granted _ -> tell(taken, topic, failure, false, 0);
            case Claim.Orphaned(Remains remains) ->
                switch (remains) {
                    case Remains.Told _, Remains.Failed _ -> {
                        desk.claims().settled(taken);
                        yield Future.succeededFuture();
                    }
                    case Remains.Answered answered -> tell(taken, topic, ORPHANED, true, answered.frames());
                    case Remains.Unknown unknown -> tell(taken, topic, ORPHANED, true, unknown.frames());
                };
        });
    }

    private Future<Void> tell(Taken<Attempt> taken, Topics.Parsed topic, Failure failure, boolean called, int frames) {
        return desk.claims().mayTell(taken).onFailure(moved -> leave(taken)).compose(ours -> {
            FailedAttempt event = new FailedAttempt(
                    taken.event(), failure, called, frames, desk.clock().getAsLong());
            if (!called) {
                desk.claims().unspent(taken); // before the router reserves for what follows
                desk.allotments().unsent(taken.event());
            }
            return FailureNotice.tell(desk, taken, topic, event, taken.value())
                    .compose(told ->
                            called ? OrphanFact.publish(desk, taken, topic, event) : Future.<Void>succeededFuture())
                    .onSuccess(told -> desk.claims().settled(taken)) // whoever gets it again is not to call it
                    .onSuccess(counted -> desk.meters().returned(failure.kind()));
        });
    }

    private void leave(Taken<Attempt> taken) {
        desk.claims().release(taken);
        desk.meters().givenBack();
    }
}
