package dev.laneway.dialects.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.ndjson.LineFramer;
import dev.laneway.dialects.neutral.ChatEvent;
import java.util.ArrayList;
import java.util.List;

/** What reading a stream is in a dialect that streams a JSON object a line: framing, and judging an end. One answer, one thread. */
public abstract class LineEventReader implements AnswerReader {
    private final LineFramer lines = new LineFramer();
    private final ArrayList<ChatEvent> events = new ArrayList<>();
    private boolean anyLine;
    private boolean finished;
    private boolean failed;

    /** Takes one line; adds to {@link #events}. */
    protected abstract void line(JsonNode object);

    /** Where events are collected until the call that completed them returns. */
    protected final List<ChatEvent> events() {
        return events;
    }

    /** The vendor said that this is all. */
    protected final void finish() {
        finished = true;
    }

    private void fail(FailureKind kind, String message) {
        events.add(new ChatEvent.Failed(Failure.of(kind, message)));
    }

    @Override
    public final List<ChatEvent> feed(byte[] bytes, int offset, int length) {
        if (!over()) {
            lines.feed(bytes, offset, length);
            drain();
            if (!over() && lines.overflown()) {
                fail(FailureKind.MALFORMED, "The vendor sent a line that is too large.");
            }
        }
        return taken();
    }

    @Override
    public final List<ChatEvent> end() {
        if (!over()) {
            lines.end();
            drain();
        }
        if (!over()) {
            if (anyLine) {
                fail(FailureKind.CUT_STREAM, "The vendor's stream ended in the middle.");
            } else {
                fail(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty.");
            }
        }
        return taken();
    }

    private void drain() {
        while (!over() && lines.next()) {
            var object = Json.tree(lines.bytes(), lines.lineStart(), lines.lineEnd() - lines.lineStart());
            if (object != null && object.isObject()) {
                anyLine = true;
                line(object);
            } else if (lines.isWhole() || !anyLine) {
                fail(FailureKind.MALFORMED, "The vendor sent a line that is not a JSON object.");
            } else {
                fail(FailureKind.CUT_STREAM, "The vendor's stream ended in the middle.");
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
