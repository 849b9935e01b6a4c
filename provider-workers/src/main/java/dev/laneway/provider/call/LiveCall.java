package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.provider.claims.NotGrantedException;
import dev.laneway.provider.claims.UnpaidException;
import dev.laneway.provider.health.Breakers;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.reply.ReplyStream;
import dev.laneway.runtime.failpoint.Failpoint;
import dev.laneway.runtime.kafka.NotOursException;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt's call, from when it asks for a connection until nothing more of its vendor counts: what comes goes through the exchange into
 * frames, and whatever goes wrong is typed. One context.
 */
final class LiveCall implements VendorCall.Listener {
    /** Of an answer that isn't streamed: larger is malformed. */
    static final int LARGEST_ANSWER = 64 << 20;
    /** Of a stream that has not said a token yet. */
    static final int LARGEST_PRELUDE = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LiveCall.class);
    private static final byte[] NOTHING = {};

    private enum Phase {
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
    private final Exchange.Ready exchange;
    private final AnswerPipe answer;
    private final Pace pace;
    private final Ending ending;
    private final Runnable onOver;
    private final Standing standing;
    private Phase phase = Phase.CONNECTING;
    private @Nullable VendorCall call;
    private @Nullable ReplyStream replies;
    private @Nullable ErrorAnswer error;
    private int status;
    private boolean counted;
    private long received;
    private boolean sent;
    private boolean failed;

    /** @param onOver called when nothing more of its vendor counts, before its outcome is published */
    LiveCall(Desk desk, Assignment assignment, Exchange.Ready exchange, Pace pace, Ending ending, Runnable onOver) {
        this.desk = desk;
        this.assignment = assignment;
        this.attempt = assignment.attempt();
        this.request = attempt.request();
        this.exchange = exchange;
        this.answer = exchange.answer();
        this.pace = pace;
        this.ending = ending;
        this.onOver = onOver;
        this.standing = new Standing(desk.claims(), assignment.taken(), this::hold, this::flow);
    }

    void start() {
        pace.called(now());
        desk.health().loads().began(assignment.deployment());
        counted = true;
        call = desk.vendors().start(exchange.call(), this);
    }

    /** Looks at the clock. */
    void sweep(long now) {
        if (replies != null) {
            replies.pump();
        }
        if (phase != Phase.OVER && now >= request.deadline()) {
            fail(CallFailures.expired());
            return;
        }
        switch (phase) {
            case CLAIMING, OVER -> {}
            case CONNECTING -> {
                if (pace.sinceCall(now) > desk.connectTimeoutMillis()) {
                    fail(CallFailures.connectTimeout());
                }
            }
            case ASKED, ANSWERING -> checkPace(now);
        }
    }

    /** The process stops and can't wait. */
    void cutOff() {
        switch (phase) {
            case ASKED, ANSWERING -> fail(CallFailures.unknown());
            case CONNECTING, CLAIMING -> {
                if (call != null) {
                    call.abort(); // else it would be sent as soon as there is a connection
                }
                leave();
                desk.claims().release(assignment.taken());
            }
            case OVER -> {}
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
        if (failed) {
            desk.claims().unspent(assignment.taken()); // it was, before it was held
        }
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
        replies = AnswerHead.stream(
                desk, assignment, headers, exchange.call().notes(), this::acknowledged, this::undeliverable);
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
            fail(CallFailures.defect(attempt, e));
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
            fail(CallFailures.defect(attempt, e));
        }
    }

    @Override
    public void onBroken(VendorCall.Stage stage, Throwable cause) {
        if (phase == Phase.OVER || standing.isAsked(() -> onBroken(stage, cause))) {
            return;
        }
        if (cause instanceof NotGrantedException || cause instanceof NotOursException) {
            desk.claims().release(assignment.taken());
            desk.meters().givenBack();
            leave();
            ending.givenBack(cause);
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

    private void take(byte[] bytes) {
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
        Failure failure = exchange.failure();
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
        ReplyStream out = replies();
        byte[] rest = answer.end();
        Failure failure = exchange.failure();
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
            ending.late(null, remnant(endedAt));
            return;
        }
        out.write(rest);
        if (!request.stream()) {
            AnswerHead.cost(out, desk.bill().of(assignment, null, answer.usage(), true, answer.tokensSeen()));
        }
        ending.whole(out.end(answer.usage()), remnant(endedAt), out, standing);
    }

    /** Whatever comes afterwards is not heard; nothing happens where it is over already. */
    void fail(Failure failure) {
        if (phase == Phase.OVER) {
            return;
        }
        failed = true;
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
        ending.failed(failure, remnant(endedAt), standing);
    }

    private Ending.Remnant remnant(long endedAt) {
        return new Ending.Remnant(
                pace.times(endedAt, sent, answer.finished(), answer.tokensSeen()), sent, status, answer, replies);
    }

    private void waited() {
        desk.health().loads().answered(assignment.deployment(), pace.sinceCall(now()));
    }

    private boolean isUnsent() {
        return phase == Phase.CONNECTING || phase == Phase.CLAIMING;
    }

    private void failByStatus(ErrorAnswer refused) {
        if (status == 401) {
            desk.credentials().refused(exchange.call(), assignment.served().credential());
        }
        fail(refused.failure(exchange, now()));
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

    /** Reads no further. */
    void hold() {
        if (call != null) {
            call.pause();
        }
    }

    /** Reads on, unless there is another reason not to. */
    void flow() {
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
        onOver.run();
    }

    private long now() {
        return desk.clock().getAsLong();
    }

    private ReplyStream replies() {
        if (replies == null) {
            throw new IllegalStateException("an answer without a head");
        }
        return replies;
    }
}
