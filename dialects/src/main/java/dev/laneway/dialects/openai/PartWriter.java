package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.providers.Quirk;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code content}: a string where there is only text, since not every compatible vendor takes parts; else parts. Several
 * texts become paragraphs of one, unless a cache mark that the vendor reads stands between them.
 */
final class PartWriter {
    private final Set<Quirk> quirks;
    private final Losses losses;

    PartWriter(Set<Quirk> quirks, Losses losses) {
        this.quirks = quirks;
        this.losses = losses;
    }

    void content(List<Part> parts, ObjectNode message) {
        var array = Json.object().putArray("content");
        for (var part : parts) {
            write(part, array);
        }
        var text = new StringBuilder();
        for (var part : array) {
            if (!part.path("type").asText().equals("text") || part.size() > 2) {
                message.set("content", array);
                return;
            }
            text.append(text.isEmpty() ? "" : "\n\n").append(part.path("text").asText());
        }
        message.put("content", text.toString());
    }

    private void write(Part part, ArrayNode to) {
        switch (part) {
            case Part.Text(var text, var mark) -> CacheMarks.put(mark, text(text, to), quirks, losses);
            case Part.Image(var source, var detail, var mark) -> {
                var json = to.addObject().put("type", "image_url");
                var image = json.putObject("image_url").put("url", imageUrl(source));
                if (detail != null) {
                    image.put("detail", detail);
                }
                CacheMarks.put(mark, json, quirks, losses);
            }
            case Part.Audio(var data, var format, var mark) -> {
                var json = to.addObject().put("type", "input_audio");
                json.putObject("input_audio").put("data", data).put("format", format);
                CacheMarks.put(mark, json, quirks, losses);
            }
            case Part.Document document -> document(document, to);
            case Part.Refusal(var text) -> to.addObject().put("type", "refusal").put("refusal", text);
            case Part.Opaque(var origin, var json) -> opaque(origin, json, to);
            case Part.Thinking _ -> losses.dropped("thinking", "it is not the assistant's");
            case Part.RedactedThinking _ -> losses.dropped("redacted_thinking", "it is not the assistant's");
            case Part.ToolUse _ -> losses.refuse("A call of a tool stands outside of an assistant message.");
            case Part.ToolResult _ -> losses.refuse("The result of a tool stands inside of another message.");
        }
    }

    private static ObjectNode text(String text, ArrayNode to) {
        return to.addObject().put("type", "text").put("text", text);
    }

    private @Nullable String imageUrl(MediaSource source) {
        return switch (source) {
            case MediaSource.Url(var url) -> url;
            case MediaSource.Base64 inline -> DataUrls.url(inline);
            case MediaSource.Plain _ -> refuse("An image can't be text.");
            case MediaSource.FileId _ -> refuse("An image was uploaded to another vendor, and can't be used here.");
        };
    }

    private @Nullable String refuse(String reason) {
        losses.refuse(reason);
        return null;
    }

    private void document(Part.Document document, ArrayNode to) {
        var title = document.title();
        switch (document.source()) {
            case MediaSource.Plain(var text) ->
                CacheMarks.put(
                        document.cache(), text(title == null ? text : title + "\n\n" + text, to), quirks, losses);
            case MediaSource.Base64 inline -> {
                var json = to.addObject().put("type", "file");
                var named = title == null || title.isBlank() ? "document.pdf" : title;
                json.putObject("file").put("filename", named).put("file_data", DataUrls.url(inline));
                CacheMarks.put(document.cache(), json, quirks, losses);
            }
            case MediaSource.Url _ -> losses.refuse("A document by URL can't be sent to this vendor.");
            case MediaSource.FileId(var origin, var id) -> {
                if (origin != Dialect.OPENAI_CHAT) {
                    losses.refuse("A document was uploaded to another vendor, and can't be used here.");
                }
                var json = to.addObject().put("type", "file");
                json.putObject("file").put("file_id", id);
                CacheMarks.put(document.cache(), json, quirks, losses);
            }
        }
    }

    /** What only Anthropic knows: references to tools and search results have a text; anything else would be missed. */
    private void opaque(Dialect origin, JsonNode json, ArrayNode to) {
        if (origin == Dialect.OPENAI_CHAT) {
            to.add(json);
            return;
        }
        switch (json.path("type").asText()) {
            case "tool_reference" -> {
                losses.approximated("tool_reference", "as text");
                text("Tool found: " + json.path("tool_name").asText(), to);
            }
            case "search_result" -> {
                losses.approximated("search_result", "as text");
                var text = new StringBuilder(json.path("title").asText())
                        .append('\n')
                        .append(json.path("source").asText());
                json.path("content")
                        .forEach(block ->
                                text.append("\n\n").append(block.path("text").asText()));
                text(text.toString(), to);
            }
            default -> losses.refuse("A content block of this request has no place in Chat Completions.");
        }
    }
}
