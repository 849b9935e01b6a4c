package dev.laneway.router.plan;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.Request;
import dev.laneway.runtime.config.ModelInfo;
import org.jspecify.annotations.Nullable;

/** Whether a model can do what a request needs, as far as {@code model_info} says; what it does not say, passes. */
final class Fitness {
    private static final String EMBEDDING = "embedding";

    private Fitness() {}

    /** Why it can't; null where it can, or where nobody knows. */
    static @Nullable Failure misfit(Request request, ModelInfo model) {
        boolean embeds = request.dialect().embeds();
        if (!embeds && model.mode().equals(EMBEDDING)) {
            return Failure.of(FailureKind.REJECTED, "This model makes embeddings: it says nothing.");
        }
        // embeddings are of many inputs, each with the window for itself
        if (!embeds && model.maxInputTokens() != null && request.inputTokens() > model.maxInputTokens()) {
            return Failure.of(
                    FailureKind.CONTEXT_WINDOW,
                    "The prompt has about " + request.inputTokens() + " tokens, and the model takes "
                            + model.maxInputTokens());
        }
        if (!model.lacks().isEmpty()) {
            for (Feature feature : request.features()) {
                if (model.lacks().contains(capability(feature))) {
                    return Failure.of(
                            FailureKind.NO_DEPLOYMENT,
                            "No deployment of this model is configured as able to do what the request needs: "
                                    + feature.id());
                }
            }
        }
        return null;
    }

    /** The word after {@code supports_} in {@code model_info}. */
    static String capability(Feature feature) {
        return switch (feature) {
            case TOOLS -> "function_calling";
            case VISION -> "vision";
            case AUDIO -> "audio_input";
            case DOCUMENTS -> "pdf_input";
            case JSON_OBJECT -> "json_mode";
            case JSON_SCHEMA -> "response_schema";
            case REASONING -> "reasoning";
            case LOGPROBS -> "logprobs";
            case MULTIPLE_CHOICES -> "multiple_choices";
        };
    }
}
