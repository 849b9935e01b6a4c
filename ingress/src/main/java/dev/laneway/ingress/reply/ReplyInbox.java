package dev.laneway.ingress.reply;

import dev.laneway.contracts.Reply;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The replies for the requests of one event loop. The reader's loop puts them in; where that is another loop, they cross in
 * batches. Holds at most {@value #CAPACITY} replies: one more is lost, and whoever waits for it is told.
 */
public final class ReplyInbox {
    private static final int CAPACITY = 65_536;
    private static final EventCodec<Reply> CODEC = EventCodec.of(Reply.class);
    private static final byte[] NOTHING = {};

    private final Context context;
    private final Thread thread = Thread.currentThread();
    private final Map<String, ReplyReceiver> waiting = new ConcurrentHashMap<>();
    private final Queue<Crossing> crossing = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Counter unreadable;
    private final Counter overflow;

    @SuppressWarnings("ArrayRecordComponent") // handed on, not copied
    private record Crossing(ReplyReceiver receiver, byte[] envelope, byte[] value) {}

    /** Made on the event loop itself; {@code context} is its. */
    public ReplyInbox(Context context, Meters meters) {
        this.context = context;
        unreadable = meters.counter(IngressMetric.FRAMES_IGNORED, MetricTag.REASON, "unreadable");
        overflow = meters.counter(IngressMetric.FRAMES_IGNORED, MetricTag.REASON, "inbox_full");
    }

    /** From now on replies to the request go to the receiver. On the inbox's own loop. */
    public void expect(String requestId, ReplyReceiver receiver) {
        waiting.put(requestId, receiver);
    }

    /** Whether somebody here waits for replies to it. */
    public boolean expects(String requestId) {
        return waiting.containsKey(requestId);
    }

    /** The request has ended: further replies are nobody's. */
    public void forget(String requestId) {
        waiting.remove(requestId);
    }

    /** Takes a reply; false where nobody here waits for it. On the reader's loop. */
    boolean offer(String requestId, byte[] envelope, byte @Nullable [] value) {
        ReplyReceiver receiver = waiting.get(requestId);
        if (receiver == null) {
            return false;
        }
        byte[] bytes = value == null ? NOTHING : value;
        if (Thread.currentThread() == thread) {
            deliver(receiver, envelope, bytes);
        } else if (size.incrementAndGet() > CAPACITY) {
            size.decrementAndGet();
            overflow.increment();
            context.runOnContext(v -> receiver.onReplyLost());
        } else {
            crossing.add(new Crossing(receiver, envelope, bytes));
            if (scheduled.compareAndSet(false, true)) {
                context.runOnContext(v -> empty());
            }
        }
        return true;
    }

    private void empty() {
        scheduled.set(false);
        Crossing next;
        while ((next = crossing.poll()) != null) {
            size.decrementAndGet();
            deliver(next.receiver, next.envelope, next.value);
        }
    }

    private void deliver(ReplyReceiver receiver, byte[] envelope, byte[] value) {
        Reply reply;
        try {
            reply = CODEC.decode(envelope);
        } catch (UndecodableException e) {
            unreadable.increment();
            receiver.onReplyLost();
            return;
        }
        receiver.onReply(reply, value);
    }
}
