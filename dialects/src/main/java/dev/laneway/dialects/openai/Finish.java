package dev.laneway.dialects.openai;

import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/** {@code finish_reason}: OpenAI's five words, and those that compatible vendors add. */
final class Finish {
    private Finish() {}

    /** @return null where the word says that the vendor gave up in the middle */
    static @Nullable FinishReason reason(String word) {
        return switch (word) {
            case "length", "model_length", "max_tokens" -> FinishReason.LENGTH;
            case "tool_calls", "function_call", "tool_use" -> FinishReason.TOOL_CALLS;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            // OpenRouter and Mistral; DeepSeek.
            case "error", "insufficient_system_resource" -> null;
            default -> FinishReason.STOP;
        };
    }

    static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, PAUSED -> "stop";
            case LENGTH, CONTEXT_WINDOW -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
        };
    }
}
