package dev.laneway.dialects.continuing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.sse.SseFramer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a client was told, by reading the frames that went to it. It gives up where something was said that only its own vendor
 * could go on with. One answer, one thread.
 */
public abstract class Transcript {
    private final SseFramer frames = new SseFramer();
    private final StringBuilder text = new StringBuilder();
    private String id = "";
    private long created;
    private long textBytes;
    private boolean spoilt;

    /** @param before what was said in the same stream by an earlier attempt; null where this is the first */
    protected Transcript(@Nullable Beginning before) {
        if (before != null) {
            id = before.id();
            created = before.created();
            said(before.text());
        }
    }

    /** Takes a frame's data, which is an object. */
    protected abstract void frame(JsonNode data);

    /** Whether the stream stands in its text: not in its reasoning, and not behind its end. */
    protected abstract boolean inText();

    /** The index of the block that is open, or the next one's. */
    protected abstract int block();

    /** Whether a block of text is open. */
    protected abstract boolean open();

    /** The answer's id as a beginning carries it; with what else is needed to go on in the dialect's stream. */
    protected String answerId(String id) {
        return id;
    }

    protected final void said(String more) {
        for (var i = 0; i < more.length(); i++) {
            var c = more.charAt(i);
            textBytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
        }
        if (textBytes > Beginning.LARGEST_TEXT) {
            spoilt();
        }
        if (!spoilt) {
            text.append(more);
        }
    }

    protected final void named(String answerId, long createdAt) {
        if (id.isEmpty()) {
            id = answerId;
            created = createdAt;
        }
    }

    /** Nobody else can go on from here. */
    protected final void spoilt() {
        spoilt = true;
        text.setLength(0);
        text.trimToSize();
    }

    /** Takes whole frames, as they went to the client. */
    final void on(byte[] sent) {
        if (!spoilt && sent.length > 0) {
            cut(sent);
        }
    }

    /** Cuts what went to the client into frames, and hands each one's data to {@link #data}: as server-sent events are cut. */
    protected void cut(byte[] sent) {
        frames.feed(sent, 0, sent.length);
        while (frames.next()) {
            if (frames.hasData() && !frames.dataIs("[DONE]")) {
                data(frames.data(), frames.dataStart(), frames.dataEnd());
            }
        }
    }

    /** Takes a frame's data; nobody goes on from what is no object. */
    protected final void data(byte[] bytes, int from, int to) {
        if (spoilt) {
            return;
        }
        var data = Json.tree(bytes, from, to - from);
        if (data == null || !data.isObject()) {
            spoilt();
        } else {
            frame(data);
        }
    }

    /** What another attempt can go on with; null where it can't. */
    final @Nullable Beginning beginning() {
        var whole = text.toString();
        return spoilt || !inText() || whole.isBlank()
                ? null
                : new Beginning(answerId(id), created, block(), open(), whole, TokenUsage.NONE);
    }
}
