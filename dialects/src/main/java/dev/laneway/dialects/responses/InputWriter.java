package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.CacheMark;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.openai.DataUrls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@code instructions}, from the system messages at the beginning, and {@code input}. */
final class InputWriter {
    private final Losses losses;

    InputWriter(Losses losses) {
        this.losses = losses;
    }

    void write(List<Message> messages, ObjectNode root) {
        var system = new StringBuilder();
        var first = 0;
        while (first < messages.size() && isPlainSystem(messages.get(first))) {
            for (var part : messages.get(first++).parts()) {
                if (part instanceof Part.Text(var text, var mark)) {
                    unmarked(mark);
                    system.append(system.isEmpty() ? "" : "\n\n").append(text);
                }
            }
        }
        if (!system.isEmpty()) {
            root.put("instructions", system.toString());
        }
        var input = root.putArray("input");
        for (var message : messages.subList(first, messages.size())) {
            switch (message.role()) {
                case SYSTEM -> plain("system", message, input);
                case DEVELOPER -> plain("developer", message, input);
                case USER -> plain("user", message, input);
                case ASSISTANT -> assistant(message, input);
                case TOOL -> results(message, input);
            }
        }
        if (input.isEmpty()) {
            // the API wants some input; what there is are instructions
            plain("user", new Message(Role.USER, List.of(new Part.Text(""))), input);
        }
    }

    private static boolean isPlainSystem(Message message) {
        return message.role() == Role.SYSTEM && message.parts().stream().allMatch(Part.Text.class::isInstance);
    }

    private void plain(String role, Message message, ArrayNode input) {
        var content = Json.object().putArray("content");
        message.parts().forEach(part -> write(part, content));
        if (!content.isEmpty()) {
            message(role, input).set("content", content);
        }
    }

    private static ObjectNode message(String role, ArrayNode input) {
        return input.addObject().put("type", "message").put("role", role);
    }

    private void assistant(Message message, ArrayNode input) {
        ArrayNode said = null;
        for (var part : message.parts()) {
            if (part instanceof Part.Text || part instanceof Part.Refusal) {
                said = said == null ? message("assistant", input).putArray("content") : said;
                said(part, said);
                continue;
            }
            said = null;
            switch (part) {
                case Part.Thinking(var text, var signature) -> thought(text, signature, input);
                case Part.RedactedThinking _ -> losses.dropped("redacted_thinking", "only its own vendor can read it");
                case Part.ToolUse(var id, var name, var arguments, var mark) -> {
                    unmarked(mark);
                    input.addObject()
                            .put("type", "function_call")
                            .put("call_id", id)
                            .put("name", name)
                            .put("arguments", arguments.isEmpty() ? "{}" : arguments);
                }
                case Part.Opaque(var origin, var json) -> {
                    if (origin == Dialect.OPENAI_RESPONSES) {
                        input.add(json);
                    } else {
                        losses.dropped("content block " + json.path("type").asText(), "Responses has no such part");
                    }
                }
                case Part.Image _, Part.Audio _, Part.Document _ ->
                    losses.dropped("media of an assistant message", "Responses has no place for them");
                case Part.ToolResult _ -> losses.refuse("The result of a tool stands inside of another message.");
                case Part.Text _, Part.Refusal _ -> {}
            }
        }
    }

    private void said(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text(var text, var mark) -> {
                unmarked(mark);
                content.addObject().put("type", "output_text").put("text", text).putArray("annotations");
            }
            case Part.Refusal(var text) ->
                content.addObject().put("type", "refusal").put("refusal", text);
            default -> throw new IllegalArgumentException("not said");
        }
    }

    private void thought(String text, @Nullable String signature, ArrayNode input) {
        var proof = VendorProof.of(signature);
        if (proof == null) {
            losses.dropped("thinking", "only its own vendor can read it");
            return;
        }
        var item = input.addObject().put("type", "reasoning").put("id", proof.itemId());
        var summary = item.putArray("summary");
        if (!text.isEmpty()) {
            summary.addObject().put("type", "summary_text").put("text", text);
        }
        item.put("encrypted_content", proof.encrypted());
    }

    private void results(Message message, ArrayNode input) {
        for (var part : message.parts()) {
            if (part instanceof Part.ToolResult(var id, var parts, var isError, var mark)) {
                unmarked(mark);
                var item = input.addObject().put("type", "function_call_output").put("call_id", id);
                var content = Json.object().putArray("output");
                if (isError) {
                    write(new Part.Text("Error:"), content);
                }
                parts.forEach(piece -> write(piece, content));
                output(content, item);
            }
        }
    }

    /** A string where there is only text: not every compatible vendor takes parts here. */
    private static void output(ArrayNode content, ObjectNode item) {
        var text = new StringBuilder();
        for (var part : content) {
            if (!part.path("type").asText().equals("input_text")) {
                item.set("output", content);
                return;
            }
            text.append(text.isEmpty() ? "" : "\n\n").append(part.path("text").asText());
        }
        item.put("output", text.toString());
    }

    private void write(Part part, ArrayNode to) {
        switch (part) {
            case Part.Text(var text, var mark) -> {
                unmarked(mark);
                to.addObject().put("type", "input_text").put("text", text);
            }
            case Part.Image(var source, var detail, var mark) -> {
                unmarked(mark);
                var json = to.addObject().put("type", "input_image");
                json.put("detail", detail == null ? "auto" : detail);
                image(source, json);
            }
            case Part.Audio _ -> losses.refuse("This vendor does not take audio.");
            case Part.Document(var source, var title, var mark) -> {
                unmarked(mark);
                document(source, title, to);
            }
            case Part.Refusal(var text) ->
                to.addObject().put("type", "input_text").put("text", text);
            case Part.Opaque(var origin, var json) -> {
                if (origin == Dialect.OPENAI_RESPONSES) {
                    to.add(json);
                } else {
                    losses.refuse("A content block of this request has no place in Responses.");
                }
            }
            case Part.Thinking _ -> losses.dropped("thinking", "it is not the assistant's");
            case Part.RedactedThinking _ -> losses.dropped("redacted_thinking", "it is not the assistant's");
            case Part.ToolUse _ -> losses.refuse("A call of a tool stands outside of an assistant message.");
            case Part.ToolResult _ -> losses.refuse("The result of a tool stands inside of another message.");
        }
    }

    private void image(MediaSource source, ObjectNode json) {
        switch (source) {
            case MediaSource.Url(var url) -> json.put("image_url", url);
            case MediaSource.Base64 inline -> json.put("image_url", DataUrls.url(inline));
            case MediaSource.Plain _ -> losses.refuse("An image can't be text.");
            case MediaSource.FileId(var origin, var id) -> file(origin, id, json);
        }
    }

    private void document(MediaSource source, @Nullable String title, ArrayNode to) {
        if (source instanceof MediaSource.Plain(var text)) {
            to.addObject().put("type", "input_text").put("text", title == null ? text : title + "\n\n" + text);
            return;
        }
        var json = to.addObject().put("type", "input_file");
        switch (source) {
            case MediaSource.Url(var url) -> json.put("file_url", url);
            case MediaSource.Base64 inline ->
                json.put("filename", title == null || title.isBlank() ? "document.pdf" : title)
                        .put("file_data", DataUrls.url(inline));
            case MediaSource.FileId(var origin, var id) -> file(origin, id, json);
            case MediaSource.Plain _ -> {}
        }
    }

    /** A file of OpenAI's is the same in both of its dialects. */
    private void file(Dialect origin, String id, ObjectNode json) {
        if (origin != Dialect.OPENAI_RESPONSES && origin != Dialect.OPENAI_CHAT) {
            losses.refuse("A file of this request was uploaded to another vendor, and can't be used here.");
        }
        json.put("file_id", id);
    }

    private void unmarked(@Nullable CacheMark mark) {
        if (mark != null) {
            losses.dropped("cache_control", "the vendor reads no marks");
        }
    }
}
