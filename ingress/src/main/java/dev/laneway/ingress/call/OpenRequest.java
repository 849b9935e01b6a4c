package dev.laneway.ingress.call;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Signal;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.call.RequestTally.Outcome;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.limits.Place;
import dev.laneway.ingress.rate.RatePass;
import dev.laneway.ingress.reply.ReplyReceiver;
import dev.laneway.runtime.body.BodyWriter;
import dev.laneway.runtime.kafka.SinkException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request from its publication until its client has the answer. It ends exactly once, is counted exactly once, and belongs to one
 * attempt from that attempt's first frame on. Used on the event loop of its connection.
 */
final class OpenRequest implements ReplyReceiver, Answer.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(OpenRequest.class);

    /** What is known of the record. */
    private enum Publication {
        SENT,
        ACKNOWLEDGED,
        LOST
    }

    private final Desk desk;
    private final Call call;
    private final RouteCard card;
    private final Place place;
    private final Request request;
    private final RequestTally tally;
    private final KeyHold key;
    private final Binding binding = new Binding();
    private final Answer answer;
    private final RatePass pass;
    private final long moment;
    private final boolean outlivesClient;
    private final long deadlineNanos;
    private final boolean oneEvent;
    private final long publishedNanos = System.nanoTime();
    private Publication publication = Publication.SENT;
    private @Nullable Outcome outcome;
    private String reason = "";
    private int status;
    private boolean cancelOwed;
    private boolean paused;
    private boolean closed;
    private boolean whole;
    private boolean fellBack;
    private long toldBytes;

    /** @param outlivesClient whether the work goes on when the client leaves */
    private OpenRequest(
            Desk desk,
            Call call,
            RouteCard card,
            Place place,
            Request request,
            int bodyBytes,
            boolean outlivesClient,
            RatePass pass) {
        this.pass = pass;
        this.moment = desk.budgets.moment();
        this.desk = desk;
        this.call = call;
        this.card = card;
        this.place = place;
        this.request = request;
        this.tally = new RequestTally(card.meters(), desk.inFlight, call.startedNanos());
        this.key = new KeyHold(desk, request);
        this.outlivesClient = outlivesClient;
        this.oneEvent = !BodyWriter.tooLarge(bodyBytes);
        this.deadlineNanos = call.startedNanos() + TimeUnit.MILLISECONDS.toNanos(request.deadline() - call.startedAt());
        this.answer = request.stream()
                ? new StreamedAnswer(
                        call,
                        request.route(),
                        card,
                        desk.bounds,
                        desk.memory,
                        desk.waits.silence().toNanos(),
                        this)
                : new WholeAnswer(call, request.route(), card, desk.bounds.answerBytes(), desk.memory, this);
    }

    /** Publishes a request that has its place in its lane; the body's bytes go back to the budget when the broker has them. */
    static void open(
            Desk desk,
            Call call,
            Admission admission,
            Request request,
            byte[] body,
            boolean outlivesClient,
            RatePass pass) {
        RouteCard card = admission.card();
        OpenRequest open =
                new OpenRequest(desk, call, card, admission.place(), request, body.length, outlivesClient, pass);
        desk.opened(open);
        desk.inbox.expect(request.id(), open);
        call.response().closeHandler(v -> open.clientGone()).exceptionHandler(cause -> open.clientGone());
        desk.outbox.publish(card.topic(), request, body).onComplete((done, cause) -> {
            desk.memory.release(body.length);
            if (cause == null) {
                open.acknowledged();
            } else {
                open.unacknowledged(cause);
            }
        });
    }

    @Override
    public void onReply(Reply reply, byte[] value) {
        if (outcome != null || whole) {
            return;
        }
        // a record is shown to readers only once every replica that must have it has it: a reply proves the
        // acknowledgement
        acknowledged();
        switch (reply) {
            case Reply.Frame frame -> onFrame(frame, value);
            case Reply.Failed failed -> onFailed(failed);
        }
    }

    @Override
    public void onReplyLost() {
        if (outcome == null && !whole) {
            cut();
        }
    }

    private void onFrame(Reply.Frame frame, byte[] value) {
        int due = binding.due();
        switch (binding.take(frame)) {
            case FIRST -> {
                place.answered(System.nanoTime());
                tally.firstFrame();
                countFallback(frame.head());
                tell(frame, value);
            }
            case NEXT -> tell(frame, value);
            case TAKES_OVER -> {
                if (frame.head() != null) {
                    answer.goesOn(frame.head());
                }
                countFallback(frame.head());
                tell(frame, value);
            }
            case DUPLICATE -> desk.duplicate.increment();
            case GAP -> {
                LOG.warn("{}: frame {} of {} came where {} was due", request.id(), frame.seq(), frame.attempt(), due);
                cut();
            }
            case OTHER -> {
                desk.otherAttempt.increment();
                if (frame.end() != null) {
                    cut(); // the work is done, and what the client has a beginning of is not going to be
                }
            }
        }
    }

    private void tell(Reply.Frame frame, byte[] value) {
        toldBytes += value.length;
        if (frame.end() != null) {
            whole = true;
            pass.answered(frame.end().usage());
        }
        answer.take(frame.head(), value, whole);
    }

    private void countFallback(Reply.@Nullable Head head) {
        if (head != null && head.fallbacks() > 0 && !fellBack) {
            fellBack = true;
            tally.fellBack();
        }
    }

    private void onFailed(Reply.Failed failed) {
        place.answered(System.nanoTime());
        desk.budgets.learn(moment, failed.failure().shortages());
        if (failed.attempts() == 0) {
            pass.refund(); // nobody was called: what is refused counts nowhere
        }
        int told = failed.status() >= 400 && failed.status() < 600 ? failed.status() : 502;
        end(Outcome.FAILED, told, failed.failure().kind().id(), false);
        answer.fail(
                ClientError.of(failed.failure(), told, request.id()),
                failed.attempts(),
                failed.fallbacks(),
                failed.failure().retryAfterMillis());
    }

    /** Frames are missing: what came is kept, and the end says that it isn't all. */
    private void cut() {
        failHere(Outcome.FAILED, FailureKind.CUT_STREAM, 502, "The answer was cut off on its way.");
    }

    private void failHere(Outcome how, FailureKind kind, int toldStatus, String message) {
        if (how == Outcome.EXPIRED) {
            place.expired(System.nanoTime());
        }
        end(how, toldStatus, kind.id(), how == Outcome.EXPIRED || !outlivesClient);
        ClientError error = ClientError.of(Failure.of(kind, message), toldStatus, request.id());
        answer.fail(error, Answer.UNKNOWN, Answer.UNKNOWN, 0);
    }

    private void acknowledged() {
        if (publication != Publication.SENT) {
            return;
        }
        publication = Publication.ACKNOWLEDGED;
        key.keep();
        tally.accepted();
        if (outcome != null) {
            tally.ended(outcome, status, reason);
        }
        payCancel();
    }

    private void unacknowledged(Throwable cause) {
        if (publication != Publication.SENT) {
            return;
        }
        publication = Publication.LOST;
        Refusal why = cause instanceof SinkException sink && sink.reason() == SinkException.Reason.FULL
                ? Refusal.MEMORY_FULL
                : Refusal.BROKER_AWAY;
        tally.refused(why);
        if (!(cause instanceof SinkException known) || mayArrive(known.reason())) {
            cancelOwed = true;
        }
        key.release();
        pass.refund();
        if (outcome == null) {
            end(Outcome.FAILED, 503, why.id(), cancelOwed);
            refuse(why);
        }
        payCancel();
    }

    private static boolean mayArrive(SinkException.Reason reason) {
        return switch (reason) {
            case TIMEOUT, REFUSED -> true;
            case FULL, AWAY -> false;
        };
    }

    private void refuse(Refusal why) {
        answer.fail(why.error(request.id()), Answer.UNKNOWN, Answer.UNKNOWN, 0);
    }

    /** Looks at the clock. */
    void tick(long nowNanos) {
        if (outcome != null || whole) {
            if (answer.stuck(nowNanos, desk.waits.slowClient().toNanos())) {
                giveUp("slow_client");
            }
            return;
        }
        if (nowNanos - deadlineNanos >= 0) {
            failHere(
                    Outcome.EXPIRED,
                    FailureKind.EXPIRED,
                    504,
                    "The request's deadline passed before there was an answer.");
        } else if (publication == Publication.SENT
                && oneEvent
                && nowNanos - publishedNanos > desk.waits.acknowledgement().toNanos()) {
            key.release();
            pass.refund();
            end(Outcome.FAILED, 503, Refusal.BROKER_AWAY.id(), true);
            refuse(Refusal.BROKER_AWAY);
        } else if (answer.stuck(nowNanos, desk.waits.slowClient().toNanos())) {
            giveUp("slow_client");
        } else if (publication == Publication.ACKNOWLEDGED) {
            answer.tick(nowNanos);
        }
    }

    /** The process ends before the answer came. */
    void abandon() {
        if (outcome == null && !whole) {
            end(Outcome.FAILED, 503, Refusal.DRAINING.id(), !outlivesClient);
            refuse(Refusal.DRAINING);
        }
    }

    private void clientGone() {
        if (outcome == null) {
            end(Outcome.CANCELLED, 0, "client_gone", !outlivesClient && !whole);
        }
        close();
    }

    private void giveUp(String why) {
        if (outcome == null) {
            end(Outcome.CANCELLED, 0, why, !outlivesClient && !whole);
        }
        call.abort();
        close();
    }

    @Override
    public void handedOver() {
        if (outcome == null) {
            end(Outcome.COMPLETED, 200, "", false);
        }
        close();
    }

    @Override
    public void full() {
        desk.clientPauses.increment();
        if (!whole) {
            paused = true;
            desk.outbox.signal(request.zone(), new Signal.Pause(request.id()));
        }
    }

    @Override
    public void drained() {
        if (outcome == null && !whole) {
            resume();
        }
    }

    @Override
    public void overrun() {
        if (request.stream()) {
            giveUp("client_overrun");
        } else {
            failHere(Outcome.FAILED, FailureKind.INTERNAL, 502, "The answer is larger than the gateway holds.");
        }
    }

    private void end(Outcome how, int toldStatus, String why, boolean cancel) {
        outcome = how;
        status = toldStatus;
        reason = why;
        cancelOwed |= cancel;
        desk.inbox.forget(request.id());
        place.leave();
        settle(how);
        if (how == Outcome.FAILED || how == Outcome.EXPIRED) {
            desk.log.failed(request.id(), card.route().name(), toldStatus, why, tally.millis());
        }
        if (publication == Publication.ACKNOWLEDGED) {
            tally.ended(how, toldStatus, why);
        }
        if (paused && !cancelOwed && !whole) {
            resume(); // the client is gone, the work is not
        }
        payCancel();
    }

    /** Does nothing where its answer is whole, and its usage known. */
    private void settle(Outcome how) {
        if (how == Outcome.FAILED && toldBytes == 0) {
            pass.unanswered();
        } else if (how == Outcome.CANCELLED && outlivesClient) {
            pass.answered(null); // the work goes on, and nobody here will see what it used
        } else {
            pass.cut(request.inputTokens(), toldBytes);
        }
    }

    private void resume() {
        paused = false;
        desk.outbox.signal(request.zone(), new Signal.Resume(request.id()));
    }

    /** A cancel goes out once the request may be in the log: before that there is nothing to cancel. */
    private void payCancel() {
        if (cancelOwed && publication != Publication.SENT) {
            cancelOwed = false;
            desk.outbox.signal(request.zone(), new Signal.Cancel(request.id()));
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            answer.release();
            desk.closed(this);
        }
    }
}
