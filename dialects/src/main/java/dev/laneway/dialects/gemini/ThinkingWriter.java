package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Display;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.Reasoning.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code thinkingConfig}. Efforts stand for budgets as in Google's own OpenAI-compatible API: minimal and low 1,024 tokens,
 * medium 8,192, high 24,576; budgets for levels: up to 4,096 is low, up to 16,384 medium. Thoughts are asked for unless the client
 * does not want to see them.
 */
final class ThinkingWriter {
    private static final int LEAST_OF_PRO = 128;
    private static final int LARGEST_BUDGET = 24_576;
    private static final int DYNAMIC = -1;

    private final GeminiModel model;
    private final Losses losses;

    ThinkingWriter(GeminiModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    void write(@Nullable Reasoning reasoning, ObjectNode config) {
        if (reasoning == null) {
            return;
        }
        var off = reasoning.mode() == Mode.DISABLED || reasoning.effort() == Effort.NONE;
        switch (model.thinking()) {
            case NONE -> {
                if (!off) {
                    losses.dropped("reasoning", "the model can't");
                }
            }
            case BUDGET -> {
                var thinking = config.putObject("thinkingConfig").put("includeThoughts", !off && shown(reasoning));
                thinking.put("thinkingBudget", off ? least() : budget(reasoning));
            }
            case LEVEL -> {
                var thinking = config.putObject("thinkingConfig").put("includeThoughts", !off && shown(reasoning));
                var level = off ? leastLevel() : level(reasoning);
                if (level != null) {
                    thinking.put("thinkingLevel", level);
                }
            }
        }
    }

    private static boolean shown(Reasoning reasoning) {
        return reasoning.display() != Display.OMITTED;
    }

    private int least() {
        if (model.pro()) {
            losses.approximated("reasoning", "as the least: the model always thinks");
        }
        return model.pro() ? LEAST_OF_PRO : 0;
    }

    private String leastLevel() {
        losses.approximated("reasoning", "as the least: the model always thinks");
        return model.pro() ? "low" : "minimal";
    }

    private int budget(Reasoning reasoning) {
        if (reasoning.mode() == Mode.BUDGET) {
            return Math.min(reasoning.budgetTokens(), LARGEST_BUDGET);
        }
        return switch (reasoning.effort()) {
            case null -> DYNAMIC;
            case NONE, MINIMAL, LOW -> 1_024;
            case MEDIUM -> 8_192;
            case HIGH, XHIGH, MAX -> LARGEST_BUDGET;
        };
    }

    /** @return null for the model's own */
    private @Nullable String level(Reasoning reasoning) {
        var effort = reasoning.effort();
        if (effort == null && reasoning.mode() == Mode.BUDGET) {
            losses.approximated("thinking budget", "as a level: the model takes no budget");
            var budget = reasoning.budgetTokens();
            effort = budget <= 4_096 ? Effort.LOW : budget <= 16_384 ? Effort.MEDIUM : Effort.HIGH;
        }
        return switch (effort) {
            case null -> null;
            case NONE, MINIMAL -> model.pro() ? "low" : "minimal";
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH, XHIGH, MAX -> "high";
        };
    }
}
