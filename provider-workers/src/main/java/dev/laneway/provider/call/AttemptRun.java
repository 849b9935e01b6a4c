package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.BodyRef;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.Request;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.provider.claims.Claim;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.reply.ReplyStream;
import dev.laneway.runtime.body.BodyLostException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayOutputStream;
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
    /** Of an error's body. */
    static final int LARGEST_ERROR = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

    private enum Phase {
        PREPARING,
        CONNECTING,
        ASKED,
        ANSWERING,
        OVER
    }

    private final Desk desk;
    private final Assignment assignment;
    private final Attempt attempt;
    private final Request request;
    private final Runnable onCallOver;
    private final Promise<Void> done = Promise.promise();
    private Phase phase = Phase.PREPARING;
    private List<String> notes = List.of();
    private @Nullable VendorCall call;
    private Exchange.@Nullable Ready exchange;
    private @Nullable ReplyStream replies;
    private @Nullable ErrorAnswer error;
    private int status;
    private long calledAt;
    private long firstTokenAt;
    private long lastByteAt;
    private long received;
    private boolean windowPaused;
    private boolean signalPaused;

    /** What a vendor says with a status other than 2xx. */
    private record ErrorAnswer(HeaderLookup headers, ByteArrayOutputStream body) {}

    /** @param onCallOver called once, when the slot is free: the outcome may still be on its way to the broker */
    public AttemptRun(Desk desk, Assignment assignment, Runnable onCallOver) {
        this.desk = desk;
        this.assignment = assignment;
        this.attempt = assignment.attempt();
        this.request = attempt.request();
        this.onCallOver = onCallOver;
    }

    /** Begins. @return succeeds when the outcome is acknowledged; fails where the attempt could not be begun and should be again */
    public Future<Void> start() {
        desk.claims().claim(attempt).onComplete((claim, cause) -> {
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
                case Claim.Granted _ -> fetchBody();
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
        if (phase != Phase.OVER && !signalPaused) {
            signalPaused = true;
            desk.meters().pausedBySignal();
            hold();
        }
    }

    /** The client caught up. */
    public void resume() {
        signalPaused = false;
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
            case PREPARING, OVER -> {}
            case CONNECTING -> {
                if (now - calledAt > desk.connectTimeoutMillis()) {
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
            leave();
            desk.claims().release(attempt);
        }
    }

    @Override
    public Future<Void> beforeSend() {
        return desk.claims().markSent(attempt);
    }

    @Override
    public void onSent() {
        phase = Phase.ASKED;
        lastByteAt = desk.clock().getAsLong();
    }

    @Override
    public void onHead(int statusCode, HeaderLookup headers) {
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.ANSWERING;
        status = statusCode;
        lastByteAt = desk.clock().getAsLong();
        if (statusCode < 200 || statusCode > 299) {
            error = new ErrorAnswer(headers, new ByteArrayOutputStream(512));
            return;
        }
        replies = AnswerHead.stream(desk, assignment, headers, notes, this::acknowledged, this::undeliverable);
        if (signalPaused) {
            hold();
        }
    }

    @Override
    public void onBytes(byte[] bytes) {
        if (phase == Phase.OVER) {
            return;
        }
        lastByteAt = desk.clock().getAsLong();
        if (error != null) {
            error.body.write(bytes, 0, Math.min(bytes.length, LARGEST_ERROR - error.body.size()));
            if (error.body.size() >= LARGEST_ERROR) {
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
        if (phase == Phase.OVER) {
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
        if (phase == Phase.OVER) {
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

    private void fetchBody() {
        if (phase == Phase.OVER) {
            return;
        }
        BodyRef reference = request.body();
        if (reference == null) {
            ask(assignment.taken().value());
            return;
        }
        desk.bodies().apply(reference).onComplete((whole, cause) -> {
            if (phase == Phase.OVER) {
                return;
            }
            if (whole != null) {
                ask(whole);
            } else if (cause instanceof BodyLostException) {
                LOG.warn("attempt {}: {}", attempt.id(), cause.getMessage());
                fail(CallFailures.bodyLost());
            } else {
                desk.claims().release(attempt);
                giveBack(cause);
            }
        });
    }

    private void ask(byte[] whole) {
        Exchange opened;
        try {
            opened = AnswerHead.exchange(desk.exchanges(), assignment, whole);
        } catch (RuntimeException e) {
            defect(e);
            return;
        }
        switch (opened) {
            case Exchange.Refused refused -> fail(refused.failure());
            case Exchange.Ready ready -> {
                exchange = ready;
                notes = ready.call().notes();
                phase = Phase.CONNECTING;
                calledAt = desk.clock().getAsLong();
                call = desk.vendors().start(ready.call(), this);
            }
        }
    }

    private void take(byte[] bytes) {
        Exchange.Ready asked = asked();
        AnswerPipe answer = asked.answer();
        ReplyStream out = replies();
        out.write(answer.feed(bytes));
        if (firstTokenAt == 0 && answer.tokenSeen()) {
            firstTokenAt = lastByteAt;
            if (request.stream()) {
                out.open();
            }
        }
        Failure failure = asked.failure();
        if (failure != null) {
            fail(failure);
        } else if (request.stream() && answer.finished()) {
            finish();
        } else if (request.stream() && firstTokenAt == 0 && out.held() > LARGEST_PRELUDE) {
            fail(CallFailures.noTokens());
        } else if (out.full() && !windowPaused) {
            windowPaused = true;
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
        out.write(rest);
        long endedAt = desk.clock().getAsLong();
        if (call != null && call.ignoreRest()) {
            desk.vendors().linger(call, endedAt);
        }
        leave();
        out.end(answer.usage()).onComplete((whole, cause) -> {
            if (cause == null) {
                AttemptOutcome.succeeded(desk, assignment, times(endedAt), status, answer.usage(), out)
                        .onSuccess(this::settled);
            } else {
                conclude(CallFailures.undeliverable(), endedAt);
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
        long endedAt = desk.clock().getAsLong();
        if (calledAt > 0) {
            desk.health().failed(assignment.deployment(), failure, endedAt);
        }
        leave();
        Future<Void> quiet = replies == null ? Future.succeededFuture() : replies.abandon();
        quiet.onComplete((nothing, cause) -> conclude(failure, endedAt));
    }

    private void conclude(Failure failure, long endedAt) {
        AttemptOutcome.failed(
                        desk,
                        assignment,
                        times(endedAt),
                        failure,
                        exchange == null ? null : exchange.answer().usage(),
                        replies == null ? 0 : replies.published())
                .onSuccess(this::settled);
    }

    private void settled(Void acknowledged) {
        desk.claims().settled(attempt);
        done.complete();
    }

    private void failByStatus(ErrorAnswer answer) {
        fail(asked().classify(
                        status,
                        answer.headers,
                        answer.body.toByteArray(),
                        desk.clock().getAsLong()));
    }

    private void checkPace(long now) {
        if (windowPaused || signalPaused) {
            return;
        }
        long timeout = assignment.deployment().timeout().toMillis();
        long silence = assignment.deployment().streamTimeout().toMillis();
        boolean stalled = request.stream() && now - lastByteAt > silence;
        boolean late = now - calledAt > timeout && (!request.stream() || firstTokenAt == 0);
        if (!stalled && !late) {
            return;
        }
        if (error != null) {
            failByStatus(error);
        } else {
            fail(firstTokenAt > 0 && stalled ? CallFailures.stalled() : CallFailures.noAnswer());
        }
    }

    private void acknowledged() {
        if (windowPaused && replies != null && !replies.full()) {
            windowPaused = false;
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
        if (phase == Phase.ANSWERING && call != null && !windowPaused && !signalPaused) {
            lastByteAt = desk.clock().getAsLong();
            call.resume();
        }
    }

    private void leave() {
        phase = Phase.OVER;
        onCallOver.run();
    }

    /** It could not begin: its source hands it out again. */
    private void giveBack(Throwable cause) {
        desk.meters().givenBack();
        leave();
        done.fail(cause);
    }

    /** A bug of ours: its place is logged, its message may hold content. */
    private void defect(RuntimeException e) {
        StackTraceElement[] at = e.getStackTrace();
        LOG.error(
                "attempt {} met a defect: {} at {}",
                attempt.id(),
                e.getClass().getName(),
                at.length == 0 ? "an unknown place" : at[0]);
        fail(CallFailures.internal());
    }

    private AttemptOutcome.Times times(long endedAt) {
        return new AttemptOutcome.Times(calledAt, firstTokenAt, endedAt);
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
