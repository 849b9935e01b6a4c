package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.neutral.CacheMark;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.SignatureMark;
import dev.laneway.dialects.neutral.ToolInput;
import org.jspecify.annotations.Nullable;

/** Writes content blocks. Blank texts, which Bedrock refuses, are left out. A mark of the cache is a block of its own. */
final class BlockWriter {
    private final BedrockModel model;
    private final Losses losses;
    private final CallIds ids = new CallIds();
    private final MediaWriter media;

    BlockWriter(BedrockModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
        this.media = new MediaWriter(losses);
    }

    static void mark(BedrockModel model, @Nullable CacheMark mark, ArrayNode to, Losses losses) {
        if (mark == null) {
            return;
        }
        if (!model.takesCachePoints()) {
            losses.dropped("cache_control", "the model takes none");
            return;
        }
        var point = to.addObject().putObject("cachePoint").put("type", "default");
        if (mark.ttl() != null) {
            point.put("ttl", mark.ttl());
        }
    }

    void write(Part part, ArrayNode to) {
        switch (part) {
            case Part.Text(var text, var mark) -> text(text, mark, to);
            case Part.Refusal(var text) -> text(text, null, to);
            case Part.Image(var source, var detail, var mark) -> {
                media.image(source, to);
                if (detail != null && !detail.equals("auto")) {
                    losses.dropped("image_url.detail", "Converse has no such field");
                }
                mark(mark, to);
            }
            case Part.Audio(var data, var format, var mark) -> {
                media.audio(data, format, to);
                mark(mark, to);
            }
            case Part.Document(var source, var title, var mark) -> {
                media.document(source, title, to);
                mark(mark, to);
            }
            case Part.Thinking(var text, var signature) -> thought(text, signature, to);
            case Part.RedactedThinking(var data) ->
                to.addObject().putObject("reasoningContent").put("redactedContent", data);
            case Part.ToolUse(var id, var name, var arguments, var mark) -> {
                var use = to.addObject().putObject("toolUse");
                use.put("toolUseId", ids.called(id)).put("name", name);
                use.set("input", ToolInput.of(arguments));
                mark(mark, to);
            }
            case Part.ToolResult result -> result(result, to);
            case Part.Opaque _ -> losses.refuse("A content part of this request has no place in Bedrock's Converse.");
        }
    }

    private void mark(@Nullable CacheMark mark, ArrayNode to) {
        mark(model, mark, to, losses);
    }

    private void text(String text, @Nullable CacheMark mark, ArrayNode to) {
        if (!text.isBlank()) {
            to.addObject().put("text", text);
            mark(mark, to);
        }
    }

    private void thought(String text, @Nullable String signature, ArrayNode to) {
        if (signature == null || SignatureMark.isForeign(Dialect.ANTHROPIC_MESSAGES, signature)) {
            losses.dropped("thinking", signature == null ? "it is not signed" : "another vendor signed it");
        } else {
            to.addObject()
                    .putObject("reasoningContent")
                    .putObject("reasoningText")
                    .put("text", text)
                    .put("signature", signature);
        }
    }

    private void result(Part.ToolResult result, ArrayNode to) {
        var block = to.addObject().putObject("toolResult").put("toolUseId", ids.answered(result.toolUseId()));
        var content = block.putArray("content");
        for (var part : result.parts()) {
            switch (part) {
                case Part.Text(var text, var _) -> text(text, null, content);
                default -> write(part, content);
            }
        }
        if (result.isError()) {
            block.put("status", "error");
        }
        mark(result.cache(), to);
    }
}
