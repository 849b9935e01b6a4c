package dev.laneway.dialects.anthropic;

import dev.laneway.dialects.neutral.FinishReason;

/** {@code stop_reason}. */
final class StopReason {
    private StopReason() {}

    static FinishReason reason(String word) {
        return switch (word) {
            case "max_tokens" -> FinishReason.LENGTH;
            case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "pause_turn" -> FinishReason.PAUSED;
            case "refusal" -> FinishReason.REFUSAL;
            case "model_context_window_exceeded" -> FinishReason.CONTEXT_WINDOW;
            default -> FinishReason.STOP;
        };
    }

    static String word(FinishReason reason) {
        return switch (reason) {
            case STOP -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER, REFUSAL -> "refusal";
            case PAUSED -> "pause_turn";
            case CONTEXT_WINDOW -> "model_context_window_exceeded";
        };
    }
}
