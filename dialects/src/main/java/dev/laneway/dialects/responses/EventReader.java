package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.neutral.ChatEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns events of a response, or a whole one, into neutral events. Deltas count; an item that came without any is read when it is
 * done. One answer, one thread.
 */
final class EventReader {
    private final List<ChatEvent> events;
    /** By place in the output: our index of the call, or what of the item has been told. */
    private final Map<Integer, Integer> calls = new HashMap<>();

    private final Set<Integer> told = new HashSet<>();
    private boolean started;
    private boolean refused;
    private boolean ended;

    /** @param events where the events go */
    EventReader(List<ChatEvent> events) {
        this.events = events;
    }

    /** Whether the response said how it ended. */
    boolean ended() {
        return ended;
    }

    void read(JsonNode event) {
        var place = event.path("output_index").asInt();
        switch (event.path("type").asText()) {
            case "response.created", "response.in_progress" -> start(event.path("response"));
            case "response.output_item.added" -> added(place, event.path("item"));
            case "response.output_text.delta" -> text(place, event.path("delta"));
            case "response.refusal.delta" -> refusal(place, event.path("delta"));
            case "response.reasoning_summary_part.added" -> {
                if (event.path("summary_index").asInt() > 0) {
                    events.add(new ChatEvent.ReasoningDelta(0, "\n\n"));
                }
            }
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                thought(place, event.path("delta"));
            case "response.function_call_arguments.delta" -> arguments(place, event.path("delta"));
            case "response.output_item.done" -> done(place, event.path("item"));
            case "response.completed", "response.incomplete" -> end(event.path("response"));
            case "response.failed" -> failed(event.path("response"));
            case "error" -> events.add(new ChatEvent.Failed(VendorErrors.inBand(event)));
            default -> {
                if (event.hasNonNull("error") && !event.has("response")) {
                    events.add(new ChatEvent.Failed(VendorErrors.inBand(event)));
                }
            }
        }
    }

    /** Reads a whole response. */
    void whole(JsonNode response) {
        if (response.path("status").asText().equals("failed")) {
            failed(response);
            return;
        }
        if (response.hasNonNull("error")) {
            events.add(new ChatEvent.Failed(VendorErrors.inBand(response)));
            return;
        }
        if (!response.path("output").isArray()) {
            events.add(
                    new ChatEvent.Failed(Failure.of(FailureKind.MALFORMED, "The vendor's answer is not a response.")));
            return;
        }
        start(response);
        var place = 0;
        for (var item : response.path("output")) {
            added(place, item);
            done(place++, item);
        }
        end(response);
    }

    private void start(JsonNode response) {
        if (!started) {
            started = true;
            events.add(new ChatEvent.Started(
                    response.path("id").textValue(), response.path("model").asText("")));
        }
    }

    private void added(int place, JsonNode item) {
        switch (item.path("type").asText()) {
            case "function_call", "custom_tool_call" -> {
                if (!calls.containsKey(place)) {
                    var call = calls.size();
                    calls.put(place, call);
                    events.add(new ChatEvent.ToolCallStarted(
                            0,
                            call,
                            item.path("call_id").asText(),
                            ToolNames.flat(
                                    item.path("namespace").textValue(),
                                    item.path("name").asText())));
                }
            }
            default -> {}
        }
    }

    private void text(int place, JsonNode text) {
        if (!text.asText("").isEmpty()) {
            told.add(place);
            events.add(new ChatEvent.TextDelta(0, text.textValue()));
        }
    }

    private void refusal(int place, JsonNode text) {
        refused = true;
        if (!text.asText("").isEmpty()) {
            told.add(place);
            events.add(new ChatEvent.RefusalDelta(0, text.textValue()));
        }
    }

    private void thought(int place, JsonNode text) {
        if (!text.asText("").isEmpty()) {
            told.add(place);
            events.add(new ChatEvent.ReasoningDelta(0, text.textValue()));
        }
    }

    private void arguments(int place, JsonNode json) {
        var call = calls.get(place);
        if (call != null && !json.asText("").isEmpty()) {
            told.add(place);
            events.add(new ChatEvent.ToolArgumentsDelta(0, call, json.textValue()));
        }
    }

    private void done(int place, JsonNode item) {
        added(place, item);
        var untold = !told.contains(place);
        switch (item.path("type").asText()) {
            case "message" -> {
                if (untold) {
                    for (var part : item.path("content")) {
                        text(place, part.path("text"));
                        if (part.path("refusal").isTextual()) {
                            refusal(place, part.path("refusal"));
                        }
                    }
                }
            }
            case "function_call" -> {
                if (untold) {
                    arguments(place, item.path("arguments"));
                }
            }
            case "custom_tool_call" ->
                events.add(new ChatEvent.ToolArgumentsDelta(
                        0,
                        calls.getOrDefault(place, 0),
                        CustomInput.arguments(item.path("input").asText())));
            case "reasoning" -> thoughtDone(place, item, untold);
            default -> {}
        }
        events.add(new ChatEvent.BlockEnded(0));
    }

    private void thoughtDone(int place, JsonNode item, boolean untold) {
        if (untold) {
            var separator = "";
            for (var text : item.path(item.path("summary").isEmpty() ? "content" : "summary")) {
                if (!separator.isEmpty()) {
                    events.add(new ChatEvent.ReasoningDelta(0, separator));
                }
                thought(place, text.path("text"));
                separator = "\n\n";
            }
        }
        var encrypted = item.path("encrypted_content").asText("");
        if (item.path("encrypted_content").isTextual() && !encrypted.isEmpty()) {
            events.add(new ChatEvent.ReasoningSignature(
                    0, new VendorProof(item.path("id").asText(""), encrypted).signature()));
        }
    }

    private void end(JsonNode response) {
        start(response);
        ended = true;
        if (response.path("usage").isObject()) {
            events.add(new ChatEvent.UsageReported(Usage.with(
                    Usage.read(response.path("usage")),
                    Map.of(),
                    ServiceTier.of(response.path("service_tier").textValue()))));
        }
        events.add(new ChatEvent.Finished(0, Ending.reason(response, !calls.isEmpty(), refused), null));
    }

    private void failed(JsonNode response) {
        events.add(new ChatEvent.Failed(VendorErrors.inBand(response)));
    }
}
