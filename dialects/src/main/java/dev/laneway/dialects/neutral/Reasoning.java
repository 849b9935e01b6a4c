package dev.laneway.dialects.neutral;

import org.jspecify.annotations.Nullable;

/**
 * How much the model is to think before it answers.
 *
 * @param budgetTokens with {@link Mode#BUDGET}, else 0
 * @param hidden the client wants signatures but no text of the thinking
 */
public record Reasoning(
        Mode mode, int budgetTokens, @Nullable Effort effort, boolean hidden) {

    public enum Mode {
        /** Only an effort was named, or nothing. */
        UNSAID,
        DISABLED,
        /** The model decides. */
        ADAPTIVE,
        BUDGET
    }

    /** In order; the names are those of the wire. */
    public enum Effort {
        NONE,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        XHIGH,
        MAX
    }
}
