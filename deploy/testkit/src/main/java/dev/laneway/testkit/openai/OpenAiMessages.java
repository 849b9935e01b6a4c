package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.PromptBuilder;
import java.util.LinkedHashSet;
import java.util.Set;

/** Goes through {@code messages}, checks them and builds the prompt. */
final class OpenAiMessages {
    private static final Set<String> ROLES = Set.of("system", "assistant", "user", "function", "tool", "developer");
    private static final String SUPPORTED = "'system', 'assistant', 'user', 'function', 'tool', and 'developer'";

    private final FieldChecks checks;
    private final PromptBuilder prompt;
    private final Set<String> pendingCalls = new LinkedHashSet<>();

    OpenAiMessages(FieldChecks checks, PromptBuilder prompt) {
        this.checks = checks;
        this.prompt = prompt;
    }

    void read(JsonNode messages) {
        checks.require(!FieldChecks.absent(messages), () -> OpenAiErrors.missing("messages"));
        checks.require(
                messages.isArray(),
                () -> OpenAiErrors.wrongType("messages", "an array of objects", FieldChecks.kind(messages)));
        checks.require(!messages.isEmpty(), () -> OpenAiErrors.emptyArray("messages"));
        for (int i = 0; i < messages.size() && checks.ok(); i++) {
            message(messages.get(i), "messages[" + i + "]");
        }
        answered("messages");
    }

    private void message(JsonNode message, String at) {
        checks.require(message.isObject(), () -> OpenAiErrors.wrongType(at, "an object", FieldChecks.kind(message)));
        JsonNode role = message.path("role");
        checks.require(!role.isMissingNode(), () -> OpenAiErrors.missing(at + ".role"));
        checks.require(
                ROLES.contains(role.asText()), () -> OpenAiErrors.badValue(at + ".role", role.asText(), SUPPORTED));
        if (!checks.ok()) {
            return;
        }
        if (!role.asText().equals("tool")) {
            answered(at);
        }
        prompt.message(role.asText());
        switch (role.asText()) {
            case "tool" -> tool(message, at);
            case "assistant" -> assistant(message, at);
            default -> content(message, role.asText(), at);
        }
        prompt.mark();
    }

    private void tool(JsonNode message, String at) {
        checks.require(!message.path("tool_call_id").isMissingNode(), () -> OpenAiErrors.missing(at + ".tool_call_id"));
        checks.require(
                pendingCalls.remove(message.path("tool_call_id").asText()),
                () -> OpenAiErrors.invalid(
                        null,
                        at + ".role",
                        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message"
                                + " with 'tool_calls'."));
        content(message, "tool", at);
    }

    private void assistant(JsonNode message, String at) {
        JsonNode calls = message.path("tool_calls");
        if (!FieldChecks.absent(message.path("content"))) {
            content(message, "assistant", at);
        } else {
            checks.require(
                    !calls.isEmpty() || message.has("function_call") || message.hasNonNull("refusal"),
                    () -> OpenAiErrors.wrongType(at + ".content", "a string or array of content parts", "null"));
        }
        checks.require(
                FieldChecks.absent(calls) || calls.isArray(),
                () -> OpenAiErrors.wrongType(at + ".tool_calls", "an array of objects", FieldChecks.kind(calls)));
        for (int i = 0; i < calls.size(); i++) {
            JsonNode call = calls.get(i);
            String place = at + ".tool_calls[" + i + "]";
            checks.require(call.path("id").isTextual(), () -> OpenAiErrors.missing(place + ".id"));
            boolean function = call.path("function").path("name").isTextual();
            checks.require(function || call.has("custom"), () -> OpenAiErrors.missing(place + ".function"));
            JsonNode arguments = call.path("function").path("arguments");
            checks.require(
                    !function || arguments.isTextual(),
                    () -> OpenAiErrors.wrongType(
                            place + ".function.arguments", "a string", FieldChecks.kind(arguments)));
            pendingCalls.add(call.path("id").asText());
            prompt.other(call.path("function"));
        }
    }

    private void content(JsonNode message, String role, String at) {
        JsonNode content = message.path("content");
        checks.require(
                !FieldChecks.absent(content) || role.equals("function"),
                () -> content.isNull()
                        ? OpenAiErrors.wrongType(at + ".content", "a string or array of content parts", "null")
                        : OpenAiErrors.missing(at + ".content"));
        if (content.isTextual()) {
            text(content.asText(), role);
            return;
        }
        checks.require(
                content.isArray() || FieldChecks.absent(content),
                () -> OpenAiErrors.wrongType(
                        at + ".content", "a string or array of content parts", FieldChecks.kind(content)));
        StringBuilder toolText = new StringBuilder();
        for (int i = 0; i < content.size() && checks.ok(); i++) {
            part(content.get(i), role, at + ".content[" + i + "]", toolText);
        }
        if (role.equals("tool")) {
            prompt.toolResult(toolText.toString());
        }
    }

    private void part(JsonNode part, String role, String at, StringBuilder toolText) {
        String type = part.path("type").asText();
        switch (type) {
            case "text" -> {
                checks.require(part.path("text").isTextual(), () -> OpenAiErrors.missing(at + ".text"));
                if (role.equals("tool")) {
                    toolText.append(part.path("text").asText());
                } else {
                    text(part.path("text").asText(), role);
                }
            }
            case "refusal" -> prompt.text(part.path("refusal").asText());
            case "image_url" -> {
                String url = part.path("image_url").path("url").asText();
                checks.require(!url.isEmpty(), () -> OpenAiErrors.missing(at + ".image_url.url"));
                checks.require(
                        url.startsWith("http://") || url.startsWith("https://") || url.startsWith("data:image/"),
                        () -> OpenAiErrors.invalid(
                                "invalid_image_url",
                                at + ".image_url.url",
                                "Invalid image URL: expected a valid URL or a base64-encoded data URL."));
                prompt.image(url);
            }
            case "input_audio", "file" -> prompt.other(part.path(type));
            default ->
                checks.require(
                        false,
                        () -> OpenAiErrors.badValue(
                                at + ".type", type, "'text', 'image_url', 'input_audio', 'refusal', and 'file'"));
        }
    }

    private void text(String text, String role) {
        switch (role) {
            case "user" -> prompt.userText(text);
            case "tool" -> prompt.toolResult(text);
            default -> prompt.text(text);
        }
    }

    private void answered(String at) {
        checks.require(
                pendingCalls.isEmpty(),
                () -> OpenAiErrors.invalid(
                        null,
                        at,
                        "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                                + " 'tool_call_id'. The following tool_call_ids did not have response messages: "
                                + String.join(", ", pendingCalls)));
    }
}
