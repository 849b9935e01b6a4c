package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.openai.DataUrls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code instructions} and {@code input}. What the model said in one turn is several items here and one message elsewhere:
 * reasoning, messages and calls in a row become one, and so do results in a row.
 */
final class InputReader {
    private final List<Message> messages = new ArrayList<>();
    private final List<Part> open = new ArrayList<>();
    private Role role = Role.USER;

    private InputReader() {}

    static List<Message> read(@Nullable JsonNode instructions, @Nullable JsonNode input) {
        var reader = new InputReader();
        reader.said(instructions, Role.SYSTEM);
        reader.said(input, Role.USER);
        reader.flush();
        return reader.messages;
    }

    private void said(@Nullable JsonNode node, Role speaker) {
        if (node != null && node.isTextual()) {
            add(speaker, new Part.Text(node.textValue()));
        } else if (node != null) {
            node.forEach(this::item);
        }
        flush();
    }

    private void add(Role speaker, Part part) {
        if (role != speaker) {
            flush();
        }
        role = speaker;
        open.add(part);
    }

    private void flush() {
        if (!open.isEmpty()) {
            messages.add(new Message(role, open));
            open.clear();
        }
    }

    private void item(JsonNode item) {
        switch (item.path("type").asText("message")) {
            case "message" -> message(item);
            case "reasoning" -> {
                var thought = thought(item);
                if (thought != null) {
                    add(Role.ASSISTANT, thought);
                }
            }
            case "function_call" ->
                add(Role.ASSISTANT, call(item, item.path("arguments").asText()));
            case "custom_tool_call" ->
                add(
                        Role.ASSISTANT,
                        call(item, CustomInput.arguments(item.path("input").asText())));
            case "function_call_output", "custom_tool_call_output" ->
                add(
                        Role.TOOL,
                        new Part.ToolResult(item.path("call_id").asText(), content(item.path("output")), false, null));
            default -> add(Role.ASSISTANT, new Part.Opaque(Dialect.OPENAI_RESPONSES, item));
        }
    }

    private void message(JsonNode item) {
        var speaker = switch (item.path("role").asText()) {
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            case "assistant" -> Role.ASSISTANT;
            default -> Role.USER;
        };
        if (speaker != Role.ASSISTANT) {
            flush();
        }
        content(item.path("content")).forEach(part -> add(speaker, part));
    }

    private static Part call(JsonNode item, String arguments) {
        return new Part.ToolUse(
                item.path("call_id").asText(),
                ToolNames.flat(
                        item.path("namespace").textValue(), item.path("name").asText()),
                arguments,
                null);
    }

    private static @Nullable Part thought(JsonNode item) {
        var encrypted = item.path("encrypted_content").asText("");
        if (SealedThought.is(encrypted)) {
            return SealedThought.open(encrypted);
        }
        var said = new StringBuilder();
        for (var text : item.path(item.path("summary").isEmpty() ? "content" : "summary")) {
            said.append(said.isEmpty() ? "" : "\n\n").append(text.path("text").asText());
        }
        if (encrypted.isEmpty()) {
            return said.isEmpty() ? null : new Part.Thinking(said.toString(), null);
        }
        var proof = new VendorProof(ItemIds.vendors(item.path("id").asText("")), encrypted);
        return new Part.Thinking(said.toString(), proof.signature());
    }

    private static List<Part> content(JsonNode content) {
        var parts = new ArrayList<Part>();
        if (content.isTextual()) {
            parts.add(new Part.Text(content.textValue()));
        } else if (content.isArray()) {
            content.forEach(part -> parts.add(part(part)));
        } else {
            parts.add(new Part.Text(content.toString()));
        }
        return parts;
    }

    private static Part part(JsonNode node) {
        return switch (node.path("type").asText()) {
            case "input_text", "output_text", "text", "summary_text" ->
                new Part.Text(node.path("text").asText());
            case "refusal" -> new Part.Refusal(node.path("refusal").asText());
            case "input_image" -> image(node);
            case "input_file" -> document(node);
            case "input_audio" -> {
                var audio = node.path("input_audio");
                yield new Part.Audio(
                        audio.path("data").asText(), audio.path("format").asText(), null);
            }
            default -> new Part.Opaque(Dialect.OPENAI_RESPONSES, node);
        };
    }

    private static Part image(JsonNode node) {
        var id = node.path("file_id").textValue();
        var url = node.path("image_url").isTextual()
                ? node.path("image_url")
                : node.path("image_url").path("url");
        var source = id == null ? DataUrls.source(url.asText()) : new MediaSource.FileId(Dialect.OPENAI_RESPONSES, id);
        return new Part.Image(source, node.path("detail").textValue(), null);
    }

    private static Part document(JsonNode node) {
        var id = node.path("file_id").textValue();
        var url = node.path("file_url").textValue();
        var data = node.path("file_data").asText("");
        MediaSource source;
        if (id != null) {
            source = new MediaSource.FileId(Dialect.OPENAI_RESPONSES, id);
        } else if (url != null) {
            source = new MediaSource.Url(url);
        } else {
            source = data.startsWith("data:") ? DataUrls.source(data) : new MediaSource.Base64("application/pdf", data);
        }
        return new Part.Document(source, node.path("filename").textValue(), null);
    }
}
