package dev.laneway.ingress;

import dev.laneway.ingress.changes.ChangeTopics;
import dev.laneway.ingress.reply.ReplyTails;
import dev.laneway.runtime.health.HealthBoard;
import dev.laneway.runtime.ledger.LedgerDatabase;
import dev.laneway.runtime.role.RunningRole;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An ingress at work. */
public final class RunningIngress implements RunningRole {
    private static final Logger LOG = LoggerFactory.getLogger(RunningIngress.class);

    private final Vertx vertx;
    private final Context home;
    private final String deployment;
    private final LoopParts parts;
    private final List<IngressLoop> loops;
    private final ReplyTails tails;
    private final HealthBoard board;
    private final long keysTimer;
    private final ChangeTopics changes;
    private final @Nullable LedgerDatabase ledger;
    private final Readiness readiness;
    private @Nullable Future<Void> drained;

    RunningIngress(
            Vertx vertx,
            Context home,
            String deployment,
            LoopParts parts,
            List<IngressLoop> loops,
            ReplyTails tails,
            HealthBoard board,
            long keysTimer,
            ChangeTopics changes,
            @Nullable LedgerDatabase ledger,
            Readiness readiness) {
        this.vertx = vertx;
        this.home = home;
        this.deployment = deployment;
        this.parts = parts;
        this.loops = loops;
        this.tails = tails;
        this.board = board;
        this.keysTimer = keysTimer;
        this.changes = changes;
        this.ledger = ledger;
        this.readiness = readiness;
    }

    @Override
    public String name() {
        return "ingress";
    }

    /** Where it listens; the free port that it got where 0 was asked for. */
    public int port() {
        return loops.getFirst().port();
    }

    @Override
    public List<String> notReady() {
        return readiness.reasons();
    }

    /**
     * Says that it is not ready, and goes on taking calls for its grace, or for half of the patience where that is less. Then it takes
     * no connection any more. All the while connections close as their requests end; what has no answer at the end is answered 503.
     */
    @Override
    public synchronized Future<Void> drain(Duration patience) {
        Future<Void> already = drained;
        if (already != null) {
            return already;
        }
        parts.leaving().set(true);
        LOG.info("draining {} requests", parts.inFlight().get());
        long grace = Math.min(parts.settings().grace().toMillis(), patience.toMillis() / 2);
        Future<Void> noticed = grace > 0 ? vertx.timer(grace).mapEmpty() : Future.succeededFuture();
        Future<Void> done = noticed.compose(v -> closeLoops(patience.minusMillis(grace)))
                .compose(closed -> on(loops.getFirst().context(), tails::close))
                .otherwiseEmpty()
                .compose(closed -> vertx.undeploy(deployment))
                .otherwiseEmpty()
                .compose(closed -> {
                    vertx.cancelTimer(keysTimer);
                    parts.bodies().close();
                    return on(
                            home,
                            () -> Future.join(
                                            board.close(),
                                            changes.close(),
                                            ledger == null ? Future.succeededFuture() : ledger.close())
                                    .mapEmpty());
                });
        drained = done;
        return done;
    }

    private Future<Void> closeLoops(Duration patience) {
        List<Future<Void>> closing = new ArrayList<>();
        for (IngressLoop loop : loops) {
            closing.add(on(loop.context(), () -> loop.drain(patience)));
        }
        return Future.join(closing).otherwiseEmpty().mapEmpty();
    }

    private static Future<Void> on(Context context, Supplier<Future<Void>> work) {
        Promise<Void> promise = Promise.promise();
        context.runOnContext(v -> work.get().onComplete(promise));
        return promise.future();
    }
}
