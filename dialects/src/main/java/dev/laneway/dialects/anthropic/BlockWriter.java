package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.neutral.CacheMark;
import dev.laneway.dialects.neutral.MediaSource;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.SignatureMark;
import dev.laneway.dialects.neutral.ToolInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes content blocks. Blank texts, which Anthropic refuses, are left out. */
final class BlockWriter {
    private final Losses losses;
    /** By an id as it came: the calls of that id that wait for their results, as they were sent. */
    private final Map<String, Deque<String>> waiting = new HashMap<>();
    /** By an id as Anthropic takes it: how often it came. */
    private final Map<String, Integer> uses = new HashMap<>();

    BlockWriter(Losses losses) {
        this.losses = losses;
    }

    static void mark(@Nullable CacheMark mark, ObjectNode block) {
        if (mark != null) {
            var control = block.putObject("cache_control").put("type", "ephemeral");
            if (mark.ttl() != null) {
                control.put("ttl", mark.ttl());
            }
        }
    }

    void write(Part part, ArrayNode to) {
        switch (part) {
            case Part.Text(var text, var mark) -> text(text, mark, to);
            case Part.Refusal(var text) -> text(text, null, to);
            case Part.Image(var source, var detail, var mark) -> {
                var block = to.addObject().put("type", "image");
                imageSource(source, block.putObject("source"));
                mark(mark, block);
                if (detail != null && !detail.equals("auto")) {
                    losses.dropped("image_url.detail", "Anthropic Messages has no such field");
                }
            }
            case Part.Audio _ -> losses.refuse("This vendor does not take audio.");
            case Part.Document document -> document(document, to);
            case Part.Thinking(var text, var signature) -> {
                if (signature == null) {
                    losses.dropped("thinking", "it is not signed");
                } else if (SignatureMark.isForeign(Dialect.ANTHROPIC_MESSAGES, signature)) {
                    losses.dropped("thinking", "only its own vendor can read it");
                } else {
                    to.addObject().put("type", "thinking").put("thinking", text).put("signature", signature);
                }
            }
            case Part.RedactedThinking(var data) ->
                to.addObject().put("type", "redacted_thinking").put("data", data);
            case Part.ToolUse(var id, var name, var arguments, var mark) -> {
                var block = to.addObject()
                        .put("type", "tool_use")
                        .put("id", called(id))
                        .put("name", name);
                block.set("input", ToolInput.of(arguments));
                mark(mark, block);
            }
            case Part.ToolResult result -> result(result, to);
            case Part.Opaque(var origin, var json) -> {
                if (origin == Dialect.ANTHROPIC_MESSAGES) {
                    to.add(json);
                } else if (origin == Dialect.OPENAI_RESPONSES
                        && json.path("type").asText().endsWith("_call")) {
                    losses.dropped(json.path("type").asText(), "another vendor's tool made it");
                } else {
                    losses.refuse("A content part of this request has no place in Anthropic Messages.");
                }
            }
        }
    }

    private static void text(String text, @Nullable CacheMark mark, ArrayNode to) {
        if (!text.isBlank()) {
            mark(mark, to.addObject().put("type", "text").put("text", text));
        }
    }

    /** Anthropic takes letters, digits, _ and - in an id; the same change on both sides keeps call and result together. */
    private static String id(String id) {
        return id.isEmpty() ? "call" : id.replaceAll("[^a-zA-Z0-9_-]", "_");
    }

    /** Anthropic wants every id once; some vendors count anew in every turn, and calls from before there were ids have none. */
    private String called(String id) {
        var plain = id(id);
        var use = uses.merge(plain, 1, Integer::sum);
        var sent = plain;
        if (use > 1) {
            do {
                sent = plain + "_" + use++;
            } while (uses.putIfAbsent(sent, 1) != null);
            uses.put(plain, use - 1);
        }
        waiting.computeIfAbsent(id, _ -> new ArrayDeque<>()).add(sent);
        return sent;
    }

    private String answered(String id) {
        var calls = waiting.get(id);
        var first = calls == null ? null : calls.poll();
        return first == null ? id(id) : first;
    }

    private void result(Part.ToolResult result, ArrayNode to) {
        var block = to.addObject().put("type", "tool_result").put("tool_use_id", answered(result.toolUseId()));
        var content = block.arrayNode();
        result.parts().forEach(part -> write(part, content));
        if (content.size() == 1
                && content.get(0).path("type").asText().equals("text")
                && content.get(0).size() == 2) {
            block.put("content", content.get(0).path("text").asText());
        } else if (!content.isEmpty()) {
            block.set("content", content);
        }
        if (result.isError()) {
            block.put("is_error", true);
        }
        mark(result.cache(), block);
    }

    private void imageSource(MediaSource source, ObjectNode json) {
        switch (source) {
            case MediaSource.Url(var url) -> json.put("type", "url").put("url", url);
            case MediaSource.Base64(var type, var data) ->
                json.put("type", "base64")
                        .put("media_type", type.equals("image/jpg") ? "image/jpeg" : type)
                        .put("data", data);
            case MediaSource.Plain _ -> losses.refuse("An image can't be text.");
            case MediaSource.FileId(var origin, var id) -> fileId(origin, id, json);
        }
    }

    private void fileId(Dialect origin, String id, ObjectNode json) {
        if (origin != Dialect.ANTHROPIC_MESSAGES) {
            losses.refuse("A file of this request was uploaded to another vendor, and can't be used here.");
        }
        json.put("type", "file").put("file_id", id);
    }

    private void document(Part.Document document, ArrayNode to) {
        var block = to.addObject().put("type", "document");
        var json = block.putObject("source");
        switch (document.source()) {
            case MediaSource.Url(var url) -> json.put("type", "url").put("url", url);
            case MediaSource.Plain(var text) -> plain(text, json);
            case MediaSource.FileId(var origin, var id) -> fileId(origin, id, json);
            case MediaSource.Base64(var type, var data) -> {
                if (type.startsWith("text/")) {
                    plain(decoded(data), json);
                } else {
                    json.put("type", "base64").put("media_type", type).put("data", data);
                }
            }
        }
        if (document.title() != null) {
            block.put("title", document.title());
        }
        mark(document.cache(), block);
    }

    private static void plain(String text, ObjectNode json) {
        json.put("type", "text").put("media_type", "text/plain").put("data", text);
    }

    private String decoded(String data) {
        try {
            return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            losses.refuse("A document's data is not base64.");
            return "";
        }
    }
}
