package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.CacheMark;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads content blocks of a request. */
final class BlockReader {
    private BlockReader() {}

    static boolean isToolResult(Part part) {
        return part instanceof Part.ToolResult;
    }

    static List<Part> content(@Nullable JsonNode content) {
        var parts = new ArrayList<Part>();
        if (content != null && content.isTextual()) {
            parts.add(new Part.Text(content.textValue()));
        } else if (content != null) {
            content.forEach(block -> parts.add(block(block)));
        }
        return parts;
    }

    static @Nullable CacheMark mark(FieldBag fields) {
        var control = fields.object("cache_control");
        return control == null ? null : new CacheMark(control.path("ttl").textValue());
    }

    private static Part block(JsonNode node) {
        var fields = new FieldBag(node);
        var mark = mark(fields);
        return switch (node.path("type").asText()) {
            case "text" -> new Part.Text(fields.text("text", ""), mark);
            case "image" -> {
                var source = source(node);
                yield source == null ? opaque(node) : new Part.Image(source, null, mark);
            }
            case "document" -> {
                var source = source(node);
                yield source == null ? opaque(node) : new Part.Document(source, fields.text("title"), mark);
            }
            case "thinking" -> {
                var signature = fields.text("signature", "");
                yield new Part.Thinking(fields.text("thinking", ""), signature.isEmpty() ? null : signature);
            }
            case "redacted_thinking" -> new Part.RedactedThinking(fields.text("data", ""));
            case "tool_use" -> new Part.ToolUse(fields.text("id", ""), fields.text("name", ""), input(node), mark);
            case "tool_result" ->
                new Part.ToolResult(
                        fields.text("tool_use_id", ""),
                        content(fields.take("content")),
                        Boolean.TRUE.equals(fields.flag("is_error")),
                        mark);
            default -> opaque(node);
        };
    }

    private static String input(JsonNode toolUse) {
        return toolUse.path("input").isObject() ? Json.text(toolUse.path("input")) : "{}";
    }

    private static Part opaque(JsonNode node) {
        return new Part.Opaque(Dialect.ANTHROPIC_MESSAGES, node);
    }

    private static @Nullable MediaSource source(JsonNode block) {
        var source = block.path("source");
        return switch (source.path("type").asText()) {
            case "base64" ->
                new MediaSource.Base64(
                        source.path("media_type").asText(), source.path("data").asText());
            case "url" -> new MediaSource.Url(source.path("url").asText());
            case "text" -> new MediaSource.Plain(source.path("data").asText());
            case "file" ->
                new MediaSource.FileId(
                        Dialect.ANTHROPIC_MESSAGES, source.path("file_id").asText());
            default -> null;
        };
    }
}
