package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import dev.laneway.dialects.neutral.GoogleSignature;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns chunks of an answer, or a whole one, which has the same form, into neutral events. Calls come whole. A signature comes with
 * what it signs, and goes before it; one that signs a text is passed over unless a thought that was shown stands before, which it
 * ends: Google only recommends it back, and nobody waits for a thought who did not ask for one. Images and what hosted tools do have no neutral form. One answer, one thread.
 */
final class ChunkReader {
    private final List<ChatEvent> events;
    private final Candidates candidates = new Candidates();
    /** By candidate: how many calls it made. */
    private final Map<Integer, Integer> calls = new HashMap<>();
    /** The candidates that stand in a thought. */
    private final Set<Integer> thinking = new HashSet<>();

    private boolean started;
    private boolean usageSeen;
    private String answerId = "";

    /** @param events where the events go */
    ChunkReader(List<ChatEvent> events) {
        this.events = events;
    }

    /** Whether every candidate that began has ended. */
    boolean finishSeen() {
        return candidates.allEnded();
    }

    /** Whether the answer is whole, and its usage told. */
    boolean complete() {
        return finishSeen() && usageSeen;
    }

    void read(JsonNode chunk) {
        if (chunk.hasNonNull("error")) {
            events.add(new ChatEvent.Failed(GoogleErrors.inBand(chunk)));
            return;
        }
        var blocked = chunk.path("promptFeedback").path("blockReason").asText("");
        if (!blocked.isEmpty() && chunk.path("candidates").isEmpty()) {
            var why = chunk.path("promptFeedback").path("blockReasonMessage").asText("");
            events.add(new ChatEvent.Failed(Finish.blocked(blocked, why)));
            return;
        }
        if (!started) {
            started = true;
            answerId = chunk.path("responseId").asText("");
            events.add(new ChatEvent.Started(
                    answerId.isEmpty() ? null : answerId,
                    chunk.path("modelVersion").asText("")));
        }
        for (var candidate : chunk.path("candidates")) {
            candidate(candidate);
        }
        if (chunk.path("usageMetadata").isObject()) {
            usageSeen = finishSeen();
            events.add(new ChatEvent.UsageReported(Usage.read(chunk.path("usageMetadata"))));
        }
    }

    private void candidate(JsonNode candidate) {
        var index = Math.clamp(candidate.path("index").asInt(), 0, 1_000);
        if (candidates.hasEnded(index)) {
            return;
        }
        candidates.began(index);
        for (var part : candidate.path("content").path("parts")) {
            part(index, part);
        }
        if (candidate.path("finishReason").isTextual()) {
            finish(index, candidate.path("finishReason").textValue(), candidate);
        }
    }

    private void part(int index, JsonNode part) {
        var text = part.path("text").asText("");
        var signature = part.path("thoughtSignature").asText("");
        if (part.path("thought").asBoolean()) {
            if (!text.isEmpty()) {
                thinking.add(index);
                events.add(new ChatEvent.ReasoningDelta(index, text));
            }
            sign(index, signature);
        } else if (part.path("functionCall").isObject()) {
            sign(index, signature);
            call(index, part.path("functionCall"));
        } else if (!text.isEmpty()) {
            if (thinking.contains(index)) {
                sign(index, signature);
            }
            thinking.remove(index);
            events.add(new ChatEvent.TextDelta(index, text));
        }
    }

    private void sign(int index, String signature) {
        if (!signature.isEmpty()) {
            thinking.remove(index);
            events.add(new ChatEvent.ReasoningSignature(index, GoogleSignature.marked(signature)));
        }
    }

    private void call(int index, JsonNode call) {
        var number = calls.merge(index, 1, Integer::sum) - 1;
        var id = call.path("id").asText("");
        var named = id.isEmpty()
                ? "call_" + Integer.toHexString(answerId.hashCode()) + "_" + (index == 0 ? "" : index + "_") + number
                : id;
        events.add(new ChatEvent.ToolCallStarted(
                index, number, named, call.path("name").asText()));
        var arguments = call.path("args").isObject() ? Json.text(call.path("args")) : "{}";
        events.add(new ChatEvent.ToolArgumentsDelta(index, number, arguments));
        events.add(new ChatEvent.BlockEnded(index));
    }

    private void finish(int index, String word, JsonNode candidate) {
        var reason = Finish.reason(word);
        if (reason == null) {
            events.add(new ChatEvent.Failed(
                    Finish.failure(word, candidate.path("finishMessage").asText(""))));
            return;
        }
        candidates.ended(index);
        var called = calls.containsKey(index) && reason == FinishReason.STOP;
        events.add(new ChatEvent.Finished(index, called ? FinishReason.TOOL_CALLS : reason, null));
    }
}
