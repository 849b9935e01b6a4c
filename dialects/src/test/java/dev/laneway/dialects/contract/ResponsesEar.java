package dev.laneway.dialects.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.contract.Heard.Call;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads as OpenAI's SDKs and Codex do: events are numbered, everything is added before it grows and is done before the response is;
 * what grew must be what is done, and what is done must be what the response says. The finish is the status, or {@code calls}.
 */
final class ResponsesEar implements CallerEar {
    private static final class Item {
        JsonNode added;
        JsonNode done;
        final TreeMap<Integer, StringBuilder> content = new TreeMap<>();
        final StringBuilder arguments = new StringBuilder();
        final StringBuilder summary = new StringBuilder();
    }

    @Override
    public Heard stream(byte[] bytes) {
        var items = new TreeMap<Integer, Item>();
        JsonNode last = null;
        String error = null;
        String responseId = null;
        var next = 0L;
        var whole = false;
        for (var event : CallerEar.events(bytes)) {
            var data = CallerEar.json(event.data());
            var type = data.path("type").asText();
            require(type.equals(event.name()), "event and type differ");
            require(!whole, "something after the end");
            var number = data.path("sequence_number").asLong(-1);
            require(error != null || type.equals("error") || number == next, type + " has number " + number);
            next = number + 1;
            var item = items.get(data.path("output_index").asInt(-1));
            if (data.has("response")) {
                require(
                        responseId == null
                                || type.equals("response.failed")
                                || responseId.equals(
                                        data.path("response").path("id").asText()),
                        "another response");
                responseId = data.path("response").path("id").asText();
            }
            if (data.has("item_id")) {
                require(item != null && item.done == null, type + " outside of its item");
                require(
                        item.added
                                .path("id")
                                .asText()
                                .equals(data.path("item_id").asText()),
                        "another item");
            }
            switch (type) {
                case "response.created" -> require(responseId != null && number == 0, "created late");
                case "response.in_progress", "response.content_part.done" -> {}
                case "response.output_item.added" -> {
                    require(data.path("output_index").asInt() == items.size(), "an item out of order");
                    var added = new Item();
                    added.added = data.path("item");
                    items.put(data.path("output_index").asInt(), added);
                }
                case "response.content_part.added" ->
                    require(
                            item.content.put(data.path("content_index").asInt(), new StringBuilder()) == null,
                            "a part twice");
                case "response.output_text.delta", "response.refusal.delta" ->
                    item.content
                            .get(data.path("content_index").asInt())
                            .append(data.path("delta").asText());
                case "response.output_text.done" ->
                    require(
                            item.content
                                    .get(data.path("content_index").asInt())
                                    .toString()
                                    .equals(data.path("text").asText()),
                            "a text that did not grow so");
                case "response.refusal.done" -> {}
                case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
                    item.arguments.append(data.path("delta").asText());
                case "response.function_call_arguments.done" ->
                    require(
                            item.arguments.isEmpty()
                                    || item.arguments
                                            .toString()
                                            .equals(data.path("arguments").asText()),
                            "arguments that did not grow so");
                case "response.custom_tool_call_input.done" -> {}
                case "response.reasoning_summary_part.added", "response.reasoning_summary_part.done" -> {}
                case "response.reasoning_summary_text.delta" ->
                    item.summary.append(data.path("delta").asText());
                case "response.reasoning_summary_text.done" ->
                    require(
                            item.summary.toString().equals(data.path("text").asText()),
                            "a summary that did not grow so");
                case "response.output_item.done" -> item.done = data.path("item");
                case "response.completed", "response.incomplete" -> {
                    last = data.path("response");
                    whole = true;
                }
                case "error" -> error = data.path("error").path("message").asText();
                case "response.failed" ->
                    require(
                            data.path("response")
                                    .path("error")
                                    .path("message")
                                    .asText()
                                    .equals(error),
                            "failed otherwise");
                default -> throw new IllegalStateException("unknown event " + type);
            }
        }
        if (last == null) {
            var text = new StringBuilder();
            items.values().forEach(item -> item.content.values().forEach(text::append));
            return new Heard(text.toString(), "", List.of(), List.of(), null, null, null, false, error);
        }
        var done = new ArrayList<JsonNode>();
        for (var item : items.values()) {
            require(item.done != null, "an item without an end");
            done.add(item.done);
        }
        var said = new ArrayList<JsonNode>();
        last.path("output").forEach(said::add);
        require(said.equals(done), "a response that is not its items");
        return heard(last, done, whole, error);
    }

    @Override
    public Heard whole(byte[] bytes) {
        var root = CallerEar.json(bytes);
        var items = new ArrayList<JsonNode>();
        root.path("output").forEach(items::add);
        return heard(
                root,
                items,
                root.path("object").asText().equals("response"),
                root.path("error").path("message").textValue());
    }

    private static Heard heard(JsonNode response, List<JsonNode> items, boolean whole, String error) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var signatures = new ArrayList<String>();
        var calls = new ArrayList<Call>();
        for (var item : items) {
            switch (item.path("type").asText()) {
                case "message" ->
                    item.path("content")
                            .forEach(part -> text.append(part.path("text").asText("")));
                case "reasoning" -> {
                    item.path("summary")
                            .forEach(part -> reasoning.append(part.path("text").asText("")));
                    if (item.path("encrypted_content").isTextual()) {
                        signatures.add(signature(item.path("encrypted_content").textValue()));
                    }
                }
                case "function_call" ->
                    calls.add(new Call(
                            item.path("call_id").asText(),
                            item.path("name").asText(),
                            item.path("arguments").asText()));
                default -> {}
            }
        }
        var status = response.path("status").asText();
        return new Heard(
                text.toString(),
                reasoning.toString(),
                signatures,
                calls,
                status.equals("completed") && !calls.isEmpty() ? "calls" : status,
                response.path("usage").isObject() ? usage(response.path("usage")) : null,
                response.path("model").asText(),
                whole,
                error);
    }

    /** What the gateway has sealed; a vendor's own as it is. */
    private static String signature(String encrypted) {
        if (!encrypted.startsWith("lw1.")) {
            return encrypted;
        }
        return CallerEar.json(Base64.getUrlDecoder().decode(encrypted.substring(4)))
                .path("s")
                .asText();
    }

    private static TokenUsage usage(JsonNode usage) {
        return new TokenUsage(
                usage.path("input_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                usage.path("input_tokens_details").path("cached_tokens").asLong(),
                usage.path("input_tokens_details").path("cache_write_tokens").asLong(),
                usage.path("output_tokens_details").path("reasoning_tokens").asLong());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public String stop() {
        return "completed";
    }

    @Override
    public String length() {
        return "incomplete";
    }

    @Override
    public String toolCalls() {
        return "calls";
    }
}
