package dev.laneway.ingress.call;

import dev.laneway.contracts.Reply;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.StreamForm;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.limits.MemoryBudget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * A stream, written as its frames come. Where none comes for a while, headers go out early and idle frames follow, so that nothing in
 * between cuts the connection; what such headers could not say, a comment before the first frame says, where the client's dialect
 * streams as server-sent events.
 */
final class StreamedAnswer implements Answer {
    private final Call call;
    private final String model;
    private final RouteCard card;
    private final ClientBuffer out;
    private final long silenceNanos;
    private boolean begun;
    private boolean answered;
    private final boolean events;
    private boolean betweenEvents = true;
    private long lastWrite;

    StreamedAnswer(
            Call call,
            String model,
            RouteCard card,
            Bounds bounds,
            MemoryBudget memory,
            long silenceNanos,
            Listener listener) {
        this.call = call;
        this.model = model;
        this.card = card;
        this.silenceNanos = silenceNanos;
        this.events = call.dialect().streamForm() == StreamForm.EVENTS;
        this.out = new ClientBuffer(call.response(), bounds, memory, listener);
        this.lastWrite = call.startedNanos();
    }

    @Override
    public void take(Reply.@Nullable Head head, byte[] bytes, boolean last) {
        if (head != null && !answered) {
            answered = true;
            answer(head);
        }
        if (bytes.length > 0) {
            betweenEvents = events ? endsEvent(bytes) : bytes[bytes.length - 1] == '\n';
        }
        lastWrite = System.nanoTime();
        if (last) {
            out.writeLast(Buffer.buffer(bytes));
        } else if (bytes.length > 0) {
            out.write(Buffer.buffer(bytes));
        }
    }

    private void answer(Reply.Head head) {
        if (begun) {
            comment(Buffer.buffer(
                    ": x-laneway-zone: " + head.zone().id() + "\n" + counted(head.attempts(), head.fallbacks())));
            return;
        }
        begun = true;
        AnswerHeaders.known(call, model, card);
        AnswerHeaders.streamed(call.response());
        AnswerHeaders.answered(call.response(), head);
    }

    /** The headers are gone: a comment says who goes on, and how many calls it took so far. */
    @Override
    public void goesOn(Reply.Head head) {
        if (betweenEvents) {
            comment(Buffer.buffer(": x-laneway-continued-by: " + head.deployment() + "\n: x-laneway-zone: "
                    + head.zone().id() + "\n" + counted(head.attempts(), head.fallbacks())));
        }
        out.remind();
    }

    /** A stream of lines has no place for one. */
    private void comment(Buffer comment) {
        if (events) {
            out.write(comment);
        }
    }

    /** As the comment that stands for headers has it. */
    private static String counted(int attempts, int fallbacks) {
        return ": x-laneway-attempts: " + attempts + "\n: x-laneway-fallbacks: " + fallbacks + "\n\n";
    }

    @Override
    public void fail(ClientError error, int attempts, int fallbacks, long retryAfterMillis) {
        HttpServerResponse response = call.response();
        if (begun) {
            Buffer end = Buffer.buffer();
            if (!betweenEvents) {
                // what came of an event is ended, so that the error is one of its own
                end.appendString(events ? "\n\n" : "\n");
            }
            if (events && !answered && attempts != UNKNOWN) {
                end.appendString(counted(attempts, fallbacks));
            }
            out.writeLast(end.appendBytes(call.dialect().errorFrames(error)));
            return;
        }
        begun = true;
        if (!response.closed()) {
            AnswerHeaders.known(call, model, card);
            AnswerHeaders.counted(response, attempts, fallbacks);
            call.fail(error, retryAfterMillis);
        }
        out.ended();
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - lastWrite < silenceNanos || !betweenEvents || !out.isEmpty()) {
            return;
        }
        lastWrite = nowNanos;
        if (!begun) {
            begun = true;
            AnswerHeaders.known(call, model, card);
            AnswerHeaders.streamed(call.response());
            call.response().putHeader(HeaderNames.CONTENT_TYPE, call.dialect().contentType(true));
        }
        out.write(Buffer.buffer(call.dialect().idleFrame(model, call.startedAt() / 1_000)));
    }

    @Override
    public boolean stuck(long nowNanos, long patienceNanos) {
        return out.stuck(nowNanos, patienceNanos);
    }

    @Override
    public void release() {
        out.release();
    }

    /** A comment or an idle frame may only stand between two events; a frame may hold a part of one. */
    private static boolean endsEvent(byte[] bytes) {
        int n = bytes.length;
        if (n < 2 || bytes[n - 1] != '\n') {
            return false;
        }
        return bytes[n - 2] == '\n' || (n >= 4 && bytes[n - 2] == '\r' && bytes[n - 3] == '\n');
    }
}
