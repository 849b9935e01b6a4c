package dev.laneway.dialects.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.sse.SseFramer;
import java.util.ArrayList;
import java.util.List;

/** What reading a stream is in every dialect that streams by SSE: framing, and judging an end. One answer, one thread. */
public abstract class SseEventReader implements AnswerReader {
    private static final int STRAY_KEPT = 64 << 10;

    private final SseFramer frames = new SseFramer();
    private final ArrayList<ChatEvent> events = new ArrayList<>();
    private final ByteText stray = new ByteText(0);
    private boolean anyData;
    private boolean finished;
    private boolean failed;

    /** Takes one frame that has data; adds to {@link #events}. */
    protected abstract void frame(SseFramer frame);

    /** Whether the answer is whole, should no more come. */
    protected abstract boolean mayEnd();

    /** The vendor answered with a JSON object that has an {@code error}, in place of a stream. */
    protected abstract void notAStream(JsonNode body, List<ChatEvent> events);

    /** Where events are collected until the call that completed them returns. */
    protected final List<ChatEvent> events() {
        return events;
    }

    /** The vendor said that this is all. */
    protected final void finish() {
        finished = true;
    }

    protected final void malformed(String message) {
        fail(FailureKind.MALFORMED, message);
    }

    private void fail(FailureKind kind, String message) {
        events.add(new ChatEvent.Failed(Failure.of(kind, message)));
    }

    @Override
    public final List<ChatEvent> feed(byte[] bytes, int offset, int length) {
        if (!over()) {
            frames.feed(bytes, offset, length);
            drain();
            if (!over() && frames.overflown()) {
                malformed("The vendor sent a frame that is too large.");
                over();
            }
        }
        return taken();
    }

    @Override
    public final List<ChatEvent> end() {
        if (!over()) {
            frames.end();
            drain();
        }
        if (!over()) {
            if (mayEnd()) {
                finish();
            } else if (anyData) {
                fail(FailureKind.CUT_STREAM, "The vendor's stream ended in the middle.");
            } else {
                nothingCame();
            }
        }
        return taken();
    }

    private void nothingCame() {
        if (stray.isEmpty()) {
            fail(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty.");
            return;
        }
        var root = Json.tree(stray.take());
        if (root != null && root.hasNonNull("error")) {
            notAStream(root, events);
        } else {
            malformed("The vendor answered with something other than a stream.");
        }
    }

    private void drain() {
        while (!over() && frames.next()) {
            var bare = frames.hasData() ? null : BareError.in(frames);
            if (bare != null) {
                notAStream(bare, events);
            } else if (frames.hasData()) {
                if (!frames.dataIs("")) {
                    anyData = true;
                    frame(frames);
                }
            } else if (frames.frame()[frames.frameStart()] != ':' && stray.length() < STRAY_KEPT) {
                stray.raw(frames.frame(), frames.frameStart(), frames.frameEnd());
            }
        }
    }

    private boolean over() {
        failed |= !events.isEmpty() && events.getLast() instanceof ChatEvent.Failed;
        return finished || failed;
    }

    @Override
    public final boolean finished() {
        return finished;
    }

    private List<ChatEvent> taken() {
        if (events.isEmpty()) {
            return List.of();
        }
        over();
        var taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
