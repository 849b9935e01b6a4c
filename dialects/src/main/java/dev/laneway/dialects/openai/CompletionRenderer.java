package dev.laneway.dialects.openai;

import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.AnswerFold;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.Part;
import java.util.List;

/** Writes a {@code text_completion}. Only text has a place in it, and what a model says in declining. */
final class CompletionRenderer implements AnswerRenderer {
    private static final byte[] NOTHING = new byte[0];

    private final RenderContext context;
    private final AnswerFold fold = new AnswerFold();

    CompletionRenderer(RenderContext context) {
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
        var out = new ByteText(1024).ascii("{\"id\":").quoted("cmpl-" + context.requestId());
        out.ascii(",\"object\":\"text_completion\",\"created\":").number(context.createdAt());
        out.ascii(",\"model\":").quoted(model).ascii(",\"choices\":[");
        var separator = "";
        for (var choice : fold.choices().entrySet()) {
            out.ascii(separator)
                    .ascii("{\"text\":")
                    .quoted(text(choice.getValue().parts()));
            out.ascii(",\"index\":").number(choice.getKey()).ascii(",\"logprobs\":null,\"finish_reason\":");
            out.quoted(Finish.word(choice.getValue().reason())).ascii("}");
            separator = ",";
        }
        out.ascii("]");
        if (fold.usage() != null) {
            out.ascii(",\"usage\":");
            Usage.write(fold.usage(), out);
        }
        return out.ascii("}").take();
    }

    private static String text(List<Part> parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Part.Text(var said, var _) -> text.append(said);
                case Part.Refusal(var said) -> text.append(said);
                case Part.Thinking _, Part.RedactedThinking _, Part.ToolUse _ -> {}
                case Part.Image _, Part.Audio _, Part.Document _, Part.ToolResult _, Part.Opaque _ -> {}
            }
        }
        return text.toString();
    }
}
