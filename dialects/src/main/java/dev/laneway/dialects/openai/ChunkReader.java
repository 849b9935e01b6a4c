package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns chunks of an answer, or a whole one, into events. Vendors differ: reasoning is {@code reasoning_content} (DeepSeek, vLLM),
 * {@code reasoning} (OpenRouter, Groq, Ollama) or a part of {@code content} (Mistral); {@code index} of a tool call may be missing
 * or always 0; its arguments may be an object; the first chunk may have no choices (Azure); {@code finish_reason} may stay
 * {@code stop} after tool calls. One answer, one thread.
 */
final class ChunkReader {
    /** The calls of one choice: the vendor's index to the id and our index of the call that is open there. */
    private static final class Calls {
        final Map<Integer, String> ids = new HashMap<>();
        final Map<Integer, Integer> indexes = new HashMap<>();
        int count;
    }

    private final List<ChatEvent> events;
    private final Map<Integer, Calls> calls = new HashMap<>();
    private boolean started;
    private @Nullable ServiceTier tier;
    private String answerId = "";
    private final Set<Integer> refused = new HashSet<>();
    private boolean finishSeen;

    /** @param events where the events go */
    ChunkReader(List<ChatEvent> events) {
        this.events = events;
    }

    /** Whether some choice has ended. */
    boolean finishSeen() {
        return finishSeen;
    }

    void read(JsonNode chunk) {
        if (chunk.hasNonNull("error")) {
            events.add(new ChatEvent.Failed(VendorErrors.inBand(chunk)));
            return;
        }
        var choices = chunk.path("choices");
        if (!started && !choices.isEmpty()) {
            started = true;
            answerId = chunk.path("id").asText("");
            events.add(new ChatEvent.Started(
                    answerId.isEmpty() ? null : answerId, chunk.path("model").asText("")));
        }
        for (var choice : choices) {
            choice(choice);
        }
        var said = ServiceTier.of(chunk.path("service_tier").textValue());
        tier = said == null ? tier : said;
        if (chunk.path("usage").isObject()) {
            events.add(new ChatEvent.UsageReported(Usage.tiered(Usage.read(chunk.path("usage")), tier)));
        }
    }

    private void choice(JsonNode choice) {
        var index = choice.path("index").asInt();
        var whole = !choice.has("delta");
        var said = choice.path(whole ? "message" : "delta");
        reasoning(index, said, whole);
        content(index, said.path("content"));
        text(index, choice.path("text")); // of a legacy completion
        if (said.path("refusal").isTextual()
                && !said.path("refusal").textValue().isEmpty()) {
            refused.add(index);
            events.add(new ChatEvent.RefusalDelta(index, said.path("refusal").textValue()));
        }
        var position = 0;
        for (var call : said.path("tool_calls")) {
            toolCall(index, position++, call);
        }
        if (said.path("function_call").isObject()) {
            functionCall(index, said.path("function_call"));
        }
        if (choice.path("finish_reason").isTextual()) {
            finish(index, choice.path("finish_reason").textValue());
        }
    }

    /**
     * Reasoning and its signatures. In a stream the text comes before the signed block that repeats it; in a whole answer the
     * blocks say it all.
     */
    private void reasoning(int index, JsonNode said, boolean whole) {
        var blocks = said.path("thinking_blocks");
        var text = said.path("reasoning_content").isTextual() ? said.path("reasoning_content") : said.path("reasoning");
        if (text.isTextual() && !text.textValue().isEmpty() && !(whole && !blocks.isEmpty())) {
            events.add(new ChatEvent.ReasoningDelta(index, text.textValue()));
        }
        for (var block : blocks) {
            var thought = block.path("thinking").asText("");
            if (block.path("data").isTextual()) {
                events.add(new ChatEvent.RedactedReasoning(
                        index, block.path("data").textValue()));
            } else {
                if (whole && !thought.isEmpty()) {
                    events.add(new ChatEvent.ReasoningDelta(index, thought));
                }
                if (!block.path("signature").asText("").isEmpty()) {
                    events.add(new ChatEvent.ReasoningSignature(
                            index, block.path("signature").textValue()));
                }
            }
        }
    }

    private void content(int index, JsonNode content) {
        if (content.isTextual()) {
            text(index, content);
            return;
        }
        for (var part : content) {
            for (var thought : part.path("thinking")) {
                if (!thought.path("text").asText("").isEmpty()) {
                    events.add(new ChatEvent.ReasoningDelta(
                            index, thought.path("text").textValue()));
                }
            }
            text(index, part.path("text"));
        }
    }

    private void text(int index, JsonNode text) {
        if (text.isTextual() && !text.textValue().isEmpty()) {
            events.add(new ChatEvent.TextDelta(index, text.textValue()));
        }
    }

    private void toolCall(int choice, int position, JsonNode call) {
        var all = calls.computeIfAbsent(choice, _ -> new Calls());
        var slot = call.path("index").asInt(position);
        var id = call.path("id").asText("");
        var name = call.path("function").path("name").asText("");
        var open = all.ids.get(slot);
        if (!name.isEmpty() && (open == null || (!id.isEmpty() && !id.equals(open)))) {
            all.ids.put(slot, id);
            all.indexes.put(slot, all.count);
            var named = id.isEmpty() ? "call_" + Integer.toHexString(answerId.hashCode()) + "_" + all.count : id;
            events.add(new ChatEvent.ToolCallStarted(choice, all.count++, named, name));
        }
        var ours = all.indexes.get(slot);
        var arguments = call.path("function").path("arguments");
        var json = arguments.isContainerNode() ? arguments.toString() : arguments.asText("");
        if (ours != null && !json.isEmpty()) {
            events.add(new ChatEvent.ToolArgumentsDelta(choice, ours, json));
        }
    }

    /** The form before tools: one call, without an id. */
    private void functionCall(int choice, JsonNode call) {
        var all = calls.computeIfAbsent(choice, _ -> new Calls());
        var name = call.path("name").asText("");
        if (!name.isEmpty() && all.count == 0) {
            all.indexes.put(0, all.count++);
            events.add(new ChatEvent.ToolCallStarted(choice, 0, "call_" + name, name));
        }
        var arguments = call.path("arguments").asText("");
        if (!arguments.isEmpty()) {
            events.add(new ChatEvent.ToolArgumentsDelta(choice, 0, arguments));
        }
    }

    /** What {@code stop} means after calls, and after a refusal. */
    private FinishReason stopped(int choice) {
        if (calls.containsKey(choice)) {
            return FinishReason.TOOL_CALLS;
        }
        return refused.contains(choice) ? FinishReason.REFUSAL : FinishReason.STOP;
    }

    private void finish(int choice, String word) {
        var reason = Finish.reason(word);
        if (reason == null) {
            events.add(new ChatEvent.Failed(
                    Failure.of(FailureKind.OVERLOADED, "The vendor gave up in the middle of its answer.")));
            return;
        }
        finishSeen = true;
        events.add(new ChatEvent.Finished(choice, reason == FinishReason.STOP ? stopped(choice) : reason, null));
    }
}
