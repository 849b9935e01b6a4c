package dev.laneway.dialects.ollama;

import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/** {@code done_reason}: {@code stop}, {@code length}; it stays {@code stop} after calls of tools. */
final class DoneReason {
    private DoneReason() {}

    /** @param calls whether the answer called tools */
    static FinishReason read(@Nullable String word, boolean calls) {
        if ("length".equals(word)) {
            return FinishReason.LENGTH;
        }
        return calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    }

    static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED, CONTENT_FILTER, REFUSAL -> "stop";
            case LENGTH, CONTEXT_WINDOW -> "length";
        };
    }
}
