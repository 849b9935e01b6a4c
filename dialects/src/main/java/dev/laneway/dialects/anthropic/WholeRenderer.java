package dev.laneway.dialects.anthropic;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.AnswerFold;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.ToolInput;

/** Writes a whole {@code message}. */
final class WholeRenderer implements AnswerRenderer {
    private static final byte[] NOTHING = new byte[0];

    private final RenderContext context;
    private final AnswerFold fold = new AnswerFold();
    private final ByteText out = new ByteText(1024);

    WholeRenderer(RenderContext context) {
        this.context = context;
    }

    @Override
    public byte[] on(ChatEvent event) {
        fold.on(event);
        return NOTHING;
    }

    @Override
    public byte[] complete() {
        var first = fold.first();
        var model = context.model().isEmpty() ? fold.vendorModel() : context.model();
        out.ascii("{\"id\":").quoted("msg_" + context.requestId());
        out.ascii(",\"type\":\"message\",\"role\":\"assistant\",\"model\":")
                .quoted(model)
                .ascii(",\"content\":[");
        var separator = "";
        for (var part : first.parts()) {
            out.ascii(separator);
            separator = block(part) ? "," : "";
        }
        out.ascii("],\"stop_reason\":").quoted(StopReason.word(first.reason())).ascii(",\"stop_sequence\":");
        if (first.stopSequence() == null) {
            out.ascii("null");
        } else {
            out.quoted(first.stopSequence());
        }
        out.ascii(",\"usage\":");
        UsageTally.write(fold.usage() == null ? TokenUsage.NONE : fold.usage(), out);
        return out.ascii("}").take();
    }

    /** @return whether the part has a place among the blocks of an answer */
    private boolean block(Part part) {
        switch (part) {
            case Part.Text(var text, var _) ->
                out.ascii("{\"type\":\"text\",\"text\":").quoted(text);
            case Part.Refusal(var text) ->
                out.ascii("{\"type\":\"text\",\"text\":").quoted(text);
            case Part.Thinking(var text, var signature) -> {
                out.ascii("{\"type\":\"thinking\",\"thinking\":").quoted(text);
                out.ascii(",\"signature\":").quoted(signature == null ? "" : signature);
            }
            case Part.RedactedThinking(var data) ->
                out.ascii("{\"type\":\"redacted_thinking\",\"data\":").quoted(data);
            case Part.ToolUse(var id, var name, var arguments, var _) -> {
                out.ascii("{\"type\":\"tool_use\",\"id\":")
                        .quoted(id)
                        .ascii(",\"name\":")
                        .quoted(name);
                out.ascii(",\"input\":").raw(Json.bytes(ToolInput.of(arguments)));
            }
            case Part.Image _, Part.Audio _, Part.Document _, Part.ToolResult _, Part.Opaque _ -> {
                return false;
            }
        }
        out.ascii("}");
        return true;
    }
}
