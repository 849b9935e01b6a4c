package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code messages}: content is one string, several texts become its paragraphs; images stand beside it in base64; a result names
 * its tool. One conversation, one thread.
 */
final class MessageWriter {
    private final Losses losses;
    /** Names of the tools that calls so far used, by the calls' ids. */
    private final Map<String, String> tools = new HashMap<>();

    MessageWriter(Losses losses) {
        this.losses = losses;
    }

    void write(List<Message> messages, ArrayNode to) {
        for (var message : messages) {
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> plain("system", message, to);
                case USER -> plain("user", message, to);
                case ASSISTANT -> assistant(message, to);
                case TOOL -> message.parts().forEach(part -> result(part, message.extras(), to));
            }
            if (message.name() != null) {
                losses.dropped("name", "Ollama's messages have none");
            }
        }
    }

    private static ObjectNode open(String role, Extras extras, ArrayNode to) {
        var json = to.addObject().put("role", role).put("content", "");
        extras.in(Dialect.OLLAMA_CHAT).forEach(json::set);
        return json;
    }

    private void plain(String role, Message message, ArrayNode to) {
        content(message.parts(), open(role, message.extras(), to));
    }

    private void assistant(Message message, ArrayNode to) {
        var json = open("assistant", message.extras(), to);
        var thought = new StringBuilder();
        for (var part : message.parts()) {
            switch (part) {
                case Part.Thinking(var text, var signature) -> {
                    thought.append(text);
                    if (signature != null) {
                        losses.dropped("signatures of thinking", "Ollama's messages have none");
                    }
                }
                case Part.RedactedThinking _ -> losses.dropped("redacted_thinking", "only its own vendor can read it");
                case Part.ToolUse(var id, var name, var arguments, var _) -> {
                    tools.put(id, name);
                    var call = json.withArrayProperty("tool_calls").addObject().put("id", id);
                    call.putObject("function").put("name", name).set("arguments", Arguments.of(arguments));
                }
                case Part.Opaque(var _, var block) ->
                    losses.dropped("content block " + block.path("type").asText(), "Ollama has no such part");
                case Part.Text _, Part.Image _, Part.Audio _, Part.Document _, Part.ToolResult _, Part.Refusal _ -> {}
            }
        }
        content(message.parts().stream().filter(MessageWriter::isContent).toList(), json);
        if (!thought.isEmpty()) {
            json.put("thinking", thought.toString());
        } else if (json.size() == 2 && json.path("content").asText().isEmpty()) {
            losses.dropped("an assistant message", "the vendor can read nothing of it");
            to.remove(to.size() - 1);
        }
    }

    private static boolean isContent(Part part) {
        return !(part instanceof Part.Thinking
                || part instanceof Part.RedactedThinking
                || part instanceof Part.ToolUse
                || part instanceof Part.Opaque);
    }

    private void result(Part part, Extras extras, ArrayNode to) {
        if (!(part instanceof Part.ToolResult(var id, var parts, var isError, var _))) {
            losses.refuse("A tool message holds something else than a result.");
            return;
        }
        var json = open("tool", extras, to);
        content(parts, json);
        if (isError) {
            json.put("content", "Error:\n\n" + json.path("content").asText());
        }
        var name = tools.get(id);
        if (name != null) {
            json.put("tool_name", name);
        }
        json.put("tool_call_id", id);
    }

    private void content(List<Part> parts, ObjectNode to) {
        var text = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Part.Text(var said, var mark) -> {
                    paragraph(said, text);
                    if (mark != null) {
                        losses.dropped("cache_control", "the vendor reads no marks");
                    }
                }
                case Part.Refusal(var said) -> paragraph(said, text);
                case Part.Image(var source, var _, var _) -> image(source, to);
                case Part.Document(var source, var title, var _) -> document(source, title == null ? "" : title, text);
                case Part.Audio _ -> losses.refuse("Ollama takes no recordings.");
                case Part.Opaque(var _, var json) -> opaque(json.path("type").asText(), json, text);
                case Part.Thinking _ -> losses.dropped("thinking", "it is not the assistant's");
                case Part.RedactedThinking _ -> losses.dropped("redacted_thinking", "it is not the assistant's");
                case Part.ToolUse _ -> losses.refuse("A call of a tool stands outside of an assistant message.");
                case Part.ToolResult _ -> losses.refuse("The result of a tool stands inside of another message.");
            }
        }
        to.put("content", text.toString());
    }

    private static void paragraph(String said, StringBuilder text) {
        text.append(text.isEmpty() || said.isEmpty() ? "" : "\n\n").append(said);
    }

    private void image(MediaSource source, ObjectNode to) {
        switch (source) {
            case MediaSource.Base64(var _, var data) ->
                to.withArrayProperty("images").add(data);
            case MediaSource.Url _ -> losses.refuse("Ollama takes images in base64 only, not by URL.");
            case MediaSource.Plain _ -> losses.refuse("An image can't be text.");
            case MediaSource.FileId _ ->
                losses.refuse("An image was uploaded to another vendor, and can't be used here.");
        }
    }

    private void document(MediaSource source, String title, StringBuilder text) {
        switch (source) {
            case MediaSource.Plain(var said) -> paragraph(title.isEmpty() ? said : title + "\n\n" + said, text);
            case MediaSource.Base64 _, MediaSource.Url _ -> losses.refuse("Ollama takes no documents.");
            case MediaSource.FileId _ ->
                losses.refuse("A document was uploaded to another vendor, and can't be used here.");
        }
    }

    /** What only Anthropic knows: references to tools and search results have a text; anything else would be missed. */
    private void opaque(String type, JsonNode json, StringBuilder text) {
        switch (type) {
            case "tool_reference" -> {
                losses.approximated("tool_reference", "as text");
                paragraph("Tool found: " + json.path("tool_name").asText(), text);
            }
            case "search_result" -> {
                losses.approximated("search_result", "as text");
                paragraph(
                        json.path("title").asText() + "\n" + json.path("source").asText(), text);
                json.path("content")
                        .forEach(block -> paragraph(block.path("text").asText(), text));
            }
            default -> losses.refuse("A content block of this request has no place in Ollama's messages.");
        }
    }
}
