package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.neutral.ChatEvent;
import java.util.List;

/**
 * Turns lines of an answer of {@code /api/chat}, or a whole one, into events. Servers differ: all calls come on the last line (0.32) or
 * each on a line of its own (0.17); they may have no ids. One answer, one thread.
 */
final class ChatLines {
    private final List<ChatEvent> events;
    private boolean started;
    private int calls;
    private boolean done;

    /** @param events where the events go */
    ChatLines(List<ChatEvent> events) {
        this.events = events;
    }

    /** Whether the line came that says that this is all. */
    boolean done() {
        return done;
    }

    void read(JsonNode line) {
        if (line.hasNonNull("error")) {
            events.add(new ChatEvent.Failed(Errors.inBand(line)));
            return;
        }
        if (!started) {
            started = true;
            events.add(new ChatEvent.Started(null, line.path("model").asText("")));
        }
        var message = line.path("message");
        var thought = message.path("thinking").asText("");
        if (!thought.isEmpty()) {
            events.add(new ChatEvent.ReasoningDelta(0, thought));
        }
        var text = message.path("content").asText("");
        if (!text.isEmpty()) {
            events.add(new ChatEvent.TextDelta(0, text));
        }
        for (var call : message.path("tool_calls")) {
            call(call, line.path("created_at").asText(""));
        }
        if (line.path("done").asBoolean()) {
            end(line);
        }
    }

    private void call(JsonNode call, String createdAt) {
        var function = call.path("function");
        var index = calls++;
        var id = call.path("id").asText("");
        var named = id.isEmpty() ? "call_" + Integer.toHexString(createdAt.hashCode()) + "_" + index : id;
        events.add(new ChatEvent.ToolCallStarted(
                0, index, named, function.path("name").asText("")));
        var arguments = function.path("arguments");
        var json = arguments.isContainerNode() ? arguments.toString() : arguments.asText("");
        events.add(new ChatEvent.ToolArgumentsDelta(0, index, json.isEmpty() ? "{}" : json));
    }

    private void end(JsonNode line) {
        done = true;
        if (line.has("prompt_eval_count") || line.has("eval_count")) {
            events.add(new ChatEvent.UsageReported(TokenUsage.of(
                    Math.max(0, line.path("prompt_eval_count").asLong()),
                    Math.max(0, line.path("eval_count").asLong()))));
        }
        events.add(new ChatEvent.Finished(
                0, DoneReason.read(line.path("done_reason").asText(""), calls > 0), null));
    }
}
