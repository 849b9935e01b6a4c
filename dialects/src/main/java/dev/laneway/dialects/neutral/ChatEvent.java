package dev.laneway.dialects.neutral;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * A step of an answer. A whole answer is {@code Started}, deltas, one {@code Finished} a choice and, where the vendor says
 * it, {@code UsageReported}; a spoiled one ends with {@code Failed}. The same events stand for an answer that was not
 * streamed. {@code choice} counts from 0.
 */
public sealed interface ChatEvent {

    /** @param id the vendor's id of the answer; null where it gave none */
    record Started(@Nullable String id, String vendorModel) implements ChatEvent {}

    record TextDelta(int choice, String text) implements ChatEvent {}

    record ReasoningDelta(int choice, String text) implements ChatEvent {}

    /** Signs the reasoning that came since the last block ended, and ends it. */
    record ReasoningSignature(int choice, String signature) implements ChatEvent {}

    record RedactedReasoning(int choice, String data) implements ChatEvent {}

    record RefusalDelta(int choice, String text) implements ChatEvent {}

    /** @param index of the call within its choice, from 0 */
    record ToolCallStarted(int choice, int index, String id, String name) implements ChatEvent {}

    /** @param json the next piece of the arguments' JSON text */
    record ToolArgumentsDelta(int choice, int index, String json) implements ChatEvent {}

    /** What follows is another block, even if of the same kind. */
    record BlockEnded(int choice) implements ChatEvent {}

    /** @param stopSequence the one that came up; null unless the vendor says */
    record Finished(
            int choice, FinishReason reason, @Nullable String stopSequence) implements ChatEvent {}

    /** Totals; a later report replaces an earlier one. */
    record UsageReported(TokenUsage usage) implements ChatEvent {}

    record Failed(Failure failure) implements ChatEvent {}

    /** Whether a client that sees this event has been told something of the answer. */
    default boolean isToken() {
        return switch (this) {
            case TextDelta delta -> !delta.text.isEmpty();
            case ReasoningDelta delta -> !delta.text.isEmpty();
            case RefusalDelta delta -> !delta.text.isEmpty();
            case ToolArgumentsDelta delta -> !delta.json.isEmpty();
            case ReasoningSignature signature -> !signature.signature.isEmpty();
            case RedactedReasoning redacted -> !redacted.data.isEmpty();
            case ToolCallStarted started -> !started.name.isEmpty();
            case Started _ -> false;
            case BlockEnded _ -> false;
            case Finished _ -> false;
            case UsageReported _ -> false;
            case Failed _ -> false;
        };
    }
}
