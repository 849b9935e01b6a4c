package dev.laneway.dialects.ollama;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream: text and thinking as they come, calls whole, in one line before the last. Signatures have no place in it, and of several
 * choices the first is told.
 */
final class StreamRenderer implements AnswerRenderer {
    private static final byte[] NOTHING = new byte[0];

    private record ToolCall(String id, String name, StringBuilder arguments) {}

    private final LineWriter lines;
    private final SortedMap<Integer, ToolCall> calls = new TreeMap<>();
    private FinishReason reason = FinishReason.STOP;
    private @Nullable TokenUsage usage;

    StreamRenderer(LineWriter lines) {
        this.lines = lines;
    }

    @Override
    public byte[] on(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Started(var _, var model) -> {
                lines.model(model);
                yield NOTHING;
            }
            case ChatEvent.TextDelta(var choice, var text) -> said(choice, text, "");
            case ChatEvent.ReasoningDelta(var choice, var text) -> said(choice, "", text);
            case ChatEvent.RefusalDelta(var choice, var text) -> said(choice, text, "");
            case ChatEvent.ToolCallStarted(var choice, var index, var id, var name) -> {
                if (choice == 0) {
                    calls.put(index, new ToolCall(id, name, new StringBuilder()));
                }
                yield NOTHING;
            }
            case ChatEvent.ToolArgumentsDelta(var choice, var index, var json) -> {
                var call = choice == 0 ? calls.get(index) : null;
                if (call != null) {
                    call.arguments.append(json);
                }
                yield NOTHING;
            }
            case ChatEvent.Finished(var choice, var why, var _) -> choice == 0 ? finish(why) : NOTHING;
            case ChatEvent.UsageReported(var reported) -> {
                usage = reported;
                yield NOTHING;
            }
            case ChatEvent.ReasoningSignature _,
                    ChatEvent.RedactedReasoning _,
                    ChatEvent.BlockEnded _,
                    ChatEvent.Failed _ -> NOTHING;
        };
    }

    private byte[] said(int choice, String text, String thought) {
        return choice == 0 && !(text.isEmpty() && thought.isEmpty()) ? lines.said(text, thought) : NOTHING;
    }

    private byte[] finish(FinishReason why) {
        reason = why;
        if (calls.isEmpty()) {
            return NOTHING;
        }
        calls.values().forEach(call -> lines.call(call.id, call.name, call.arguments.toString()));
        calls.clear();
        return lines.said("", "");
    }

    @Override
    public byte[] complete() {
        return lines.end("", "", reason, usage).ascii("\n").take();
    }
}
