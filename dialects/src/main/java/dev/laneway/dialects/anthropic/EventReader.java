package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of a Messages stream, or the blocks of a whole answer, into neutral ones. What hosted tools do, citations and
 * block types unknown here have no neutral form and are passed over. One answer, one thread.
 */
final class EventReader {
    /** A call whose arguments have not come yet. */
    private static final int NO_CALL = -1;

    private final List<ChatEvent> events;
    private final UsageTally usage = new UsageTally();
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
    boolean read(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> blockStart(event.path("index").asInt(), event.path("content_block"));
            case "content_block_delta" -> delta(event.path("index").asInt(), event.path("delta"));
            case "content_block_stop" -> blockStop(event.path("index").asInt());
            case "message_delta" -> {
                stop(event.path("delta"));
                report(event.path("usage"));
            }
            case "message_stop" -> {
                if (!stopped) {
                    finish(callCount > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP, null);
                }
                return false;
            }
            case "error" -> events.add(new ChatEvent.Failed(VendorErrors.inBand(event)));
            default -> {}
        }
        return true;
    }

    /** Reads a whole answer. */
    void whole(JsonNode message) {
        if (message.path("type").asText().equals("error") || message.hasNonNull("error")) {
            events.add(new ChatEvent.Failed(VendorErrors.inBand(message)));
            return;
        }
        start(message);
        stop(message);
        report(message.path("usage"));
    }

    private void start(JsonNode message) {
        if (started) {
            return;
        }
        started = true;
        events.add(new ChatEvent.Started(
                message.path("id").textValue(), message.path("model").asText("")));
        var index = 0;
        for (var block : message.path("content")) {
            blockStart(index, block);
            blockStop(index++);
        }
        report(message.path("usage"));
    }

    private void report(JsonNode part) {
        usage.add(part);
        if (usage.any()) {
            events.add(new ChatEvent.UsageReported(usage.total()));
        }
    }

    private void blockStart(int index, JsonNode block) {
        switch (block.path("type").asText()) {
            case "text" -> text(block.path("text"));
            case "thinking" -> {
                thinking(block.path("thinking"));
                sign(block.path("signature"));
            }
            case "redacted_thinking" ->
                events.add(new ChatEvent.RedactedReasoning(0, block.path("data").asText()));
            case "tool_use" -> {
                calls.put(index, callCount);
                argumentsSeen = false;
                events.add(new ChatEvent.ToolCallStarted(
                        0,
                        callCount++,
                        block.path("id").asText(),
                        block.path("name").asText()));
                if (!block.path("input").isEmpty()) {
                    arguments(index, block.path("input").toString());
                }
            }
            default -> {}
        }
    }

    private void delta(int index, JsonNode delta) {
        switch (delta.path("type").asText()) {
            case "text_delta" -> text(delta.path("text"));
            case "thinking_delta" -> thinking(delta.path("thinking"));
            case "signature_delta" -> sign(delta.path("signature"));
            case "input_json_delta" ->
                arguments(index, delta.path("partial_json").asText(""));
            default -> {}
        }
    }

    private void text(JsonNode text) {
        if (!text.asText("").isEmpty()) {
            events.add(new ChatEvent.TextDelta(0, text.textValue()));
        }
    }

    private void thinking(JsonNode thinking) {
        if (!thinking.asText("").isEmpty()) {
            events.add(new ChatEvent.ReasoningDelta(0, thinking.textValue()));
        }
    }

    private void sign(JsonNode signature) {
        if (!signature.asText("").isEmpty()) {
            events.add(new ChatEvent.ReasoningSignature(0, signature.textValue()));
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

    private void stop(JsonNode delta) {
        var word = delta.path("stop_reason");
        if (!word.isTextual()) {
            return;
        }
        var explanation = delta.path("stop_details").path("explanation").asText("");
        if (word.textValue().equals("refusal") && !explanation.isEmpty()) {
            events.add(new ChatEvent.RefusalDelta(0, explanation));
        }
        finish(StopReason.reason(word.textValue()), delta.path("stop_sequence").textValue());
    }

    private void finish(FinishReason reason, @Nullable String sequence) {
        if (!stopped) {
            stopped = true;
            events.add(new ChatEvent.Finished(0, reason, sequence));
        }
    }
}
