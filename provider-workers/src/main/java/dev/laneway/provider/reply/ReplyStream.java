package dev.laneway.provider.reply;

import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Said;
import dev.laneway.contracts.TokenUsage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one attempt's answer. Nothing is published before {@link #open}. From then on what was written goes out at the end of
 * the event loop's turn, so that all that one read brought is one record; while a frame is unacknowledged, what follows gathers, up
 * to 16 KB: the producer would not send it sooner either. One context.
 */
public final class ReplyStream {
    /** Below the broker's default limit of a record, with room for the envelope. */
    static final int LARGEST_FRAME = 900_000;
    /** Bytes on their way to the broker from which on the vendor is to be read no further. */
    static final int WINDOW = 1 << 20;

    private static final int GATHER = 16 * 1024;

    private final Context context;
    private final Outbox outbox;
    private final ReplyAddress to;
    private final String requestId;
    private final String attemptId;
    private Reply.Head head;
    private final int call = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    private final Runnable onAcknowledged;
    private final Runnable onBroken;
    private final HeldBytes held = new HeldBytes();
    private final Promise<Void> settled = Promise.promise();
    private Reply.@Nullable End end;
    private boolean open;
    private boolean closed;
    private boolean lastSent;
    private boolean broken;
    private boolean flushDue;
    private @Nullable Said continues;
    private int sent;
    private int flying;
    private long flyingBytes;
    private int partition;
    private long firstOffset = -1;
    private long lastOffset = -1;

    /**
     * A stream that has published nothing yet.
     *
     * @param head goes with the first frame
     * @param onAcknowledged called after each acknowledgement
     * @param onBroken called once when the broker did not take a frame: nothing more is published
     */
    public ReplyStream(
            Context context,
            Outbox outbox,
            ReplyAddress to,
            String requestId,
            String attemptId,
            Reply.Head head,
            Runnable onAcknowledged,
            Runnable onBroken) {
        this.context = context;
        this.outbox = outbox;
        this.to = to;
        this.requestId = requestId;
        this.attemptId = attemptId;
        this.head = head;
        this.onAcknowledged = onAcknowledged;
        this.onBroken = onBroken;
    }

    /**
     * To be called before anything is published, where the answer's first frames are another attempt's.
     *
     * @param before null where there are none
     */
    public ReplyStream continuing(@Nullable Said before) {
        continues = before;
        firstOffset = before == null ? -1 : before.firstOffset();
        return this;
    }

    /** Adds a response header; nothing must have been published. */
    public void header(String name, String value) {
        Map<String, String> headers = new HashMap<>(head.headers());
        headers.put(name, value);
        head = new Reply.Head(
                head.deployment(), head.zone(), head.attempts(), head.fallbacks(), head.contentType(), headers);
    }

    /** Adds to the answer. */
    public void write(byte[] bytes) {
        held.add(bytes);
        if (open && !flushDue && (flying == 0 || held.size() >= GATHER)) {
            flushDue = true;
            context.runOnContext(v -> {
                flushDue = false;
                pump();
            });
        }
    }

    /** From now on what is written is published. */
    public void open() {
        if (!open) {
            open = true;
            write(new byte[0]);
        }
    }

    /** The answer is whole. @return succeeds when the broker has acknowledged all of it */
    public Future<Void> end(@Nullable TokenUsage usage) {
        end = new Reply.End(usage);
        open = true;
        closed = true;
        pump();
        return settled.future();
    }

    /**
     * No more will come, and the answer is not whole. What was written to an open stream still goes out.
     *
     * @return succeeds when nothing is on its way any more
     */
    public Future<Void> abandon() {
        closed = true;
        pump();
        settleIfDone();
        return settled.future().otherwiseEmpty();
    }

    /** Tries again to publish what found no room. */
    public void pump() {
        while (canSend()) {
            byte[] bytes = held.take(LARGEST_FRAME);
            boolean last = end != null && held.size() == 0;
            Reply.Frame frame = frame(last);
            sent++;
            flying++;
            flyingBytes += bytes.length;
            lastSent = last;
            outbox.frame(to, frame, bytes)
                    .onComplete((metadata, cause) -> landed(bytes.length, metadata, cause == null));
        }
    }

    private Reply.Frame frame(boolean last) {
        boolean first = sent == 0;
        Said before = continues;
        return new Reply.Frame(
                requestId,
                attemptId,
                (before == null ? 0 : before.frames()) + sent,
                first ? head : null,
                last ? end : null,
                call,
                first && before != null ? new Reply.Continued(before.attempt(), before.call()) : null);
    }

    /**
     * What was published so far, for an attempt that goes on from there; something was.
     *
     * @param bytes how many of them tell it
     */
    public Said said(int bytes) {
        return new Said(attemptId, call, (continues == null ? 0 : continues.frames()) + sent, firstOffset, bytes);
    }

    /** Whether the broker did not take a frame, so that nobody knows what of the answer there is. */
    public boolean isBroken() {
        return broken;
    }

    /** Whether the source should wait. */
    public boolean full() {
        return flyingBytes + held.size() > WINDOW;
    }

    /** Bytes that wait to be published. */
    public int held() {
        return held.size();
    }

    /** Frames of the attempt that the broker has, and those that it may have. */
    public int published() {
        return sent;
    }

    public int partition() {
        return partition;
    }

    public long firstOffset() {
        return firstOffset;
    }

    public long lastOffset() {
        return lastOffset;
    }

    private boolean canSend() {
        if (!open || lastSent || broken || flyingBytes >= WINDOW || !outbox.hasRoom()) {
            return false;
        }
        boolean enough = closed || flying == 0 || held.size() >= GATHER;
        return end != null || (held.size() > 0 && enough);
    }

    private void landed(int bytes, @Nullable RecordMetadata metadata, boolean good) {
        flying--;
        flyingBytes -= bytes;
        if (good && metadata != null) {
            partition = metadata.partition();
            firstOffset = firstOffset < 0 ? metadata.offset() : Math.min(firstOffset, metadata.offset());
            lastOffset = Math.max(lastOffset, metadata.offset());
        } else if (!broken) {
            broken = true;
            onBroken.run();
        }
        pump();
        settleIfDone();
        onAcknowledged.run();
    }

    private void settleIfDone() {
        if (flying > 0) {
            return;
        }
        if (broken) {
            settled.tryFail("the broker did not take a frame");
        } else if (closed && (lastSent || (end == null && (!open || held.size() == 0)))) {
            settled.tryComplete();
        }
    }
}
