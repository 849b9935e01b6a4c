package dev.laneway.ingress.call;

import dev.laneway.contracts.Reply;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.limits.MemoryBudget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** An answer that is not streamed: nothing goes out before it is whole, so that its status is always true. */
final class WholeAnswer implements Answer {
    private final Call call;
    private final String model;
    private final RouteCard card;
    private final int capacity;
    private final MemoryBudget memory;
    private final Listener listener;
    private Reply.@Nullable Head head;
    private @Nullable Buffer collected;
    private int held;

    WholeAnswer(Call call, String model, RouteCard card, int capacity, MemoryBudget memory, Listener listener) {
        this.call = call;
        this.model = model;
        this.card = card;
        this.capacity = capacity;
        this.memory = memory;
        this.listener = listener;
    }

    @Override
    public void take(Reply.@Nullable Head first, byte[] bytes, boolean last) {
        if (first != null) {
            head = first;
        }
        if (last) {
            send(collected == null ? Buffer.buffer(bytes) : collected.appendBytes(bytes));
        } else if (held + bytes.length > capacity || !memory.reserve(bytes.length)) {
            listener.overrun();
        } else {
            held += bytes.length;
            collected = (collected == null ? Buffer.buffer() : collected).appendBytes(bytes);
        }
    }

    private void send(Buffer body) {
        Reply.Head from = head;
        HttpServerResponse response = call.response();
        if (from == null || response.closed() || response.ended()) {
            return;
        }
        AnswerHeaders.known(call, model, card);
        AnswerHeaders.answered(response, from);
        response.end(body);
        listener.handedOver();
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
        return false;
    }

    @Override
    public void release() {
        memory.release(held);
        held = 0;
        collected = null;
    }
}
