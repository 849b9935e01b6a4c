package dev.laneway.dialects.neutral;

import org.jspecify.annotations.Nullable;

/**
 * How much the model is to think before it answers.
 *
 * @param budgetTokens with {@link Mode#BUDGET}, else 0
 * @param display whether the client wants to see the thinking; null where unsaid
 */
public record Reasoning(
        Mode mode,
        int budgetTokens,
        @Nullable Effort effort,
        @Nullable Display display) {

    public enum Mode {
        /** Only an effort was named, or nothing. */
        UNSAID,
        DISABLED,
        /** The model decides. */
        ADAPTIVE,
        BUDGET
    }

    public enum Display {
        /** Only its signature. */
        OMITTED,
        SUMMARIZED
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
