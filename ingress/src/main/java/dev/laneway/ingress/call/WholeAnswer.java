package dev.laneway.ingress.call;

import dev.laneway.contracts.Reply;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.limits.MemoryBudget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not streamed: nothing goes out before it is whole, so that its status is always true. One that came in several
 * frames, so a large one, goes out frame by frame as its client takes it, and counts against the memory until then.
 */
final class WholeAnswer implements Answer {
    private final Call call;
    private final String model;
    private final RouteCard card;
    private final int capacity;
    private final MemoryBudget memory;
    private final Listener listener;
    private Reply.@Nullable Head head;
    private final ArrayDeque<Buffer> frames = new ArrayDeque<>(0);
    private int held;
    private boolean leaving;
    private long movedNanos;

    WholeAnswer(Call call, String model, RouteCard card, int capacity, MemoryBudget memory, Listener listener) {
        this.call = call;
        this.model = model;
        this.card = card;
        this.capacity = capacity;
        this.memory = memory;
        this.listener = listener;
    }

    @Override
    public void take(Reply.@Nullable Head first, byte[] said, boolean last) {
        byte[] bytes = call.dialect().opening().isEmpty() ? said : enclosed(head == null && first != null, said, last);
        if (first != null) {
            head = first;
        }
        if (last) {
            send(Buffer.buffer(bytes));
        } else if (held + bytes.length > capacity || !memory.reserve(bytes.length)) {
            listener.overrun();
        } else {
            held += bytes.length;
            frames.addLast(Buffer.buffer(bytes));
        }
    }

    /** What the client's form of an answer adds at its two ends. */
    private byte[] enclosed(boolean begins, byte[] said, boolean ends) {
        Buffer all = Buffer.buffer(begins ? call.dialect().opening() : "").appendBytes(said);
        return (ends ? all.appendString(call.dialect().closing()) : all).getBytes();
    }

    /** Nothing was told yet of an answer that isn't streamed, so there is nothing to go on with. */
    @Override
    public void goesOn(Reply.Head other) {
        head = other;
    }

    private void send(Buffer lastFrame) {
        Reply.Head from = head;
        HttpServerResponse response = call.response();
        if (from == null || response.closed() || response.ended()) {
            return;
        }
        AnswerHeaders.known(call, model, card);
        AnswerHeaders.answered(response, from);
        if (frames.isEmpty()) {
            response.end(lastFrame);
            listener.handedOver();
            return;
        }
        response.putHeader(HeaderNames.CONTENT_LENGTH, Long.toString(held + (long) lastFrame.length()));
        frames.addLast(lastFrame);
        leaving = true;
        sendNext();
    }

    /** One frame at a time: Vert.x's own queue counts messages, however large they are. */
    private void sendNext() {
        HttpServerResponse response = call.response();
        movedNanos = System.nanoTime();
        Buffer next = frames.removeFirst();
        if (frames.isEmpty()) {
            response.end(next);
            listener.handedOver();
            return;
        }
        response.write(next).onSuccess(written -> {
            // there is nothing left where the client was given up meanwhile
            if (!frames.isEmpty()) {
                memory.release(next.length());
                held -= next.length();
                sendNext();
            }
        });
    }

    @Override
    public void fail(ClientError error, int attempts, int fallbacks, long retryAfterMillis) {
        if (!call.response().headWritten() && !call.response().closed()) {
            AnswerHeaders.known(call, model, card);
            AnswerHeaders.counted(call.response(), attempts, fallbacks);
            call.fail(error, retryAfterMillis);
        }
        listener.handedOver();
    }

    @Override
    public void tick(long nowNanos) {
        // no byte may go out before the status is known
    }

    @Override
    public boolean stuck(long nowNanos, long patienceNanos) {
        return leaving && nowNanos - movedNanos > patienceNanos;
    }

    @Override
    public void release() {
        memory.release(held);
        held = 0;
        frames.clear();
    }
}
