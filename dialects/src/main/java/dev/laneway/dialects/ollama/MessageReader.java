package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads {@code messages}. Calls may have no ids, and results none either: a result then belongs to the first call without one, of that
 * name where it states a name. One conversation, one thread.
 */
final class MessageReader {
    private record Open(String id, String name) {}

    private final List<Open> unanswered = new ArrayList<>();
    private int calls;

    private MessageReader() {}

    static List<Message> read(List<JsonNode> nodes) {
        var reader = new MessageReader();
        var messages = new ArrayList<Message>();
        nodes.forEach(node -> messages.add(reader.message(new FieldBag(node))));
        return messages;
    }

    private Message message(FieldBag fields) {
        return switch (fields.text("role", "user")) {
            case "system" -> said(Role.SYSTEM, fields);
            case "developer" -> said(Role.DEVELOPER, fields);
            case "assistant" -> assistant(fields);
            case "tool" -> result(fields);
            default -> said(Role.USER, fields);
        };
    }

    private static Message said(Role role, FieldBag fields) {
        return new Message(role, content(fields), null, new Extras(Dialect.OLLAMA_CHAT, fields.rest()));
    }

    private static List<Part> content(FieldBag fields) {
        var parts = new ArrayList<Part>();
        var text = fields.text("content", "");
        var images = fields.items("images");
        if (!text.isEmpty() || images.isEmpty()) {
            parts.add(new Part.Text(text));
        }
        images.forEach(image -> parts.add(image(image.asText())));
        return parts;
    }

    private Message assistant(FieldBag fields) {
        var parts = new ArrayList<Part>();
        var thought = fields.text("thinking", "");
        if (!thought.isEmpty()) {
            parts.add(new Part.Thinking(thought, null));
        }
        var used = fields.items("tool_calls");
        var said = content(fields);
        if (used.isEmpty() || !said.equals(List.of(new Part.Text("")))) {
            parts.addAll(said);
        }
        used.forEach(call -> parts.add(call(call)));
        return new Message(Role.ASSISTANT, parts, null, new Extras(Dialect.OLLAMA_CHAT, fields.rest()));
    }

    private Part call(JsonNode call) {
        var function = call.path("function");
        var given = call.path("id").asText("");
        var id = given.isEmpty() ? "call_" + calls : given;
        calls++;
        var name = function.path("name").asText("");
        unanswered.add(new Open(id, name));
        var arguments = function.path("arguments");
        return new Part.ToolUse(id, name, arguments.isObject() ? arguments.toString() : "{}", null);
    }

    private Message result(FieldBag fields) {
        var id = fields.text("tool_call_id", "");
        var stated = fields.text("tool_name", "");
        var name = stated.isEmpty() ? fields.text("name", "") : stated;
        var result = new Part.ToolResult(answered(id, name), content(fields), false, null);
        return new Message(Role.TOOL, List.of(result), null, new Extras(Dialect.OLLAMA_CHAT, fields.rest()));
    }

    private String answered(String id, String name) {
        for (Iterator<Open> open = unanswered.iterator(); open.hasNext(); ) {
            var call = open.next();
            if (id.isEmpty() ? name.isEmpty() || name.equals(call.name) : id.equals(call.id)) {
                open.remove();
                return call.id;
            }
        }
        return id.isEmpty() ? "call_" + name : id;
    }

    /** Base64 without a media type: what it is shows in its first bytes. A data URL is taken, too, though Ollama takes none. */
    static Part image(String data) {
        var comma = data.startsWith("data:") ? data.indexOf(";base64,") : -1;
        if (comma > 0) {
            return image(data.substring(5, comma), data.substring(comma + 8));
        }
        var type = data.startsWith("/9j/")
                ? "image/jpeg"
                : data.startsWith("R0lG") ? "image/gif" : data.startsWith("UklGR") ? "image/webp" : "image/png";
        return image(type, data);
    }

    private static Part image(String type, String data) {
        return new Part.Image(new MediaSource.Base64(type, data), null, null);
    }
}
