package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.testkit.models.ModelName;
import dev.laneway.testkit.wire.Reading;
import dev.laneway.testkit.wire.RequestHead;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads a request of the Responses API: checks its items, ids and parameters as OpenAI does, and then has the model asked the same
 * in the words of a chat. Nothing is stored here: what refers to something that was is refused.
 */
final class ResponsesReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST_ID = 64;
    private static final int LEAST_TOKENS = 16;
    /** Of what a reasoning item carries; another's can't be read. */
    static final String ENCRYPTED = "gAAAAAB";

    /** Chat's parameters that have other names here, or none. */
    private static final Map<String, String> MOVED = Map.of(
            "messages", "input",
            "max_tokens", "max_output_tokens",
            "max_completion_tokens", "max_output_tokens",
            "response_format", "text.format",
            "reasoning_effort", "reasoning.effort");

    private static final Set<String> UNKNOWN =
            Set.of("stop", "n", "seed", "logit_bias", "frequency_penalty", "presence_penalty", "logprobs");

    /** What ids of items begin with. */
    private static final Map<String, String> PREFIXES =
            Map.of("message", "msg", "function_call", "fc", "custom_tool_call", "ctc", "reasoning", "rs");

    private final JsonNode body;
    private final ModelName model;
    private final RequestHead head;
    private final FieldChecks checks = new FieldChecks();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> calls = new HashSet<>();
    private final ArrayNode messages = NODES.arrayNode();

    ResponsesReader(JsonNode body, ModelName model, RequestHead head) {
        this.body = body;
        this.model = model;
        this.head = head;
    }

    Reading read() {
        MOVED.forEach((chat, here) -> checks.require(
                !body.has(chat),
                () -> OpenAiErrors.invalid(
                        "unsupported_parameter",
                        chat,
                        "Unsupported parameter: '" + chat + "'. In the Responses API, this parameter has moved to '"
                                + here + "'.")));
        UNKNOWN.forEach(name -> checks.require(
                !body.has(name),
                () -> OpenAiErrors.invalid("unknown_parameter", name, "Unknown parameter: '" + name + "'.")));
        checks.integer(body, "max_output_tokens", LEAST_TOKENS, Integer.MAX_VALUE);
        checks.require(
                FieldChecks.absent(body.path("previous_response_id")),
                () -> OpenAiErrors.invalid(
                        "previous_response_not_found",
                        "previous_response_id",
                        "Previous response with id '"
                                + body.path("previous_response_id").asText() + "' not found."));
        if (body.path("instructions").isTextual()) {
            messages.addObject().put("role", "system").set("content", body.get("instructions"));
        }
        input(body.path("input"));
        if (checks.error().isPresent()) {
            return new Reading.Refused(checks.error().get());
        }
        return switch (new ChatReader(chat(), model, head).read()) {
            case Reading.Refused refused -> refused;
            case Reading.Understood understood ->
                new Reading.Understood(new ResponsesCall(understood.call().ask(), body));
        };
    }

    private void input(JsonNode input) {
        checks.require(!FieldChecks.absent(input), () -> OpenAiErrors.missing("input"));
        if (input.isTextual()) {
            messages.addObject().put("role", "user").set("content", input);
            return;
        }
        checks.require(
                input.isArray(),
                () -> OpenAiErrors.wrongType("input", "a string or an array of input items", FieldChecks.kind(input)));
        for (int i = 0; i < input.size() && checks.ok(); i++) {
            item(input.get(i), "input[" + i + "]");
        }
    }

    private void item(JsonNode item, String at) {
        String type = item.path("type").asText("message");
        id(item.path("id"), type, at);
        switch (type) {
            case "message" -> message(item, at);
            case "function_call", "custom_tool_call" -> call(item, type, at);
            case "function_call_output", "custom_tool_call_output" -> output(item, at);
            case "reasoning" -> {
                String encrypted = item.path("encrypted_content").asText("");
                checks.require(
                        !encrypted.isEmpty(),
                        () -> OpenAiErrors.invalid(
                                null,
                                "input",
                                "Item with id '" + item.path("id").asText()
                                        + "' not found. Items are not persisted when `store` is set to false."));
                checks.require(
                        encrypted.startsWith(ENCRYPTED),
                        () -> OpenAiErrors.invalid(
                                "invalid_encrypted_content", null, "The encrypted content could not be verified."));
            }
            default ->
                checks.require(
                        false,
                        () -> OpenAiErrors.badValue(
                                at + ".type",
                                type,
                                "'message', 'function_call', 'function_call_output' and 'reasoning'"));
        }
    }

    private void id(JsonNode id, String type, String at) {
        String prefix = PREFIXES.get(type);
        if (FieldChecks.absent(id) || prefix == null) {
            return;
        }
        checks.require(
                id.asText().startsWith(prefix),
                () -> OpenAiErrors.invalid(
                        "invalid_value",
                        at + ".id",
                        "Invalid '" + at + ".id': '" + id.asText() + "'. Expected an ID that begins with '" + prefix
                                + "'."));
        checks.require(
                id.asText().length() <= LONGEST_ID,
                () -> OpenAiErrors.invalid(
                        "string_above_max_length",
                        at + ".id",
                        "Invalid '" + at + ".id': string too long. Expected a string with maximum length 64."));
        checks.require(
                ids.add(id.asText()),
                () -> OpenAiErrors.invalid(null, "input", "Duplicate item found with id " + id.asText() + "."));
    }

    private void message(JsonNode item, String at) {
        String role = item.path("role").asText("");
        checks.require(
                Set.of("user", "assistant", "system", "developer").contains(role),
                () -> OpenAiErrors.badValue(at + ".role", role, "'assistant', 'system', 'developer', and 'user'"));
        ObjectNode message = last("assistant");
        if (!role.equals("assistant") || message.has("content") || message.has("tool_calls")) {
            message = messages.addObject().put("role", role);
        }
        message.set("content", content(item.path("content"), role, at + ".content"));
    }

    /** The last message, if it is of that role; else a new one that nobody adds. */
    private ObjectNode last(String role) {
        JsonNode last = messages.path(messages.size() - 1);
        return last instanceof ObjectNode object && object.path("role").asText().equals(role)
                ? object
                : NODES.objectNode().put("content", "");
    }

    private JsonNode content(JsonNode content, String role, String at) {
        if (content.isTextual()) {
            return content;
        }
        ArrayNode parts = NODES.arrayNode();
        for (int i = 0; i < content.size(); i++) {
            part(content.get(i), role, at + "[" + i + "]", parts);
        }
        return parts;
    }

    private void part(JsonNode part, String role, String at, ArrayNode to) {
        String type = part.path("type").asText();
        String text = role.equals("assistant") ? "output_text" : "input_text";
        if (type.equals(text)) {
            checks.require(part.path("text").isTextual(), () -> OpenAiErrors.missing(at + ".text"));
            to.addObject().put("type", "text").set("text", part.path("text"));
        } else if (type.equals("refusal") && role.equals("assistant")) {
            to.addObject().put("type", "text").set("text", part.path("refusal"));
        } else if (type.equals("input_image") && !role.equals("assistant")) {
            to.addObject().put("type", "image_url").putObject("image_url").set("url", part.path("image_url"));
        } else if (type.equals("input_file") && !role.equals("assistant")) {
            to.addObject().put("type", "file").set("file", part);
        } else {
            checks.require(
                    false, () -> OpenAiErrors.badValue(at + ".type", type, "'" + text + "' and others of the role"));
        }
    }

    private void call(JsonNode item, String type, String at) {
        String argument = type.equals("function_call") ? "arguments" : "input";
        for (String field : new String[] {"call_id", "name", argument}) {
            checks.require(item.path(field).isTextual(), () -> OpenAiErrors.missing(at + "." + field));
        }
        calls.add(item.path("call_id").asText());
        ObjectNode message = last("assistant");
        if (!message.has("role")) {
            message = messages.addObject().put("role", "assistant");
        }
        ObjectNode call = message.withArrayProperty("tool_calls").addObject();
        call.put("id", item.path("call_id").asText()).put("type", "function");
        call.putObject("function")
                .put("name", item.path("name").asText())
                .put("arguments", item.path(argument).asText());
    }

    private void output(JsonNode item, String at) {
        String call = item.path("call_id").asText("");
        checks.require(
                calls.contains(call),
                () -> OpenAiErrors.invalid(
                        null, "input", "No tool call found for function call output with call_id " + call + "."));
        checks.require(!FieldChecks.absent(item.path("output")), () -> OpenAiErrors.missing(at + ".output"));
        ObjectNode message = messages.addObject().put("role", "tool").put("tool_call_id", call);
        JsonNode output = item.path("output");
        if (output.isTextual()) {
            message.set("content", output);
            return;
        }
        StringBuilder text = new StringBuilder();
        output.forEach(part -> text.append(part.path("text").asText("")));
        message.put("content", text.toString());
    }

    private ObjectNode chat() {
        ObjectNode chat = NODES.objectNode().put("model", body.path("model").asText());
        chat.set("messages", messages);
        for (String name :
                new String[] {"stream", "temperature", "top_p", "parallel_tool_calls", "service_tier", "max_tool_calls"
                }) {
            if (body.has(name)) {
                chat.set(name, body.get(name));
            }
        }
        if (body.has("max_output_tokens")) {
            chat.set("max_completion_tokens", body.get("max_output_tokens"));
        }
        if (body.path("reasoning").path("effort").isTextual()) {
            chat.set("reasoning_effort", body.path("reasoning").path("effort"));
        }
        format(body.path("text").path("format"), chat);
        tools(chat);
        return chat;
    }

    private static void format(JsonNode format, ObjectNode chat) {
        if (!format.isObject()) {
            return;
        }
        ObjectNode to = chat.putObject("response_format");
        to.set("type", format.path("type"));
        if (format.path("type").asText().equals("json_schema")) {
            to.set("json_schema", format);
        }
    }

    private void tools(ObjectNode chat) {
        for (JsonNode tool : body.path("tools")) {
            ObjectNode to = chat.withArrayProperty("tools").addObject();
            to.set("type", tool.path("type"));
            if (tool.path("type").asText().equals("function")) {
                to.set("function", tool);
            }
        }
        JsonNode choice = body.path("tool_choice");
        if (choice.isTextual()) {
            chat.set("tool_choice", choice);
        } else if (choice.path("type").asText().equals("function")) {
            chat.putObject("tool_choice").put("type", "function").set("function", choice);
        } else if (choice.isObject()) {
            chat.putObject("tool_choice").put("type", "allowed_tools").set("allowed_tools", choice);
        }
    }
}
