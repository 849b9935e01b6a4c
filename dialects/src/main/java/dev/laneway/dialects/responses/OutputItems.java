package dev.laneway.dialects.responses;

import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.responses.ToolForms.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The items of a streamed response: their events, and what they were when they were done. One answer, one thread. */
final class OutputItems {
    private enum Content {
        TEXT("output_text", "text"),
        REFUSAL("refusal", "refusal");

        final String event;
        final String field;

        Content(String event, String field) {
            this.event = event;
            this.field = field;
        }
    }

    /** A message under way. */
    private static final class Message {
        final String id;
        final int index;
        final List<byte[]> parts = new ArrayList<>();
        final StringBuilder text = new StringBuilder();

        @Nullable
        Content content;

        Message(String id, int index) {
            this.id = id;
            this.index = index;
        }
    }

    /** A call under way. */
    private record ToolCall(int index, String id, String callId, Form form, StringBuilder input) {}

    private final String requestId;
    private final EventWriter events;
    private final ByteText piece = new ByteText(256);
    private final SortedMap<Integer, byte[]> done = new TreeMap<>();
    private final SortedMap<Integer, ToolCall> calls = new TreeMap<>();
    private final StringBuilder thought = new StringBuilder();
    private @Nullable Message message;
    private boolean thinking;
    private boolean refusalSaid;
    private int next;

    OutputItems(String requestId, EventWriter events) {
        this.requestId = requestId;
        this.events = events;
    }

    /** Goes on within a message whose text the client has. */
    void resume(int index, @Nullable String id, String text) {
        var open = new Message(id == null ? ItemIds.item("msg", requestId, index) : id, index);
        open.content = Content.TEXT;
        open.text.append(text);
        message = open;
        next = index + 1;
    }

    /** By their place in the output. */
    SortedMap<Integer, byte[]> done() {
        return done;
    }

    boolean refusalSaid() {
        return refusalSaid;
    }

    void text(String text) {
        said(Content.TEXT, text);
    }

    void refusal(String text) {
        refusalSaid = true;
        said(Content.REFUSAL, text);
    }

    private void said(Content kind, String text) {
        var open = message();
        if (open.content != kind) {
            closePart(open);
            open.content = kind;
            part("response.content_part.added", open, "");
            events.end();
        }
        open.text.append(text);
        of("response." + kind.event + ".delta", open).ascii(",\"delta\":").quoted(text);
        if (kind == Content.TEXT) {
            events.more().ascii(",\"logprobs\":[]");
        }
        events.end();
    }

    private Message message() {
        var open = message;
        if (open == null) {
            close(ItemWriter.COMPLETED);
            open = new Message(ItemIds.item("msg", requestId, next), next++);
            message = open;
            ItemWriter.message(open.id, ItemWriter.IN_PROGRESS, List.of(), added(open.index));
            events.end();
        }
        return open;
    }

    private ByteText added(int index) {
        return events.begin("response.output_item.added")
                .ascii(",\"output_index\":")
                .number(index)
                .ascii(",\"item\":");
    }

    private ByteText of(String type, Message open) {
        return events.begin(type)
                .ascii(",\"item_id\":")
                .quoted(open.id)
                .ascii(",\"output_index\":")
                .number(open.index)
                .ascii(",\"content_index\":")
                .number(open.parts.size());
    }

    private void part(String type, Message open, String text) {
        var out = of(type, open).ascii(",\"part\":");
        if (open.content == Content.REFUSAL) {
            ItemWriter.refusal(text, out);
        } else {
            ItemWriter.text(text, out);
        }
    }

    private void closePart(Message open) {
        var kind = open.content;
        if (kind == null) {
            return;
        }
        var text = open.text.toString();
        of("response." + kind.event + ".done", open)
                .ascii(",\"")
                .ascii(kind.field)
                .ascii("\":")
                .quoted(text);
        if (kind == Content.TEXT) {
            events.more().ascii(",\"logprobs\":[]");
        }
        events.end();
        part("response.content_part.done", open, text);
        events.end();
        if (kind == Content.REFUSAL) {
            ItemWriter.refusal(text, piece);
        } else {
            ItemWriter.text(text, piece);
        }
        open.parts.add(piece.take());
        open.text.setLength(0);
        open.content = null;
    }

    void thought(String text) {
        if (!thinking) {
            beginThought();
        }
        if (thought.isEmpty()) {
            ofSummary("response.reasoning_summary_part.added").ascii(",\"part\":");
            ItemWriter.summary("", events.more());
            events.end();
        }
        thought.append(text);
        ofSummary("response.reasoning_summary_text.delta").ascii(",\"delta\":").quoted(text);
        events.end();
    }

    private void beginThought() {
        close(ItemWriter.COMPLETED);
        thinking = true;
        next++;
        ItemWriter.reasoning(thoughtId(), "", null, added(next - 1));
        events.end();
    }

    private String thoughtId() {
        return ItemIds.item("rs", requestId, next - 1);
    }

    private ByteText ofSummary(String type) {
        return events.begin(type)
                .ascii(",\"item_id\":")
                .quoted(thoughtId())
                .ascii(",\"output_index\":")
                .number(next - 1)
                .ascii(",\"summary_index\":0");
    }

    void sign(String signature) {
        if (!thinking) {
            beginThought();
        }
        closeThought(SealedThought.of(thought.toString(), signature));
    }

    void redacted(String data) {
        beginThought();
        closeThought(SealedThought.redacted(data));
    }

    private void closeThought(@Nullable String encrypted) {
        var text = thought.toString();
        if (!text.isEmpty()) {
            ofSummary("response.reasoning_summary_text.done")
                    .ascii(",\"text\":")
                    .quoted(text);
            events.end();
            ofSummary("response.reasoning_summary_part.done").ascii(",\"part\":");
            ItemWriter.summary(text, events.more());
            events.end();
        }
        ItemWriter.reasoning(thoughtId(), text, encrypted, piece);
        finished(next - 1);
        thought.setLength(0);
        thinking = false;
    }

    /** The item is in {@link #piece}. */
    private void finished(int index) {
        var item = piece.take();
        done.put(index, item);
        events.begin("response.output_item.done")
                .ascii(",\"output_index\":")
                .number(index)
                .ascii(",\"item\":")
                .raw(item);
        events.end();
    }

    void call(int call, String callId, Form form) {
        if (calls.isEmpty()) {
            close(ItemWriter.COMPLETED);
        }
        var opened = new ToolCall(
                next, ItemIds.item(form.custom() ? "ctc" : "fc", requestId, next), callId, form, new StringBuilder());
        next++;
        calls.put(call, opened);
        ItemWriter.call(opened.id, ItemWriter.IN_PROGRESS, callId, form, "", added(opened.index));
        events.end();
    }

    void arguments(int call, String json) {
        var open = calls.get(call);
        if (open == null) {
            return;
        }
        open.input.append(json);
        if (!open.form.custom()) {
            of("response.function_call_arguments.delta", open)
                    .ascii(",\"delta\":")
                    .quoted(json);
            events.end();
        }
    }

    private ByteText of(String type, ToolCall open) {
        return events.begin(type)
                .ascii(",\"item_id\":")
                .quoted(open.id)
                .ascii(",\"output_index\":")
                .number(open.index);
    }

    private void closeCall(ToolCall open, String status) {
        var said = open.input.isEmpty() ? "{}" : open.input.toString();
        var input = open.form.custom() ? CustomInput.input(said) : said;
        if (open.form.custom()) {
            of("response.custom_tool_call_input.delta", open)
                    .ascii(",\"delta\":")
                    .quoted(input);
            events.end();
            of("response.custom_tool_call_input.done", open)
                    .ascii(",\"input\":")
                    .quoted(input);
        } else {
            of("response.function_call_arguments.done", open)
                    .ascii(",\"name\":")
                    .quoted(open.form.name())
                    .ascii(",\"arguments\":")
                    .quoted(input);
        }
        events.end();
        ItemWriter.call(open.id, status, open.callId, open.form, input, piece);
        finished(open.index);
    }

    /** What follows is another block: calls are done, a message goes on with another part. */
    void blockEnded() {
        if (message != null) {
            closePart(message);
        } else {
            close(ItemWriter.COMPLETED);
        }
    }

    /** Whatever is open is done. */
    void close(String status) {
        var open = message;
        if (open != null) {
            closePart(open);
            ItemWriter.message(open.id, status, open.parts, piece);
            finished(open.index);
            message = null;
        }
        if (thinking) {
            closeThought(null);
        }
        calls.values().forEach(call -> closeCall(call, status));
        calls.clear();
    }
}
