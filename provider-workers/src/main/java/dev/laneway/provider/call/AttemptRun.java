package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.provider.claims.Claim;
import dev.laneway.provider.claims.NotGrantedException;
import dev.laneway.provider.claims.UnpaidException;
import dev.laneway.provider.health.Breakers;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.reply.ReplyStream;
import dev.laneway.runtime.failpoint.Failpoint;
import dev.laneway.runtime.kafka.NotOursException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one attempt from its slot to its acknowledged outcome: claim, body, call, answer, and then exactly one of success or
 * failure. One context.
 */
public final class AttemptRun implements VendorCall.Listener {
    /** Of an answer that isn't streamed: larger is malformed. */
    static final int LARGEST_ANSWER = 64 << 20;
    /** Of a stream that has not said a token yet. */
    static final int LARGEST_PRELUDE = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);
    private static final byte[] NOTHING = {};

    private enum Phase {
        PREPARING,
        CONNECTING,
        CLAIMING,
        ASKED,
        ANSWERING,
        OVER
    }

    private final Desk desk;
    private final Assignment assignment;
    private final Attempt attempt;
    private final Request request;
    private final Runnable onCallOver;
    private final @Nullable Failure returned;
    private final Pace pace;
    private final Promise<Void> done = Promise.promise();
    private final Standing standing;
    private Phase phase = Phase.PREPARING;
    private List<String> notes = List.of();
    private @Nullable VendorCall call;
    private Exchange.@Nullable Ready exchange;
    private @Nullable ReplyStream replies;
    private @Nullable ErrorAnswer error;
    private int status;
    private boolean counted;
    private long received;
    private boolean sent;

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
        this.request = attempt.request();
        this.onCallOver = onCallOver;
        this.standing = new Standing(desk.claims(), assignment.taken(), this::hold, this::flow);
        this.pace = new Pace(assignment.deployment(), request.stream());
    }

    /** Begins. @return succeeds when the outcome is acknowledged; fails where the attempt could not be begun and should be again */
    public Future<Void> start() {
        desk.claims().claim(assignment.taken()).onComplete((claim, cause) -> {
            if (claim == null) {
                giveBack(cause);
                return;
            }
            switch (claim) {
                case Claim.Held held -> {
                    leave();
                    held.settled()
                            .onSuccess(counted -> desk.meters().duplicate())
                            .onFailure(counted -> desk.meters().givenBack())
                            .onComplete(done);
                }
                case Claim.Orphaned orphan -> {
                    leave();
                    Aftermath.publish(desk, assignment, orphan.remains()).onSuccess(this::settled);
                }
                case Claim.Granted _ -> {
                    Failpoint.CLAIMED.passed();
                    if (returned == null) {
                        prepare();
                    } else {
                        fail(returned);
                    }
                }
            }
        });
        return done.future();
    }

    /** The client went away, or gave up. */
    public void cancel() {
        fail(CallFailures.cancelled());
    }

    /** The client reads slowly: the vendor's answer is read no further. */
    public void pause() {
        if (phase != Phase.OVER && pace.holdForClient()) {
            desk.meters().pausedBySignal();
            hold();
        }
    }

    /** The client caught up. */
    public void resume() {
        pace.clientReady();
        flow();
    }

    /** Looks at the clock. */
    public void sweep(long now) {
        if (replies != null) {
            replies.pump();
        }
        if (phase != Phase.OVER && now >= request.deadline()) {
            fail(CallFailures.expired());
            return;
        }
        switch (phase) {
            case PREPARING, CLAIMING, OVER -> {}
            case CONNECTING -> {
                if (pace.sinceCall(now) > desk.connectTimeoutMillis()) {
                    fail(CallFailures.connectTimeout());
                }
            }
            case ASKED, ANSWERING -> checkPace(now);
        }
    }

    /**
     * The process stops and can't wait: a call that was sent ends as unknown; one that was not is given back, to be delivered again.
     */
    public void cutOff() {
        if (phase == Phase.ASKED || phase == Phase.ANSWERING) {
            fail(CallFailures.unknown());
        } else if (phase != Phase.OVER) {
            if (call != null) {
                call.abort(); // else it would be sent as soon as there is a connection
            }
            leave();
            desk.claims().release(assignment.taken());
        }
    }

    @Override
    public Future<Void> beforeSend() {
        phase = Phase.CLAIMING; // what it waits for now is not the vendor's fault
        return desk.claims().markSent(assignment.taken()).compose(granted -> {
            if (now() < request.deadline()) {
                return Future.succeededFuture();
            }
            // a process that was stopped for a while comes here before it looks at the clock
            desk.claims().withdraw(assignment.taken());
            fail(CallFailures.expired());
            return Future.failedFuture("the deadline passed");
        });
    }

    @Override
    public void onNotSent() {
        desk.claims().withdraw(assignment.taken());
    }

    @Override
    public void onSent() {
        phase = Phase.ASKED;
        sent = true;
        pace.called(now());
        pace.moved(now());
    }

    @Override
    public void onHead(int statusCode, HeaderLookup headers) {
        if (phase == Phase.OVER || standing.isAsked(() -> onHead(statusCode, headers))) {
            return;
        }
        phase = Phase.ANSWERING;
        status = statusCode;
        pace.moved(now());
        if (statusCode < 200 || statusCode > 299) {
            error = new ErrorAnswer(statusCode, headers);
            return;
        }
        replies = AnswerHead.stream(desk, assignment, headers, notes, this::acknowledged, this::undeliverable);
        if (pace.held()) {
            hold();
        }
    }

    @Override
    public void onBytes(byte[] bytes) {
        if (phase == Phase.OVER || standing.isAsked(() -> onBytes(bytes))) {
            return;
        }
        pace.moved(now());
        if (error != null) {
            if (error.add(bytes)) {
                failByStatus(error);
            }
            return;
        }
        received += bytes.length;
        if (!request.stream() && received > LARGEST_ANSWER) {
            fail(CallFailures.tooLarge());
            return;
        }
        try {
            take(bytes);
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    @Override
    public void onEnd() {
        if (phase == Phase.OVER || standing.isAsked(this::onEnd)) {
            return;
        }
        if (error != null) {
            failByStatus(error);
            return;
        }
        try {
            finish();
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    @Override
    public void onBroken(VendorCall.Stage stage, Throwable cause) {
        if (phase == Phase.OVER || standing.isAsked(() -> onBroken(stage, cause))) {
            return;
        }
        if (cause instanceof NotGrantedException || cause instanceof NotOursException) {
            desk.claims().release(assignment.taken());
            giveBack(cause);
            return;
        }
        if (cause instanceof UnpaidException unpaid) {
            pace.notCalled();
            fail(CallFailures.unpaid(unpaid.kind()));
            return;
        }
        if (error != null) {
            failByStatus(error);
            return;
        }
        if (LOG.isDebugEnabled()) {
            LOG.debug("attempt {} broke when {}: {}", attempt.id(), stage, String.valueOf(cause));
        }
        fail(CallFailures.of(stage, cause));
    }

    private void prepare() {
        if (phase != Phase.OVER) {
            Preparation.of(desk, assignment).onSuccess(this::prepared);
        }
    }

    private void prepared(Preparation preparation) {
        if (phase == Phase.OVER) {
            return;
        }
        switch (preparation) {
            case Preparation.Opened ready -> opened(ready.exchange());
            case Preparation.BodyLost lost -> {
                LOG.warn("attempt {}: {}", attempt.id(), lost.cause().getMessage());
                fail(CallFailures.bodyLost());
            }
            case Preparation.NotRead later -> {
                desk.claims().release(assignment.taken());
                giveBack(later.cause());
            }
            case Preparation.Defect ours -> defect(ours.cause());
        }
    }

    private void opened(Exchange opened) {
        switch (opened) {
            case Exchange.Refused refused -> fail(refused.failure());
            case Exchange.Ready ready -> {
                exchange = ready;
                notes = ready.call().notes();
                phase = Phase.CONNECTING;
                pace.called(now());
                desk.health().loads().began(assignment.deployment());
                counted = true;
                call = desk.vendors().start(ready.call(), this);
            }
        }
    }

    private void take(byte[] bytes) {
        Exchange.Ready asked = asked();
        AnswerPipe answer = asked.answer();
        ReplyStream out = replies();
        byte[] rendered = answer.feed(bytes);
        if (standing.isStale()) {
            rendered = NOTHING; // nobody waits for it any more
        }
        out.write(rendered);
        if (!pace.hasToken() && answer.tokenSeen()) {
            pace.token(now());
            waited();
            if (request.stream() && !standing.isStale()) {
                out.open();
            }
        }
        Failure failure = asked.failure();
        if (failure != null) {
            fail(failure);
        } else if (request.stream() && answer.finished()) {
            finish();
        } else if (request.stream() && !pace.hasToken() && out.held() > LARGEST_PRELUDE) {
            fail(CallFailures.noTokens());
        } else if (out.full() && pace.holdForBroker()) {
            desk.meters().pausedByWindow();
            hold();
        }
    }

    private void finish() {
        Exchange.Ready asked = asked();
        AnswerPipe answer = asked.answer();
        ReplyStream out = replies();
        byte[] rest = answer.end();
        Failure failure = asked.failure();
        if (failure != null) {
            fail(failure);
            return;
        }
        if (!pace.hasToken()) {
            waited();
        }
        long endedAt = now();
        if (call != null && call.ignoreRest()) {
            desk.vendors().linger(call, endedAt);
        }
        Failpoint.ANSWERED.passed();
        leave();
        if (standing.isStale()) {
            late(null, endedAt);
            return;
        }
        out.write(rest);
        if (!request.stream()) {
            AnswerHead.cost(out, desk.bill().of(assignment, null, answer.usage(), true, seenTokens()));
        }
        out.end(answer.usage()).onComplete((whole, cause) -> {
            if (cause == null) {
                AttemptOutcome.succeeded(
                                desk,
                                assignment,
                                pace.times(endedAt, sent, true, seenTokens()),
                                status,
                                answer.usage(),
                                AttemptOutcome.Frames.of(out))
                        .onSuccess(this::settled);
            } else {
                Aftermath.undelivered(desk, assignment).onComplete((told, gone) -> {
                    if (gone == null && told) {
                        settled(null);
                    } else {
                        conclude(CallFailures.undeliverable(), endedAt);
                    }
                });
            }
        });
    }

    private void fail(Failure failure) {
        if (phase == Phase.OVER) {
            return;
        }
        if (call != null) {
            call.abort();
        }
        long endedAt = now();
        if (isUnsent() && (failure.kind() == FailureKind.CANCELLED || failure.kind() == FailureKind.EXPIRED)) {
            pace.notCalled();
        }
        if (pace.isCalled()) {
            desk.health().failed(assignment.deployment(), failure, endedAt);
            if (!pace.hasToken() && Breakers.counts(failure.kind())) {
                desk.health().loads().failed(assignment.deployment());
            }
        }
        leave();
        if (!sent) {
            desk.claims().unspent(assignment.taken());
            desk.allotments().unsent(attempt);
        }
        Future<Void> quiet = replies == null ? Future.succeededFuture() : replies.abandon();
        quiet.onComplete((nothing, cause) -> conclude(failure, endedAt));
    }

    private void waited() {
        desk.health().loads().answered(assignment.deployment(), pace.sinceCall(now()));
    }

    private boolean isUnsent() {
        return phase == Phase.CONNECTING || phase == Phase.CLAIMING;
    }

    private void conclude(Failure failure, long endedAt) {
        if (standing.isStale()) {
            late(failure, endedAt);
            return;
        }
        AttemptOutcome.failed(
                        desk,
                        assignment,
                        pace.times(
                                endedAt,
                                sent,
                                exchange != null && exchange.answer().finished(),
                                seenTokens()),
                        failure,
                        exchange == null ? null : exchange.answer(),
                        replies)
                .onSuccess(this::settled);
    }

    private void late(@Nullable Failure failure, long endedAt) {
        AttemptOutcome.late(
                        desk,
                        assignment,
                        pace.times(
                                endedAt,
                                sent,
                                exchange != null && exchange.answer().finished(),
                                seenTokens()),
                        failure,
                        status,
                        exchange == null ? null : exchange.answer().usage())
                .onSuccess(this::settled);
    }

    private void settled(@Nullable Void acknowledged) {
        Failpoint.OUTCOME_PUBLISHED.passed();
        desk.claims().settled(assignment.taken());
        done.complete();
    }

    private void failByStatus(ErrorAnswer answer) {
        if (status == 401) {
            desk.credentials().refused(asked().call(), assignment.served().credential());
        }
        fail(answer.failure(asked(), now()));
    }

    private void checkPace(long now) {
        Pace.Verdict verdict = pace.verdict(now);
        if (verdict == Pace.Verdict.FINE) {
            return;
        }
        if (error != null) {
            failByStatus(error);
        } else {
            fail(verdict == Pace.Verdict.STALLED ? CallFailures.stalled() : CallFailures.noAnswer());
        }
    }

    private void acknowledged() {
        if (pace.heldForBroker() && replies != null && !replies.full()) {
            pace.brokerReady();
            flow();
        }
    }

    private void undeliverable() {
        if (phase != Phase.OVER) {
            fail(CallFailures.undeliverable());
        }
    }

    private void hold() {
        if (call != null) {
            call.pause();
        }
    }

    private void flow() {
        if (phase == Phase.ANSWERING && call != null && !pace.held()) {
            pace.moved(now());
            call.resume();
        }
    }

    private void leave() {
        phase = Phase.OVER;
        if (counted) {
            counted = false;
            desk.health().loads().over(assignment.deployment());
        }
        onCallOver.run();
    }

    /** It could not begin: its source hands it out again. */
    private void giveBack(Throwable cause) {
        desk.meters().givenBack();
        leave();
        done.fail(cause);
    }

    /** A bug of ours: its place is logged, its message may hold content. */
    private void defect(Throwable e) {
        StackTraceElement[] at = e.getStackTrace();
        LOG.error(
                "attempt {} met a defect: {} at {}",
                attempt.id(),
                e.getClass().getName(),
                at.length == 0 ? "an unknown place" : at[0]);
        fail(CallFailures.internal());
    }

    private long seenTokens() {
        return exchange == null ? 0 : exchange.answer().tokensSeen();
    }

    private long now() {
        return desk.clock().getAsLong();
    }

    private Exchange.Ready asked() {
        if (exchange == null) {
            throw new IllegalStateException("an answer without a question");
        }
        return exchange;
    }

    private ReplyStream replies() {
        if (replies == null) {
            throw new IllegalStateException("an answer without a head");
        }
        return replies;
    }
}
