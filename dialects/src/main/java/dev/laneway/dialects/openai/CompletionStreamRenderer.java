package dev.laneway.dialects.openai;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import org.jspecify.annotations.Nullable;

/** Writes a stream of {@code text_completion}s. Only text has a place in it, and what a model says in declining. */
final class CompletionStreamRenderer implements AnswerRenderer {
    private static final byte[] NOTHING = new byte[0];

    private final RenderContext context;
    private final String id;
    private final long created;
    private final ByteText out = new ByteText(512);
    private byte[] head;
    private @Nullable TokenUsage usage;

    CompletionStreamRenderer(RenderContext context) {
        this(context, "cmpl-" + context.requestId(), context.createdAt());
    }

    /** For the rest of a stream that has a beginning. */
    CompletionStreamRenderer(RenderContext context, Beginning beginning) {
        this(context, beginning.id(), beginning.created());
    }

    private CompletionStreamRenderer(RenderContext context, String id, long created) {
        this.context = context;
        this.id = id;
        this.created = created;
        head = head(context.model());
    }

    private byte[] head(String model) {
        return new ByteText(128)
                .ascii("data: {\"id\":")
                .quoted(id)
                .ascii(",\"object\":\"text_completion\",\"created\":")
                .number(created)
                .ascii(",\"model\":")
                .quoted(model)
                .ascii(",\"choices\":[")
                .take();
    }

    @Override
    public byte[] on(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Started(var _, var model) -> {
                head = context.model().isEmpty() ? head(model) : head;
                yield NOTHING;
            }
            case ChatEvent.TextDelta(var choice, var text) -> chunk(choice, text, null);
            case ChatEvent.RefusalDelta(var choice, var text) -> chunk(choice, text, null);
            case ChatEvent.Finished(var choice, var reason, var _) -> chunk(choice, "", Finish.word(reason));
            case ChatEvent.UsageReported(var reported) -> {
                usage = reported;
                yield NOTHING;
            }
            case ChatEvent.ReasoningDelta _,
                    ChatEvent.ReasoningSignature _,
                    ChatEvent.RedactedReasoning _,
                    ChatEvent.ToolCallStarted _,
                    ChatEvent.ToolArgumentsDelta _,
                    ChatEvent.BlockEnded _,
                    ChatEvent.Failed _ -> NOTHING;
        };
    }

    private byte[] chunk(int choice, String text, @Nullable String finish) {
        out.raw(head).ascii("{\"text\":").quoted(text).ascii(",\"index\":").number(choice);
        out.ascii(",\"logprobs\":null,\"finish_reason\":");
        if (finish == null) {
            out.ascii("null");
        } else {
            out.quoted(finish);
        }
        return out.ascii(context.includeUsage() ? "}],\"usage\":null}\n\n" : "}]}\n\n")
                .take();
    }

    @Override
    public byte[] complete() {
        if (usage != null && context.includeUsage()) {
            out.raw(head).ascii("],\"usage\":");
            Usage.write(usage, out);
            out.ascii("}\n\n");
        }
        return out.ascii("data: [DONE]\n\n").take();
    }
}
