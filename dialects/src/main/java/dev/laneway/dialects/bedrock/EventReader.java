package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the events of a ConverseStream, or the blocks of a whole answer, into neutral ones. A text block begins without a word in a stream.
 * Citations, images and what the vendor's own tools do have no neutral form and are passed over. One answer, one thread.
 */
final class EventReader {
    /** A call whose arguments have not come yet. */
    private static final int NO_CALL = -1;

    private final List<ChatEvent> events;
    /** By block: the number of the call that it is. */
    private final Map<Integer, Integer> calls = new HashMap<>();

    private int callCount;
    private boolean argumentsSeen;
    private boolean started;
    private boolean stopped;

    /** @param events where the events go */
    EventReader(List<ChatEvent> events) {
        this.events = events;
    }

    /** Whether the reason of the end is known. */
    boolean stopped() {
        return stopped;
    }

    /** @return false for the last event */
    boolean read(String type, JsonNode event) {
        var index = event.path("contentBlockIndex").asInt();
        switch (type) {
            case "messageStart" -> start();
            case "contentBlockStart" -> blockStart(index, event.path("start"));
            case "contentBlockDelta" -> delta(index, event.path("delta"));
            case "contentBlockStop" -> blockStop(index);
            case "messageStop" -> stop(event);
            case "metadata" -> {
                report(event.path("usage"));
                return !stopped;
            }
            default -> {}
        }
        return true;
    }

    /** Reads a whole answer. */
    void whole(JsonNode answer) {
        var message = answer.path("output").path("message");
        if (!message.isObject()) {
            events.add(new ChatEvent.Failed(Errors.inBand(answer, "The vendor's answer is not a message.")));
            return;
        }
        start();
        var index = 0;
        for (var block : message.path("content")) {
            blockStart(index, block);
            text(block.path("text"));
            block.path("citationsContent").path("content").forEach(cited -> text(cited.path("text")));
            reasoning(block.path("reasoningContent"));
            blockStop(index++);
        }
        stop(answer);
        report(answer.path("usage"));
    }

    private void start() {
        if (!started) {
            started = true;
            events.add(new ChatEvent.Started(null, ""));
        }
    }

    private void blockStart(int index, JsonNode start) {
        var use = start.path("toolUse");
        if (!use.isObject() || use.path("type").asText().equals("server_tool_use")) {
            return;
        }
        calls.put(index, callCount);
        argumentsSeen = false;
        events.add(new ChatEvent.ToolCallStarted(
                0, callCount++, use.path("toolUseId").asText(), use.path("name").asText()));
        if (!use.path("input").isEmpty()) {
            arguments(index, use.path("input").toString());
        }
    }

    private void delta(int index, JsonNode delta) {
        start();
        text(delta.path("text"));
        reasoning(delta.path("reasoningContent"));
        if (delta.path("toolUse").isObject()) {
            arguments(index, delta.path("toolUse").path("input").asText(""));
        }
    }

    private void text(JsonNode text) {
        if (!text.asText("").isEmpty()) {
            events.add(new ChatEvent.TextDelta(0, text.textValue()));
        }
    }

    /** In a stream {@code text} and {@code signature} are members, in a whole answer of {@code reasoningText}. */
    private void reasoning(JsonNode reasoning) {
        var said = reasoning.path("reasoningText").isObject() ? reasoning.path("reasoningText") : reasoning;
        if (!said.path("text").asText("").isEmpty()) {
            events.add(new ChatEvent.ReasoningDelta(0, said.path("text").textValue()));
        }
        if (!said.path("signature").asText("").isEmpty()) {
            events.add(
                    new ChatEvent.ReasoningSignature(0, said.path("signature").textValue()));
        }
        if (!reasoning.path("redactedContent").asText("").isEmpty()) {
            events.add(new ChatEvent.RedactedReasoning(
                    0, reasoning.path("redactedContent").textValue()));
        }
    }

    private void arguments(int index, String json) {
        var call = calls.getOrDefault(index, NO_CALL);
        if (call != NO_CALL && !json.isEmpty()) {
            argumentsSeen = true;
            events.add(new ChatEvent.ToolArgumentsDelta(0, call, json));
        }
    }

    /** A call without arguments says nothing of them; elsewhere it must say that there are none. */
    private void blockStop(int index) {
        if (calls.containsKey(index) && !argumentsSeen) {
            arguments(index, "{}");
        }
        events.add(new ChatEvent.BlockEnded(0));
    }

    private void stop(JsonNode at) {
        var word = at.path("stopReason").asText("");
        if (word.startsWith("malformed_")) {
            events.add(new ChatEvent.Failed(
                    Failure.of(FailureKind.MALFORMED, "The vendor says that its model's answer is malformed.")));
        } else if (!stopped) {
            stopped = true;
            var sequence = at.path("additionalModelResponseFields").path("stop_sequence");
            events.add(new ChatEvent.Finished(0, reason(word), sequence.textValue()));
        }
    }

    private FinishReason reason(String word) {
        return switch (word) {
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "max_tokens" -> FinishReason.LENGTH;
            case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
            case "guardrail_intervened", "content_filtered" -> FinishReason.CONTENT_FILTER;
            case "model_context_window_exceeded" -> FinishReason.CONTEXT_WINDOW;
            default -> callCount > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        };
    }

    /** {@code inputTokens} leave out what was read from and written to the cache; ours include both. */
    private void report(JsonNode usage) {
        if (usage.isObject()) {
            var cached = count(usage, "cacheReadInputTokens");
            var written = count(usage, "cacheWriteInputTokens");
            events.add(new ChatEvent.UsageReported(new TokenUsage(
                    count(usage, "inputTokens") + cached + written, count(usage, "outputTokens"), cached, written, 0)));
        }
    }

    private static long count(JsonNode usage, String field) {
        return Math.max(0, usage.path(field).asLong());
    }
}
