package dev.laneway.dialects.gemini;

import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.AnswerFold;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.GoogleSignature;
import dev.laneway.dialects.neutral.Part;
import java.util.List;

/** Writes a whole {@code GenerateContentResponse}. */
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
        var model = context.model().isEmpty() ? fold.vendorModel() : context.model();
        out.ascii("{\"candidates\":[");
        var separator = "";
        for (var choice : fold.choices().entrySet()) {
            out.ascii(separator).ascii("{\"content\":{\"parts\":[");
            parts(choice.getValue().parts());
            out.ascii("],\"role\":\"model\"},\"finishReason\":")
                    .quoted(Finish.word(choice.getValue().reason()));
            out.ascii(",\"index\":").number(choice.getKey()).ascii("}");
            separator = ",";
        }
        out.ascii("]");
        if (fold.usage() != null) {
            out.ascii(",\"usageMetadata\":");
            Usage.write(fold.usage(), out);
        }
        out.ascii(",\"modelVersion\":").quoted(model);
        return out.ascii(",\"responseId\":")
                .quoted(context.requestId())
                .ascii("}")
                .take();
    }

    private void parts(List<Part> parts) {
        var written = new ByteText(512);
        String pending = null;
        for (var part : parts) {
            var before = written.length();
            written.ascii(before == 0 ? "" : ",");
            switch (part) {
                case Part.Text(var text, var _) -> {
                    PartText.text(text, pending, written);
                    pending = null;
                }
                case Part.Refusal(var text) -> PartText.text(text, null, written);
                case Part.Thinking(var text, var signature) -> {
                    if (GoogleSignature.is(signature)) {
                        pending = signature;
                    }
                    if (!text.isEmpty() || !GoogleSignature.is(signature)) {
                        PartText.thought(text, GoogleSignature.is(signature) ? null : signature, written);
                    } else {
                        written.cut(before);
                    }
                }
                case Part.ToolUse(var id, var name, var arguments, var _) -> {
                    PartText.call(id, name, arguments, pending, written);
                    pending = null;
                }
                case Part.RedactedThinking _,
                        Part.Image _,
                        Part.Audio _,
                        Part.Document _,
                        Part.ToolResult _,
                        Part.Opaque _ -> written.cut(before);
            }
        }
        if (written.isEmpty() || pending != null) {
            written.ascii(written.isEmpty() ? "" : ",");
            PartText.text("", pending, written);
        }
        out.raw(written.take());
    }
}
