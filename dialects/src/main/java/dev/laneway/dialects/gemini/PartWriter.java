package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.CacheMark;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.ToolInput;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes parts, those with signatures excepted, which their content gives them. One conversation. */
final class PartWriter {
    private final boolean ids;
    private final Losses losses;
    /** By a call's id: the name of its function, which Google wants to hear again with the result. */
    private final Map<String, String> names = new HashMap<>();

    /** @param ids whether the vendor takes ids of calls */
    PartWriter(boolean ids, Losses losses) {
        this.ids = ids;
        this.losses = losses;
    }

    void write(Part part, ArrayNode to) {
        switch (part) {
            case Part.Text(var text, var mark) -> {
                unmarked(mark);
                text(text, to);
            }
            case Part.Refusal(var text) -> text(text, to);
            case Part.Image(var source, var detail, var mark) -> {
                unmarked(mark);
                if (detail != null && !detail.equals("auto")) {
                    losses.dropped("image_url.detail", "Gemini has no such field");
                }
                media(source, null, "image/jpeg", to);
            }
            case Part.Audio(var data, var format, var mark) -> {
                unmarked(mark);
                inline("audio/" + format, data, to);
            }
            case Part.Document(var source, var title, var mark) -> {
                unmarked(mark);
                media(source, title, "application/pdf", to);
            }
            case Part.Thinking(var _, var signature) ->
                losses.dropped("thinking", signature == null ? "it is not signed" : "another vendor signed it");
            case Part.RedactedThinking _ -> losses.dropped("redacted_thinking", "only its own vendor can read it");
            case Part.ToolUse(var id, var name, var arguments, var mark) -> {
                unmarked(mark);
                names.put(id, name);
                var call = to.addObject().putObject("functionCall");
                id(id, call);
                call.put("name", name).set("args", ToolInput.of(arguments));
            }
            case Part.ToolResult result -> result(result, to);
            case Part.Opaque(var origin, var json) -> opaque(origin, json, to);
        }
    }

    /** Google caches by itself. */
    private void unmarked(@Nullable CacheMark mark) {
        if (mark != null) {
            losses.dropped("cache_control", "Gemini has no such field");
        }
    }

    private void id(String id, ObjectNode to) {
        if (ids && !id.isEmpty()) {
            to.put("id", id);
        }
    }

    private static void text(String text, ArrayNode to) {
        if (!text.isEmpty()) {
            to.addObject().put("text", text);
        }
    }

    private static void inline(String type, String data, ArrayNode to) {
        to.addObject().putObject("inlineData").put("mimeType", type).put("data", data);
    }

    private void media(MediaSource source, @Nullable String title, String usual, ArrayNode to) {
        switch (source) {
            case MediaSource.Url(var url) ->
                to.addObject()
                        .putObject("fileData")
                        .put("mimeType", MediaType.ofUrl(url, usual))
                        .put("fileUri", url);
            case MediaSource.Base64(var type, var data) ->
                inline(type.equals("image/jpg") ? "image/jpeg" : type, data, to);
            case MediaSource.Plain(var text) -> text(title == null ? text : title + "\n\n" + text, to);
            case MediaSource.FileId _ ->
                losses.refuse("A file of this request was uploaded to another vendor, and can't be used here.");
        }
    }

    /** What a function said, as the object that it is, else as {@code output}; files follow it. */
    private void result(Part.ToolResult result, ArrayNode to) {
        unmarked(result.cache());
        var text = new StringBuilder();
        var files = Json.object().putArray("files");
        for (var part : result.parts()) {
            switch (part) {
                case Part.Text(var said, var _) ->
                    text.append(text.isEmpty() ? "" : "\n\n").append(said);
                case Part.Opaque(var origin, var json)
                when origin != Dialect.GEMINI -> text.append(json.path("text").asText(""));
                default -> write(part, files);
            }
        }
        var response = to.addObject().putObject("functionResponse");
        id(result.toolUseId(), response);
        response.put("name", names.getOrDefault(result.toolUseId(), result.toolUseId()));
        var object = result.isError() ? null : Json.object(text.toString());
        if (object == null) {
            response.putObject("response").put(result.isError() ? "error" : "output", text.toString());
        } else {
            response.set("response", object);
        }
        if (!files.isEmpty()) {
            losses.approximated("images and documents in a tool result", "behind it");
            to.addAll(files);
        }
    }

    /** References to tools and search results have a text; anything else would be missed. */
    private void opaque(Dialect origin, JsonNode json, ArrayNode to) {
        if (origin == Dialect.GEMINI) {
            to.add(json);
        } else if (json.path("type").asText().equals("search_result")) {
            losses.approximated("search_result", "as text");
            var text = new StringBuilder(json.path("title").asText())
                    .append('\n')
                    .append(json.path("source").asText());
            json.path("content")
                    .forEach(block ->
                            text.append("\n\n").append(block.path("text").asText()));
            text(text.toString(), to);
        } else if (json.path("type").asText().startsWith("server_tool")
                || json.path("type").asText().endsWith("_tool_result")) {
            losses.dropped("content block " + json.path("type").asText(), "Gemini has no such part");
        } else {
            losses.refuse("A content part of this request has no place in Gemini's API.");
        }
    }
}
