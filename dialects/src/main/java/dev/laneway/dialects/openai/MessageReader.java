package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.CacheMark;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.GoogleSignature;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a Chat Completions request, {@code thinking_blocks} and {@code reasoning_content} among them. */
final class MessageReader {
    private MessageReader() {}

    static List<Message> read(List<JsonNode> nodes) {
        var messages = new ArrayList<Message>(nodes.size());
        for (var node : nodes) {
            messages.add(message(new FieldBag(node)));
        }
        return messages;
    }

    private static Message message(FieldBag fields) {
        var role = fields.text("role", "user");
        var name = fields.text("name");
        var mark = CacheMarks.take(fields.rest());
        var parts = switch (role) {
            case "tool" -> List.<Part>of(result(fields.text("tool_call_id", ""), fields, mark));
            case "function" -> List.<Part>of(result(legacyId(name), fields, mark));
            case "assistant" -> assistant(fields);
            default -> marked(content(fields.take("content")), mark);
        };
        return new Message(role(role), parts, name, new Extras(Dialect.OPENAI_CHAT, fields.rest()));
    }

    private static Role role(String word) {
        return switch (word) {
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            case "assistant" -> Role.ASSISTANT;
            case "tool", "function" -> Role.TOOL;
            default -> Role.USER;
        };
    }

    private static String legacyId(@Nullable String function) {
        return "call_" + function;
    }

    private static Part result(String id, FieldBag fields, @Nullable CacheMark mark) {
        return new Part.ToolResult(id, content(fields.take("content")), false, mark);
    }

    /** A mark on a message stands for one on its last part. */
    private static List<Part> marked(List<Part> parts, @Nullable CacheMark mark) {
        if (mark != null && !parts.isEmpty() && parts.getLast() instanceof Part.Text(var text, var _)) {
            parts.set(parts.size() - 1, new Part.Text(text, mark));
        }
        return parts;
    }

    private static List<Part> assistant(FieldBag fields) {
        var parts = new ArrayList<Part>();
        thinking(fields, parts);
        parts.addAll(content(fields.take("content")));
        var refusal = fields.text("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        for (var call : fields.items("tool_calls")) {
            var signature = GoogleExtra.signature(call);
            if (signature != null) {
                parts.add(new Part.Thinking("", GoogleSignature.marked(signature)));
            }
            parts.add(toolUse(call));
        }
        var legacy = fields.object("function_call");
        if (legacy != null) {
            var name = legacy.path("name").asText();
            parts.add(new Part.ToolUse(
                    legacyId(name), name, legacy.path("arguments").asText(), null));
        }
        return parts;
    }

    /** Signed blocks where the client kept them; else the bare text. */
    private static void thinking(FieldBag fields, List<Part> parts) {
        var bare = fields.text("reasoning_content");
        var blocks = fields.items("thinking_blocks");
        for (var block : blocks) {
            if (block.path("type").asText().equals("redacted_thinking")) {
                parts.add(new Part.RedactedThinking(block.path("data").asText()));
            } else {
                parts.add(new Part.Thinking(
                        block.path("thinking").asText(), block.path("signature").textValue()));
            }
        }
        if (blocks.isEmpty() && bare != null && !bare.isEmpty()) {
            parts.add(new Part.Thinking(bare, null));
        }
    }

    private static Part toolUse(JsonNode call) {
        var custom = call.path("custom");
        if (custom.isObject()) {
            var input = Json.object().put("input", custom.path("input").asText());
            return new Part.ToolUse(
                    call.path("id").asText(), custom.path("name").asText(), Json.text(input), null);
        }
        var function = call.path("function");
        return new Part.ToolUse(
                call.path("id").asText(),
                function.path("name").asText(),
                function.path("arguments").asText(),
                CacheMarks.take(new FieldBag(call).rest()));
    }

    private static List<Part> content(@Nullable JsonNode content) {
        var parts = new ArrayList<Part>();
        if (content != null && content.isTextual()) {
            parts.add(new Part.Text(content.textValue()));
        } else if (content != null) {
            content.forEach(part -> parts.add(part(part)));
        }
        return parts;
    }

    private static Part part(JsonNode node) {
        var fields = new FieldBag(node);
        var mark = CacheMarks.take(fields.rest());
        return switch (node.path("type").asText()) {
            case "text" -> new Part.Text(fields.text("text", ""), mark);
            case "refusal" -> new Part.Refusal(fields.text("refusal", ""));
            case "image_url" -> {
                var image = node.path("image_url");
                var url = image.isTextual()
                        ? image.textValue()
                        : image.path("url").asText();
                yield new Part.Image(DataUrls.source(url), image.path("detail").textValue(), mark);
            }
            case "input_audio" -> {
                var audio = node.path("input_audio");
                yield new Part.Audio(
                        audio.path("data").asText(), audio.path("format").asText(), mark);
            }
            case "file" -> document(node.path("file"), mark);
            default -> new Part.Opaque(Dialect.OPENAI_CHAT, node);
        };
    }

    private static Part document(JsonNode file, @Nullable CacheMark mark) {
        var id = file.path("file_id");
        var data = file.path("file_data").asText();
        var source = id.isTextual()
                ? new MediaSource.FileId(Dialect.OPENAI_CHAT, id.textValue())
                : data.startsWith("data:") ? DataUrls.source(data) : new MediaSource.Base64("application/pdf", data);
        return new Part.Document(source, file.path("filename").textValue(), mark);
    }
}
