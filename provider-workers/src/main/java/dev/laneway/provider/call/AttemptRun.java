package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.dialects.Exchange;
import dev.laneway.provider.claims.Claim;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.runtime.failpoint.Failpoint;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one attempt from its slot to its acknowledged outcome: claim, body, call, answer, and then exactly one of success or
 * failure. What happens before there is a call happens here, the rest in its {@link LiveCall}. One context.
 */
public final class AttemptRun {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

    private final Desk desk;
    private final Assignment assignment;
    private final Attempt attempt;
    private final Runnable onCallOver;
    private final @Nullable Failure returned;
    private final Pace pace;
    private final Ending ending;
    private @Nullable LiveCall call;
    private boolean over;
    private boolean claimed;
    private @Nullable Failure failed;
    private long failedAt;

    /** @param onCallOver called once, when the slot is free: the outcome may still be on its way to the broker */
    public AttemptRun(Desk desk, Assignment assignment, Runnable onCallOver) {
        this(desk, assignment, onCallOver, null);
    }

    /** One that is not to be called: where nobody called it before, it fails with that, uncalled. */
    public static AttemptRun returning(Desk desk, Assignment assignment, Failure returned) {
        return new AttemptRun(desk, assignment, () -> {}, returned);
    }

    private AttemptRun(Desk desk, Assignment assignment, Runnable onCallOver, @Nullable Failure returned) {
        this.returned = returned;
        this.desk = desk;
        this.assignment = assignment;
        this.attempt = assignment.attempt();
        this.onCallOver = onCallOver;
        this.pace = new Pace(assignment.deployment(), attempt.request().stream());
        this.ending = new Ending(desk, assignment);
    }

    /** Begins. @return succeeds when the outcome is acknowledged; fails where the attempt could not be begun and should be again */
    public Future<Void> start() {
        desk.claims().claim(assignment.taken()).onComplete((claim, cause) -> {
            claimed = true;
            if (claim == null) {
                giveBack(cause);
                return;
            }
            switch (claim) {
                case Claim.Held held -> {
                    leave();
                    ending.as(held.settled()
                            .onSuccess(counted -> desk.meters().duplicate())
                            .onFailure(counted -> desk.meters().givenBack()));
                }
                case Claim.Orphaned orphan -> {
                    leave();
                    ending.settledBy(Aftermath.publish(desk, assignment, orphan.remains()));
                }
                case Claim.Granted _ -> {
                    Failpoint.CLAIMED.passed();
                    if (failed != null) {
                        uncalled(failed);
                    } else if (returned == null) {
                        prepare();
                    } else {
                        fail(returned);
                    }
                }
            }
        });
        return ending.done();
    }

    /** The client went away, or gave up. */
    public void cancel() {
        fail(CallFailures.cancelled());
    }

    /** The client reads slowly: the vendor's answer is read no further. */
    public void pause() {
        if (!over && pace.holdForClient()) {
            desk.meters().pausedBySignal();
            if (call != null) {
                call.hold();
            }
        }
    }

    /** The client caught up. */
    public void resume() {
        pace.clientReady();
        if (call != null) {
            call.flow();
        }
    }

    /** Looks at the clock. */
    public void sweep(long now) {
        if (call != null) {
            call.sweep(now);
        } else if (now >= attempt.request().deadline()) {
            fail(CallFailures.expired());
        }
    }

    /**
     * The process stops and can't wait: a call that was sent ends as unknown; one that was not is given back, to be delivered again.
     */
    public void cutOff() {
        if (call != null) {
            call.cutOff();
        } else if (!over) {
            leave();
            desk.claims().release(assignment.taken());
        }
    }

    private void prepare() {
        if (!over) {
            Preparation.of(desk, assignment).onSuccess(this::prepared);
        }
    }

    private void prepared(Preparation preparation) {
        if (over) {
            return;
        }
        switch (preparation) {
            case Preparation.Opened(Exchange.Refused(Failure failure)) -> fail(failure);
            case Preparation.Opened(Exchange.Ready ready) -> {
                LiveCall live = new LiveCall(desk, assignment, ready, pace, ending, this::leave);
                call = live;
                live.start();
            }
            case Preparation.BodyLost lost -> {
                LOG.warn("attempt {}: {}", attempt.id(), lost.cause().getMessage());
                fail(CallFailures.bodyLost());
            }
            case Preparation.NotRead later -> {
                desk.claims().release(assignment.taken());
                giveBack(later.cause());
            }
            case Preparation.Defect ours -> fail(CallFailures.defect(attempt, ours.cause()));
        }
    }

    /** Told of once it is known that no worker before this one called it. */
    private void fail(Failure failure) {
        if (call != null) {
            call.fail(failure);
        } else if (!over) {
            failed = failure;
            failedAt = desk.clock().getAsLong();
            leave();
            if (claimed) {
                uncalled(failure);
            }
        }
    }

    private void uncalled(Failure failure) {
        ending.uncalled(failure, pace.times(failedAt, false, false, 0));
    }

    private void leave() {
        if (!over) {
            over = true;
            onCallOver.run();
        }
    }

    /** It could not begin: its source hands it out again. */
    private void giveBack(Throwable cause) {
        desk.meters().givenBack();
        leave();
        ending.givenBack(cause);
    }
}
