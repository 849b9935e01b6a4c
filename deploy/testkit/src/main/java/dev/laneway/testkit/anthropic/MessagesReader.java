package dev.laneway.testkit.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.PromptBuilder;
import java.util.Set;

/** Goes through {@code messages}, checks them and builds the prompt. */
final class MessagesReader {
    private static final Set<String> ROLES = Set.of("user", "assistant", "system");

    private final AnthropicChecks checks;
    private final PromptBuilder prompt;
    private final ThinkingSignature signatures;
    private final ToolPairs pairs;

    MessagesReader(AnthropicChecks checks, PromptBuilder prompt, ThinkingSignature signatures) {
        this.checks = checks;
        this.prompt = prompt;
        this.signatures = signatures;
        this.pairs = new ToolPairs(checks);
    }

    void read(JsonNode messages) {
        checks.require(!messages.isMissingNode(), "messages: Field required");
        checks.require(messages.isArray(), "messages: Input should be a valid list");
        checks.require(!messages.isEmpty(), "messages: at least one message is required");
        for (int i = 0; i < messages.size() && checks.ok(); i++) {
            message(messages.get(i), "messages." + i);
        }
        pairs.end();
        ending(messages.path(messages.size() - 1));
    }

    /** A last turn of the assistant is a beginning to go on from. */
    private void ending(JsonNode last) {
        if (!last.path("role").asText().equals("assistant")) {
            return;
        }
        JsonNode content = last.path("content");
        JsonNode text =
                content.isTextual() ? content : content.path(content.size() - 1).path("text");
        String end = text.asText("");
        checks.require(
                end.isEmpty() || !Character.isWhitespace(end.charAt(end.length() - 1)),
                "messages: final assistant content cannot end with trailing whitespace");
        prompt.endsWithBeginning();
    }

    /** Goes through a {@code system} prompt. */
    void system(JsonNode system) {
        if (AnthropicChecks.absent(system)) {
            return;
        }
        checks.require(
                system.isTextual() || system.isArray(), "system: Input should be a valid string or a list of blocks");
        prompt.message("system");
        if (system.isTextual()) {
            prompt.text(system.asText());
        }
        for (int i = 0; i < (system.isArray() ? system.size() : 0); i++) {
            JsonNode block = system.get(i);
            String at = "system." + i;
            checks.require(block.path("type").asText().equals("text"), at + ".type: Input should be 'text'");
            checks.require(block.path("text").isTextual(), at + ".text: Field required");
            checks.require(
                    !block.path("text").asText().isBlank(),
                    "system: text content blocks must contain non-whitespace text");
            prompt.text(block.path("text").asText());
            mark(block);
        }
    }

    private void message(JsonNode message, String at) {
        String role = message.path("role").asText();
        JsonNode content = message.path("content");
        checks.require(
                message.isObject(), at + ": Input should be a valid dictionary or object to extract fields from");
        checks.require(!message.path("role").isMissingNode(), at + ".role: Field required");
        checks.require(ROLES.contains(role), at + ".role: Input should be 'user' or 'assistant'");
        checks.require(!content.isMissingNode(), at + ".content: Field required");
        checks.require(
                content.isTextual() || content.isArray(), at + ".content: Input should be a valid string or list");
        if (!checks.ok()) {
            return;
        }
        prompt.message(role);
        pairs.message(role);
        if (content.isTextual()) {
            checks.require(!content.asText().isEmpty(), "messages: text content blocks must be non-empty");
            text(content.asText(), role);
        }
        for (int i = 0; i < (content.isArray() ? content.size() : 0) && checks.ok(); i++) {
            block(content.get(i), role, at, at + ".content." + i);
        }
    }

    private void block(JsonNode block, String role, String messageAt, String at) {
        boolean assistant = role.equals("assistant");
        String type = block.path("type").asText();
        switch (type) {
            case "text" -> {
                checks.require(block.path("text").isTextual(), at + ".text.text: Field required");
                checks.require(
                        !block.path("text").asText().isEmpty(), "messages: text content blocks must be non-empty");
                text(block.path("text").asText(), role);
            }
            case "image", "document" -> {
                pairs.said();
                source(block, type, at);
            }
            case "tool_use" -> {
                checks.require(assistant, at + ": `tool_use` blocks can only be in `assistant` messages");
                toolUse(block, messageAt, at);
            }
            case "tool_result" -> {
                checks.require(!assistant, at + ": `tool_result` blocks can only be in `user` messages");
                toolResult(block, at);
            }
            case "thinking" -> {
                checks.require(assistant, at + ": `thinking` blocks can only be in `assistant` messages");
                checks.require(block.path("signature").isTextual(), at + ".thinking.signature: Field required");
                checks.require(block.path("thinking").isTextual(), at + ".thinking.thinking: Field required");
                String thinking = block.path("thinking").asText();
                checks.require(
                        signatures.fits(thinking, block.path("signature").asText()),
                        at + ": Invalid `signature` in `thinking` block");
                prompt.text(thinking);
            }
            case "redacted_thinking" ->
                checks.require(block.path("data").isTextual(), at + ".redacted_thinking.data: Field required");
            default -> {
                checks.require(!type.isEmpty(), at + ".type: Field required");
                prompt.other(block);
            }
        }
        mark(block);
    }

    private void text(String text, String role) {
        if (role.equals("user")) {
            pairs.said();
            prompt.userText(text);
        } else {
            prompt.text(text);
        }
    }

    private void source(JsonNode block, String type, String at) {
        JsonNode source = block.path("source");
        String kind = source.path("type").asText();
        switch (kind) {
            case "base64" -> {
                checks.require(
                        source.path("media_type").isTextual(),
                        at + "." + type + ".source.base64.media_type: Field required");
                checks.require(
                        source.path("data").isTextual(), at + "." + type + ".source.base64.data: Field required");
            }
            case "url" ->
                checks.require(source.path("url").isTextual(), at + "." + type + ".source.url.url: Field required");
            case "file", "text", "content" -> {}
            default -> checks.require(false, at + "." + type + ".source: Field required");
        }
        if (type.equals("image")) {
            prompt.image(source.path(kind.equals("url") ? "url" : "data").asText());
        } else {
            prompt.other(source);
        }
    }

    private void toolUse(JsonNode block, String messageAt, String at) {
        checks.require(block.path("id").isTextual(), at + ".tool_use.id: Field required");
        checks.require(block.path("name").isTextual(), at + ".tool_use.name: Field required");
        checks.require(block.path("input").isObject(), at + ".tool_use.input: Input should be a valid dictionary");
        pairs.call(block.path("id").asText(), messageAt, at);
        prompt.other(block.path("input"));
    }

    private void toolResult(JsonNode block, String at) {
        checks.require(block.path("tool_use_id").isTextual(), at + ".tool_result.tool_use_id: Field required");
        pairs.result(block.path("tool_use_id").asText(), at);
        JsonNode content = block.path("content");
        StringBuilder text = new StringBuilder(content.isTextual() ? content.asText() : "");
        for (JsonNode part : content.isArray() ? content : block.path("none")) {
            if (part.path("type").asText().equals("image")) {
                source(part, "image", at);
            } else {
                text.append(part.path("text").asText());
            }
        }
        prompt.toolResult(text.toString());
    }

    private void mark(JsonNode block) {
        if (block.path("cache_control").isObject()) {
            prompt.mark();
        }
    }
}
