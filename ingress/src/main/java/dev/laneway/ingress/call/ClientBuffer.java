package dev.laneway.ingress.call;

import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.limits.MemoryBudget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;

/**
 * What a client has not taken yet of its stream. Full, it asks for a pause; below half, for more; overrun or out of memory, it
 * gives the client up.
 */
final class ClientBuffer {
    private final HttpServerResponse response;
    private final Bounds bounds;
    private final MemoryBudget memory;
    private final Answer.Listener listener;
    private final ArrayDeque<Buffer> queue = new ArrayDeque<>();
    private int queued;
    private boolean full;
    private boolean last;
    private long stuckSince;

    ClientBuffer(HttpServerResponse response, Bounds bounds, MemoryBudget memory, Answer.Listener listener) {
        this.response = response;
        this.bounds = bounds;
        this.memory = memory;
        this.listener = listener;
        response.drainHandler(v -> flush());
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    void write(Buffer bytes) {
        if (last || response.closed()) {
            return;
        }
        if (queue.isEmpty() && !response.writeQueueFull()) {
            response.write(bytes);
            return;
        }
        int length = bytes.length();
        if (queued + (long) length > (long) bounds.clientBufferBytes() + bounds.clientOverrunBytes()
                || !memory.reserve(length)) {
            listener.overrun();
            return;
        }
        queue.addLast(bytes);
        queued += length;
        if (!full && queued >= bounds.clientBufferBytes()) {
            full = true;
            stuckSince = System.nanoTime();
            listener.full();
        }
    }

    void writeLast(Buffer bytes) {
        if (last || response.closed()) {
            return;
        }
        if (queue.isEmpty()) {
            last = true;
            end(bytes);
            return;
        }
        write(bytes);
        last = true;
        stuckSince = System.nanoTime();
    }

    /** The response was ended without it. */
    void ended() {
        last = true;
        listener.handedOver();
    }

    /** Another worker answers from now on: it does not know yet that the client is behind. */
    void remind() {
        if (full) {
            listener.full();
        }
    }

    boolean stuck(long nowNanos, long patienceNanos) {
        return (full || last) && !queue.isEmpty() && nowNanos - stuckSince > patienceNanos;
    }

    void release() {
        memory.release(queued);
        queued = 0;
        queue.clear();
    }

    private void flush() {
        boolean moved = false;
        while (!queue.isEmpty() && !response.writeQueueFull() && !response.closed()) {
            Buffer next = queue.removeFirst();
            queued -= next.length();
            memory.release(next.length());
            moved = true;
            if (last && queue.isEmpty()) {
                end(next);
                return;
            }
            response.write(next);
        }
        if (moved && last) {
            stuckSince = System.nanoTime();
        }
        if (full && queued < bounds.clientBufferBytes() / 2) {
            full = false;
            listener.drained();
        }
    }

    private void end(Buffer bytes) {
        if (bytes.length() == 0) {
            response.end();
        } else {
            response.end(bytes);
        }
        listener.handedOver();
    }
}
