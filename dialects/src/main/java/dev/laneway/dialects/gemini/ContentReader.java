package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Feature;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads contents and their parts, from the first to the last. One conversation. */
final class ContentReader {
    private final CallLedger calls = new CallLedger();

    /** A user's content may hold results of functions and more; the results come first, as every dialect wants them. */
    void read(JsonNode content, List<Message> to) {
        var fields = Spelling.fields(content);
        var role = fields.text("role", "user");
        var parts = parts(fields.take("parts"));
        var extras = new Extras(Dialect.GEMINI, fields.rest());
        if (role.equals("model")) {
            to.add(new Message(Role.ASSISTANT, parts, null, extras));
            return;
        }
        var results = parts.stream().filter(Part.ToolResult.class::isInstance).toList();
        var others = parts.stream()
                .filter(part -> !(part instanceof Part.ToolResult))
                .toList();
        if (!results.isEmpty()) {
            to.add(new Message(Role.TOOL, results));
        }
        if (!others.isEmpty() || results.isEmpty()) {
            to.add(new Message(role.equals("system") ? Role.SYSTEM : Role.USER, others, null, extras));
        }
    }

    List<Part> parts(@Nullable JsonNode nodes) {
        var parts = new ArrayList<Part>();
        if (nodes != null) {
            for (var node : Spelling.each(nodes)) {
                part(node, parts);
            }
        }
        return parts;
    }

    private void part(JsonNode node, List<Part> to) {
        var fields = Spelling.fields(node);
        var signature = ForeignSignature.read(fields.text("thoughtSignature"));
        var text = fields.text("text");
        if (Boolean.TRUE.equals(fields.flag("thought"))) {
            to.add(new Part.Thinking(text == null ? "" : text, signature));
            return;
        }
        if (signature != null) {
            to.add(new Part.Thinking("", signature));
        }
        var call = fields.object("functionCall");
        var response = fields.object("functionResponse");
        var inline = fields.object("inlineData");
        var file = fields.object("fileData");
        if (text != null) {
            to.add(new Part.Text(text));
        } else if (call != null) {
            to.add(call(call));
        } else if (response != null) {
            to.add(result(response));
        } else if (inline != null) {
            to.add(inline(inline, node));
        } else if (file != null) {
            to.add(file(file, node));
        } else {
            to.add(new Part.Opaque(Dialect.GEMINI, node));
        }
    }

    private Part call(JsonNode node) {
        var fields = Spelling.fields(node);
        var name = fields.text("name", "");
        var arguments = fields.object("args");
        return new Part.ToolUse(
                calls.called(fields.text("id"), name), name, arguments == null ? "{}" : Json.text(arguments), null);
    }

    /** Google's convention: {@code output} holds what a function said, {@code error} why it failed; else all of it is what it said. */
    private Part result(JsonNode node) {
        var fields = Spelling.fields(node);
        var name = fields.text("name", "");
        var id = calls.answered(fields.text("id"), name);
        var said = fields.take("response");
        var failed = said != null && said.size() == 1 && said.has("error");
        var parts = new ArrayList<Part>();
        if (said != null) {
            parts.add(new Part.Text(words(said)));
        }
        parts.addAll(parts(fields.take("parts")));
        return new Part.ToolResult(id, parts, failed, null);
    }

    private static String words(JsonNode response) {
        if (response.size() == 1) {
            for (var key : new String[] {"output", "result", "error", "content"}) {
                var value = response.path(key);
                if (value.isTextual()) {
                    return value.textValue();
                }
                if (!value.isMissingNode()) {
                    return Json.text(value);
                }
            }
        }
        return response.isTextual() ? response.textValue() : Json.text(response);
    }

    private static Part inline(JsonNode blob, JsonNode whole) {
        var fields = Spelling.fields(blob);
        var type = fields.text("mimeType", "");
        var data = fields.text("data", "");
        return switch (MediaType.feature(type)) {
            case VISION -> new Part.Image(new MediaSource.Base64(type, data), null, null);
            case AUDIO -> new Part.Audio(data, MediaType.audioFormat(type), null);
            case DOCUMENTS -> new Part.Document(new MediaSource.Base64(type, data), fields.text("displayName"), null);
            case null, default -> new Part.Opaque(Dialect.GEMINI, whole);
        };
    }

    /** A file that lies on the web can be shown to anybody; one that was uploaded to Google only to Google. */
    private static Part file(JsonNode file, JsonNode whole) {
        var fields = Spelling.fields(file);
        var uri = fields.text("fileUri", "");
        var type = fields.text("mimeType", MediaType.ofUrl(uri, ""));
        if (!uri.startsWith("http") || uri.contains(".googleapis.com/")) {
            return new Part.Opaque(Dialect.GEMINI, whole);
        }
        var feature = MediaType.feature(type);
        if (feature == Feature.VISION) {
            return new Part.Image(new MediaSource.Url(uri), null, null);
        }
        return feature == Feature.DOCUMENTS
                ? new Part.Document(new MediaSource.Url(uri), fields.text("displayName"), null)
                : new Part.Opaque(Dialect.GEMINI, whole);
    }
}
