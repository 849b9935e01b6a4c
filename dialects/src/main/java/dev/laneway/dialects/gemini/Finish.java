package dev.laneway.dialects.gemini;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.failures.VendorWords;
import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/** {@code finishReason}. */
final class Finish {
    private Finish() {}

    /** @return null where the vendor gave up: {@link #failure} */
    static @Nullable FinishReason reason(String word) {
        return switch (word) {
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION",
                    "MODEL_ARMOR" -> FinishReason.CONTENT_FILTER;
            case "MALFORMED_FUNCTION_CALL",
                    "MALFORMED_RESPONSE",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "MISSING_THOUGHT_SIGNATURE" -> null;
            default -> FinishReason.STOP; // STOP, LANGUAGE, OTHER, and what comes next
        };
    }

    /** What it is where the model's output was of no use. */
    static Failure failure(String word, String message) {
        var said = VendorWords.scrubbed(message);
        return Failure.of(
                FailureKind.MALFORMED,
                "The model's answer could not be used (" + word + ")" + (said.isEmpty() ? "." : ": " + said));
    }

    /** The vendor's filter did not let the prompt through. */
    static Failure blocked(String word, String message) {
        var said = VendorWords.scrubbed(message);
        return Failure.of(
                FailureKind.CONTENT_POLICY,
                "The vendor's content filter refused the prompt (" + VendorWords.scrubbed(word) + ")"
                        + (said.isEmpty() ? "." : ": " + said));
    }

    /** A call of a function is a {@code STOP}: clients refuse it with any other. */
    static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "STOP";
            case LENGTH, CONTEXT_WINDOW -> "MAX_TOKENS";
            case CONTENT_FILTER, REFUSAL -> "SAFETY";
        };
    }
}
