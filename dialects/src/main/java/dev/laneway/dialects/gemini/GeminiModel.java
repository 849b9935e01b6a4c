package dev.laneway.dialects.gemini;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a model's id tells of what it takes, as Google's model, thinking and thought signature guides have it up to November 2026. A
 * Gemini without a number ({@code gemini-flash-latest}) is taken for one of the newest; a model of another make, for one that takes a
 * budget.
 *
 * @param thinking how it is told to think
 * @param pro whether it is one of those that always think
 * @param demandsSignatures whether it refuses a call of a function in its history that is not signed
 */
record GeminiModel(Thinking thinking, boolean pro, boolean demandsSignatures) {
    enum Thinking {
        NONE,
        /** {@code thinkingBudget}, in tokens. */
        BUDGET,
        /** {@code thinkingLevel}. */
        LEVEL
    }

    private static final Pattern NUMBERED = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,2}))?");

    static GeminiModel of(String id) {
        var lower = id.toLowerCase(Locale.ROOT);
        var pro = lower.contains("pro");
        var numbered = NUMBERED.matcher(lower);
        if (numbered.find()) {
            var major = Integer.parseInt(numbered.group(1));
            var minor = numbered.group(2) == null ? 0 : Integer.parseInt(numbered.group(2));
            if (major >= 3) {
                return new GeminiModel(Thinking.LEVEL, pro, true);
            }
            var thinks = major == 2 && minor >= 5;
            return new GeminiModel(thinks ? Thinking.BUDGET : Thinking.NONE, pro, false);
        }
        if (lower.contains("gemini-")) {
            return new GeminiModel(Thinking.LEVEL, pro, true);
        }
        return new GeminiModel(lower.contains("gemma") ? Thinking.NONE : Thinking.BUDGET, false, false);
    }
}
