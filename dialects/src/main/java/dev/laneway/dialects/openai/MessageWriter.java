package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.providers.Quirk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes the messages of a Chat Completions request. Results of tools come right after their calls, one message each; images and
 * documents in them, which a tool message can't hold, follow in a user message.
 */
final class MessageWriter {
    private final Set<Quirk> quirks;
    private final Losses losses;
    private final PartWriter parts;

    MessageWriter(Set<Quirk> quirks, Losses losses) {
        this.quirks = quirks;
        this.losses = losses;
        this.parts = new PartWriter(quirks, losses);
    }

    void write(List<Message> messages, ArrayNode to) {
        var images = new ArrayList<Part>();
        for (var message : messages) {
            if (message.role() != Role.TOOL) {
                flush(images, to);
            }
            switch (message.role()) {
                case SYSTEM -> plain("system", message, to);
                case DEVELOPER -> plain(quirks.contains(Quirk.NO_DEVELOPER_ROLE) ? "system" : "developer", message, to);
                case USER -> plain("user", message, to);
                case ASSISTANT -> assistant(message, to);
                case TOOL -> results(message, images, to);
            }
        }
        flush(images, to);
    }

    private void flush(List<Part> images, ArrayNode to) {
        if (!images.isEmpty()) {
            plain("user", new Message(Role.USER, images), to);
            images.clear();
        }
    }

    private ObjectNode open(String role, Message message, ArrayNode to) {
        var json = to.addObject().put("role", role);
        if (message.name() != null) {
            json.put("name", message.name());
        }
        message.extras().in(Dialect.OPENAI_CHAT).forEach(json::set);
        return json;
    }

    private void plain(String role, Message message, ArrayNode to) {
        parts.content(message.parts(), open(role, message, to));
    }

    private void assistant(Message message, ArrayNode to) {
        var json = open("assistant", message, to);
        var content = new ArrayList<Part>();
        var calls = Json.object().putArray("tool_calls");
        var thoughts = new ArrayList<Part.Thinking>();
        for (var part : message.parts()) {
            switch (part) {
                case Part.ToolUse(var id, var name, var arguments, var _) -> {
                    var call = calls.addObject().put("id", callId(id)).put("type", "function");
                    call.putObject("function")
                            .put("name", name)
                            .put("arguments", arguments.isEmpty() ? "{}" : arguments);
                }
                case Part.Thinking thinking -> thoughts.add(thinking);
                case Part.RedactedThinking _ -> losses.dropped("redacted_thinking", "only its own vendor can read it");
                case Part.Refusal(var text) -> json.put("refusal", text);
                case Part.Opaque opaque
                when opaque.origin() != Dialect.OPENAI_CHAT ->
                    losses.dropped(
                            "content block " + opaque.json().path("type").asText(),
                            "Chat Completions has no such part");
                case Part.Text _, Part.Image _, Part.Audio _, Part.Document _, Part.ToolResult _, Part.Opaque _ ->
                    content.add(part);
            }
        }
        if (content.isEmpty() && calls.isEmpty() && json.size() == 1 && !thinking(thoughts, json)) {
            losses.dropped("an assistant message", "the vendor can read nothing of it");
            to.remove(to.size() - 1);
            return;
        }
        if (content.isEmpty()) {
            json.putNull("content");
        } else {
            parts.content(content, json);
        }
        if (!calls.isEmpty()) {
            json.set("tool_calls", calls);
        }
        thinking(thoughts, json);
    }

    /** @return whether the vendor gets some of it */
    private boolean thinking(List<Part.Thinking> thoughts, ObjectNode json) {
        if (thoughts.isEmpty()) {
            return false;
        }
        if (quirks.contains(Quirk.WANTS_REASONING_BACK)) {
            var text = new StringBuilder();
            thoughts.forEach(thought -> text.append(thought.text()));
            json.put("reasoning_content", text.toString());
            return true;
        }
        losses.dropped("thinking", "the vendor takes no reasoning back");
        return false;
    }

    private String callId(String id) {
        return quirks.contains(Quirk.NINE_LETTER_CALL_IDS) ? CallIds.nine(id) : id;
    }

    /** Whether a tool message, which takes texts only, can't hold it. */
    private static boolean isFile(Part part) {
        return part instanceof Part.Image
                || (part instanceof Part.Document document && !(document.source() instanceof MediaSource.Plain));
    }

    private void results(Message message, List<Part> images, ArrayNode to) {
        for (var part : message.parts()) {
            if (part instanceof Part.ToolResult(var id, var content, var isError, var mark)) {
                var json = open("tool", message, to).put("tool_call_id", callId(id));
                var text = new ArrayList<Part>();
                if (isError) {
                    text.add(new Part.Text("Error:"));
                }
                var files = content.stream().filter(MessageWriter::isFile).toList();
                content.stream().filter(piece -> !isFile(piece)).forEach(text::add);
                if (!files.isEmpty()) {
                    losses.approximated("images and documents in a tool result", "as a user message after it");
                    images.add(new Part.Text("Files of the tool result " + id + ":"));
                    images.addAll(files);
                }
                if (mark != null && !text.isEmpty() && text.getLast() instanceof Part.Text(var last, var own)) {
                    text.set(text.size() - 1, new Part.Text(last, own == null ? mark : own));
                }
                parts.content(text, json);
            }
        }
    }
}
