package dev.laneway.provider.call;

import dev.laneway.contracts.Failure;
import dev.laneway.provider.claims.Remains;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what is left to say of an attempt whose holder died: the outcome where the log knows it, else that nobody does. */
final class Aftermath {
    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final int OK = 200;

    private Aftermath() {}

    /**
     * The same of an answer that the producer gave up, where the broker has it all the same: a clock that jumps makes what is on its way seem
     * hours old.
     *
     * @return true when its outcome is acknowledged; false where nothing of an outcome is there
     */
    static Future<Boolean> undelivered(Desk desk, Assignment assignment) {
        return desk.claims().remains(assignment.taken()).compose(remains -> switch (remains) {
            case Remains.Unknown _ -> Future.succeededFuture(false);
            case Remains.Told _, Remains.Answered _, Remains.Failed _ ->
                publish(desk, assignment, remains).map(true);
        });
    }

    /** Succeeds when all of it is acknowledged. */
    static Future<Void> publish(Desk desk, Assignment assignment, Remains remains) {
        Taken<?> taken = assignment.taken();
        long now = desk.clock().getAsLong();
        String id = assignment.attempt().id();
        return switch (remains) {
            case Remains.Told _ -> Future.succeededFuture();
            case Remains.Answered answered -> {
                LOG.info("attempt {} was answered, as the log says", id);
                desk.meters().recovered();
                AttemptOutcome.Times times =
                        new AttemptOutcome.Times(taken.timestamp(), answered.firstFrameAt(), answered.lastFrameAt());
                yield AttemptOutcome.succeeded(
                        desk,
                        assignment,
                        times,
                        OK,
                        answered.usage(),
                        new AttemptOutcome.Frames(
                                answered.frames(),
                                answered.partition(),
                                answered.firstOffset(),
                                answered.lastOffset()));
            }
            case Remains.Failed failed -> {
                LOG.info("attempt {} had failed, as the log says", id);
                desk.meters().recovered();
                Failure failure = failed.failed().failure();
                long failedAt = failed.failed().failedAt();
                yield failed.failed().called()
                        ? AttemptOutcome.failedFact(
                                desk,
                                assignment,
                                new AttemptOutcome.Times(taken.timestamp(), 0, failedAt),
                                failure,
                                null)
                        : AttemptOutcome.uncalledFact(desk, assignment, failure, failedAt);
            }
            case Remains.Unknown unknown -> {
                LOG.warn("attempt {} is unknown: its worker died when it may have been sent", id);
                Failure failure = CallFailures.orphaned();
                yield AttemptOutcome.unknown(
                        desk,
                        assignment,
                        new AttemptOutcome.Times(taken.timestamp(), 0, now),
                        failure,
                        unknown.frames());
            }
        };
    }
}
