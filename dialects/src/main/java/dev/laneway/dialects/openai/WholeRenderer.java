package dev.laneway.dialects.openai;

import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.AnswerFold;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.GoogleSignature;
import dev.laneway.dialects.neutral.Part;
import java.util.List;

/** Writes a {@code chat.completion}. */
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
        out.ascii("{\"id\":").quoted("chatcmpl-" + context.requestId());
        out.ascii(",\"object\":\"chat.completion\",\"created\":").number(context.createdAt());
        out.ascii(",\"model\":").quoted(model).ascii(",\"choices\":[");
        var separator = "";
        for (var choice : fold.choices().entrySet()) {
            out.ascii(separator).ascii("{\"index\":").number(choice.getKey()).ascii(",\"message\":");
            message(choice.getValue().parts());
            out.ascii(",\"logprobs\":null,\"finish_reason\":")
                    .quoted(Finish.word(choice.getValue().reason()))
                    .ascii("}");
            separator = ",";
        }
        out.ascii("]");
        if (fold.usage() != null) {
            out.ascii(",\"usage\":");
            Usage.write(fold.usage(), out);
        }
        return out.ascii("}").take();
    }

    private void message(List<Part> parts) {
        var text = new StringBuilder();
        var thoughts = new StringBuilder();
        var refusal = new StringBuilder();
        var calls = new ByteText(0);
        var blocks = new ByteText(0);
        String callSignature = null;
        for (var part : parts) {
            switch (part) {
                case Part.Text(var said, var _) -> text.append(said);
                case Part.Refusal(var said) -> refusal.append(said);
                case Part.Thinking(var said, var signature) -> {
                    thoughts.append(said);
                    callSignature = GoogleSignature.bare(signature);
                    if (signature != null && !(said.isEmpty() && callSignature != null)) {
                        blocks.ascii(blocks.isEmpty() ? "" : ",")
                                .ascii("{\"type\":\"thinking\",\"thinking\":")
                                .quoted(said);
                        blocks.ascii(",\"signature\":").quoted(signature).ascii("}");
                    }
                }
                case Part.RedactedThinking(var data) ->
                    blocks.ascii(blocks.isEmpty() ? "" : ",")
                            .ascii("{\"type\":\"redacted_thinking\",\"data\":")
                            .quoted(data)
                            .ascii("}");
                case Part.ToolUse(var id, var name, var arguments, var _) -> {
                    calls.ascii(calls.isEmpty() ? "" : ",").ascii("{\"id\":").quoted(id);
                    calls.ascii(",\"type\":\"function\"");
                    GoogleExtra.write(callSignature, calls);
                    callSignature = null;
                    calls.ascii(",\"function\":{\"name\":").quoted(name);
                    calls.ascii(",\"arguments\":")
                            .quoted(arguments.isEmpty() ? "{}" : arguments)
                            .ascii("}}");
                }
                case Part.Image _, Part.Audio _, Part.Document _, Part.ToolResult _, Part.Opaque _ -> {}
            }
        }
        out.ascii("{\"role\":\"assistant\",\"content\":");
        orNull(text);
        out.ascii(",\"refusal\":");
        orNull(refusal);
        if (!thoughts.isEmpty()) {
            out.ascii(",\"reasoning_content\":").quoted(thoughts.toString());
        }
        list("thinking_blocks", blocks);
        list("tool_calls", calls);
        out.ascii("}");
    }

    private void orNull(StringBuilder text) {
        if (text.isEmpty()) {
            out.ascii("null");
        } else {
            out.quoted(text.toString());
        }
    }

    private void list(String name, ByteText items) {
        if (!items.isEmpty()) {
            out.ascii(",\"").ascii(name).ascii("\":[").raw(items.take()).ascii("]");
        }
    }
}
