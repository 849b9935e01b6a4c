package dev.laneway.dialects.openai;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.GoogleSignature;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code chat.completion.chunk}s. Reasoning goes out as {@code reasoning_content}; once it is signed, the block follows
 * whole in {@code thinking_blocks}, to be sent back as it is. A signature of Google's goes with the call that it signs, where Google's
 * own OpenAI-compatible API has it: {@code extra_content.google.thought_signature}.
 */
final class StreamRenderer implements AnswerRenderer {
    private final RenderContext context;
    private final ByteText out = new ByteText(512);
    private final String id;
    private final long created;
    private final Set<Integer> opened = new HashSet<>();
    private final StringBuilder thought = new StringBuilder();
    private int thoughts;
    private @Nullable String callSignature;
    private byte[] head;
    private final byte[] tail;
    private @Nullable TokenUsage usage;

    StreamRenderer(RenderContext context) {
        this(context, "chatcmpl-" + context.requestId(), context.createdAt());
    }

    /** For the rest of a stream that has a beginning. */
    StreamRenderer(RenderContext context, Beginning beginning) {
        this(context, beginning.id(), beginning.created());
        opened.add(0);
    }

    private StreamRenderer(RenderContext context, String id, long created) {
        this.context = context;
        this.id = id;
        this.created = created;
        head = head(context.model());
        tail = (context.includeUsage() ? "}],\"usage\":null}\n\n" : "}]}\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] head(String model) {
        return new ByteText(128)
                .ascii("data: {\"id\":")
                .quoted(id)
                .ascii(",\"object\":\"chat.completion.chunk\",\"created\":")
                .number(created)
                .ascii(",\"model\":")
                .quoted(model)
                .ascii(",\"choices\":[")
                .take();
    }

    @Override
    public byte[] on(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started(var _, var model) -> {
                if (context.model().isEmpty()) {
                    head = head(model);
                }
            }
            case ChatEvent.TextDelta(var choice, var text) -> delta(choice, "content", text);
            case ChatEvent.ReasoningDelta(var choice, var text) -> {
                thought.append(text);
                delta(choice, "reasoning_content", text);
            }
            case ChatEvent.RefusalDelta(var choice, var text) -> delta(choice, "refusal", text);
            case ChatEvent.ReasoningSignature(var _, var signature)
            when thought.isEmpty() && GoogleSignature.is(signature) -> callSignature = GoogleSignature.bare(signature);
            case ChatEvent.ReasoningSignature(var choice, var signature) -> {
                callSignature = GoogleSignature.bare(signature);
                block(choice, "thinking").ascii(",\"thinking\":");
                out.quoted(thought.toString()).ascii(",\"signature\":").quoted(signature);
                end("}]}");
                thought.setLength(0);
            }
            case ChatEvent.RedactedReasoning(var choice, var data) -> {
                block(choice, "redacted_thinking").ascii(",\"data\":");
                out.quoted(data);
                end("}]}");
            }
            case ChatEvent.ToolCallStarted(var choice, var index, var id, var name) -> {
                begin(choice)
                        .ascii("{\"tool_calls\":[{\"index\":")
                        .number(index)
                        .ascii(",\"id\":");
                out.quoted(id).ascii(",\"type\":\"function\"");
                GoogleExtra.write(callSignature, out);
                callSignature = null;
                out.ascii(",\"function\":{\"name\":").quoted(name);
                end(",\"arguments\":\"\"}}]}");
            }
            case ChatEvent.ToolArgumentsDelta(var choice, var index, var json) -> {
                begin(choice).ascii("{\"tool_calls\":[{\"index\":").number(index);
                out.ascii(",\"function\":{\"arguments\":").quoted(json);
                end("}}]}");
            }
            case ChatEvent.BlockEnded _ -> thought.setLength(0);
            case ChatEvent.Finished(var choice, var reason, var _) -> {
                begin(choice).ascii("{},\"logprobs\":null,\"finish_reason\":").quoted(Finish.word(reason));
                out.raw(tail);
            }
            case ChatEvent.UsageReported(var reported) -> usage = reported;
            case ChatEvent.Failed _ -> {}
        }
        return out.take();
    }

    /** Opens a block, numbered, since OpenAI's Python SDK puts lists of a stream together by {@code index}. */
    private ByteText block(int choice, String type) {
        return begin(choice)
                .ascii("{\"thinking_blocks\":[{\"index\":")
                .number(thoughts++)
                .ascii(",\"type\":\"")
                .ascii(type)
                .ascii("\"");
    }

    private void delta(int choice, String field, String text) {
        begin(choice).ascii("{\"").ascii(field).ascii("\":").quoted(text);
        end("}");
    }

    /** Opens a chunk up to its delta; the first of a choice is preceded by the one that names the role. */
    private ByteText begin(int choice) {
        if (opened.add(choice)) {
            out.raw(head).ascii("{\"index\":").number(choice);
            out.ascii(",\"delta\":{\"role\":\"assistant\",\"content\":\"\"");
            end("}");
        }
        return out.raw(head).ascii("{\"index\":").number(choice).ascii(",\"delta\":");
    }

    private void end(String delta) {
        out.ascii(delta).ascii(",\"logprobs\":null,\"finish_reason\":null").raw(tail);
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
