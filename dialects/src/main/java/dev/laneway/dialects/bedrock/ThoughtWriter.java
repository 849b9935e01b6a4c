package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.anthropic.ThinkingWriter;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.Reasoning.Mode;
import java.util.Locale;

/**
 * Writes how much the model is to think: for Claude as Anthropic has it ({@code thinking} among the additional fields, the effort in {@code
 * outputConfig}), for gpt-oss as {@code reasoning_effort}.
 */
final class ThoughtWriter {
    private final BedrockModel model;
    private final Losses losses;

    ThoughtWriter(BedrockModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    void write(ChatRequest request, ObjectNode root, ObjectNode inference, ObjectNode additional) {
        var reasoning = request.output().reasoning();
        if (reasoning == null) {
            return;
        }
        switch (model.make()) {
            case CLAUDE -> claude(request, root, inference, additional);
            case GPT_OSS -> effort(reasoning, additional);
            case NOVA, OTHER, UNTOLD -> {
                if (reasoning.mode() != Mode.DISABLED && reasoning.effort() != Effort.NONE) {
                    losses.dropped("reasoning", "how this model is told to think is not known");
                }
            }
        }
    }

    private void claude(ChatRequest request, ObjectNode root, ObjectNode inference, ObjectNode additional) {
        var unsaid = !inference.has("maxTokens");
        var maxTokens = unsaid
                ? model.claude().maxOutput()
                : inference.path("maxTokens").intValue();
        var asAnthropic = Json.object();
        var choice = root.path("toolConfig").path("toolChoice");
        if (choice.has("any") || choice.has("tool")) {
            asAnthropic.putObject("tool_choice").put("type", "any");
        }
        new ThinkingWriter(model.claude(), losses).write(request, maxTokens, asAnthropic);
        var effort = asAnthropic.path("output_config").path("effort");
        if (effort.isTextual()) {
            root.withObjectProperty("outputConfig").set("effort", effort);
        }
        if (asAnthropic.get("thinking") instanceof ObjectNode thinking) {
            additional.set("thinking", thinking);
            if (unsaid && thinking.has("budget_tokens")) {
                inference.put("maxTokens", maxTokens);
            }
        }
    }

    private void effort(Reasoning reasoning, ObjectNode additional) {
        var effort = reasoning.effort();
        if (effort == null) {
            losses.dropped("reasoning", "the model takes an effort only");
            return;
        }
        var taken = switch (effort) {
            case NONE, MINIMAL, LOW -> Effort.LOW;
            case MEDIUM -> Effort.MEDIUM;
            case HIGH, XHIGH, MAX -> Effort.HIGH;
        };
        if (taken != effort) {
            losses.approximated("reasoning_effort", "as the nearest that the model takes");
        }
        additional.put("reasoning_effort", taken.name().toLowerCase(Locale.ROOT));
    }
}
