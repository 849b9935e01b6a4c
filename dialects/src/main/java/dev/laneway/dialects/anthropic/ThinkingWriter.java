package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.anthropic.ClaudeModel.Thinking;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.Reasoning.Mode;
import dev.laneway.dialects.neutral.SignatureMark;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code thinking} and {@code output_config.effort}. Efforts and budgets stand for one another: minimal 1,024 tokens, low
 * 2,048, medium 8,192, high 16,384, above it 32,768; read back, up to 4,096 is low, up to 16,384 medium.
 */
public final class ThinkingWriter {
    private static final int LEAST_BUDGET = 1_024;

    private final ClaudeModel model;
    private final Losses losses;

    public ThinkingWriter(ClaudeModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    public void write(ChatRequest request, int maxTokens, ObjectNode root) {
        var reasoning = request.output().reasoning();
        if (reasoning == null) {
            return;
        }
        if (reasoning.mode() == Mode.DISABLED) {
            off(root);
            return;
        }
        if (isToolForced(root)) {
            losses.dropped("reasoning", "it does not go with a forced tool");
            effort(reasoning.effort(), root);
            return;
        }
        switch (model.thinking()) {
            case NONE -> losses.dropped("reasoning", "the model can't");
            case BUDGET -> {
                effort(reasoning.effort(), root);
                if (reasoning.mode() != Mode.UNSAID || reasoning.effort() != null) {
                    budget(reasoning, request, maxTokens, root);
                }
            }
            case EITHER -> {
                effort(reasoning.effort(), root);
                if (reasoning.mode() == Mode.BUDGET) {
                    budget(reasoning, request, maxTokens, root);
                } else {
                    adaptive(reasoning, root);
                }
            }
            case ADAPTIVE -> {
                effort(reasoning.mode() == Mode.BUDGET ? effortOf(reasoning) : reasoning.effort(), root);
                adaptive(reasoning, root);
            }
        }
    }

    private void off(ObjectNode root) {
        switch (model.thinkingOff()) {
            case BY_SILENCE -> {}
            case BY_DISABLED -> root.putObject("thinking").put("type", "disabled");
            case BY_BETWEEN_TOOLS -> root.putObject("thinking").put("type", "between_tools");
            case NEVER -> {
                losses.approximated("reasoning", "as a low effort: the model always thinks");
                effort(Effort.LOW, root);
            }
        }
    }

    private void adaptive(Reasoning reasoning, ObjectNode root) {
        display(reasoning, root.putObject("thinking").put("type", "adaptive"));
    }

    private static void display(Reasoning reasoning, ObjectNode thinking) {
        if (reasoning.display() != null) {
            thinking.put("display", reasoning.display().name().toLowerCase(Locale.ROOT));
        }
    }

    private void effort(@Nullable Effort effort, ObjectNode root) {
        if (effort == null || !model.takesEffort()) {
            return;
        }
        var taken = switch (effort) {
            case NONE, MINIMAL -> Effort.LOW;
            case LOW, MEDIUM, HIGH -> effort;
            case XHIGH -> model.takesHighestEfforts() ? effort : Effort.HIGH;
            case MAX -> model.thinking() == Thinking.BUDGET ? Effort.HIGH : effort;
        };
        if (taken != effort) {
            losses.approximated("reasoning_effort", "as the nearest that the model takes");
        }
        root.withObjectProperty("output_config").put("effort", taken.name().toLowerCase(Locale.ROOT));
    }

    private Effort effortOf(Reasoning reasoning) {
        losses.approximated("thinking.budget_tokens", "as an effort: the model takes no budget");
        if (reasoning.effort() != null) {
            return reasoning.effort();
        }
        var budget = reasoning.budgetTokens();
        return budget <= 4_096 ? Effort.LOW : budget <= 16_384 ? Effort.MEDIUM : Effort.HIGH;
    }

    private void budget(Reasoning reasoning, ChatRequest request, int maxTokens, ObjectNode root) {
        var wanted = reasoning.mode() == Mode.BUDGET ? reasoning.budgetTokens() : budgetOf(reasoning.effort());
        var budget = Math.min(wanted, maxTokens - LEAST_BUDGET);
        if (budget < LEAST_BUDGET) {
            losses.dropped("reasoning", "max_tokens leaves no room for it");
        } else if (answersUnthoughtCall(request)) {
            losses.dropped("reasoning", "the calls that the tools answer came without a signed thought");
        } else {
            display(reasoning, root.putObject("thinking").put("type", "enabled").put("budget_tokens", budget));
        }
    }

    private static boolean isToolForced(ObjectNode root) {
        return switch (root.path("tool_choice").path("type").asText()) {
            case "any", "tool" -> true;
            default -> false;
        };
    }

    private static int budgetOf(@Nullable Effort effort) {
        return switch (effort) {
            case null -> 8_192;
            case NONE, MINIMAL -> 1_024;
            case LOW -> 2_048;
            case MEDIUM -> 8_192;
            case HIGH -> 16_384;
            case XHIGH, MAX -> 32_768;
        };
    }

    /** With a budget, a turn that goes on after tools must have begun with a thought. */
    private static boolean answersUnthoughtCall(ChatRequest request) {
        var messages = request.messages();
        for (var i = messages.size() - 1; i > 0 && messages.get(i).role() == Role.TOOL; i--) {
            var before = messages.get(i - 1);
            if (before.role() == Role.ASSISTANT) {
                return before.parts().stream().noneMatch(ThinkingWriter::isProvenThought);
            }
        }
        return false;
    }

    private static boolean isProvenThought(Part part) {
        return part instanceof Part.RedactedThinking
                || (part instanceof Part.Thinking thought
                        && thought.signature() != null
                        && !SignatureMark.isForeign(Dialect.ANTHROPIC_MESSAGES, thought.signature()));
    }
}
