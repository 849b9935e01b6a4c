package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.ResponseFormat;
import dev.laneway.dialects.providers.Quirk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a {@code generateContent} request from the neutral model. What is lost is in the module's README, field by field. */
final class RequestWriter {
    private static final String CONFIG = "generationConfig";
    private static final int MOST_STOPS = 5;

    private final Target target;
    private final Losses losses;
    private final GeminiModel model;
    private final ObjectNode root = Json.object();
    private final ObjectNode config = Json.object();

    RequestWriter(Target target, Losses losses) {
        this.target = target;
        this.losses = losses;
        this.model = GeminiModel.of(target.model());
    }

    ObjectNode write(ChatRequest request) {
        var ids = !target.provider().quirks().contains(Quirk.VERTEX);
        new ContentWriter(model, ids, losses).write(request.messages(), root);
        new ToolWriter(losses).write(request.tooling(), root);
        extras(request.extras());
        sampling(request.sampling());
        output(request.output());
        origin(request.origin());
        if (!config.isEmpty()) {
            root.set(CONFIG, config);
        }
        for (var name : target.policy().dropParams()) {
            var field = Spelling.camel(name);
            var gone = root.remove(field) != null;
            if (config.remove(field) != null || gone) {
                losses.dropped(name, "by the operator's policy");
            }
        }
        return root;
    }

    private void sampling(Sampling sampling) {
        put("temperature", sampling.temperature());
        put("topP", sampling.topP());
        if (sampling.topK() != null) {
            config.put("topK", sampling.topK());
        }
        put("frequencyPenalty", sampling.frequencyPenalty());
        put("presencePenalty", sampling.presencePenalty());
        if (sampling.seed() != null) {
            config.put("seed", sampling.seed().intValue());
        }
        if (sampling.n() > 1) {
            config.put("candidateCount", sampling.n());
        }
        if (sampling.topLogprobs() != null) {
            config.put("responseLogprobs", true);
            if (sampling.topLogprobs() > 0) {
                config.put("logprobs", sampling.topLogprobs());
            }
        }
        unknown("logit_bias", sampling.logitBias().isEmpty() ? null : sampling.logitBias());
    }

    private void put(String name, @Nullable Double number) {
        if (number != null) {
            config.put(name, number);
        }
    }

    private void unknown(String name, @Nullable Object value) {
        if (value != null) {
            losses.dropped(name, "Gemini has no such field");
        }
    }

    private void output(Output output) {
        limit(output.maxTokens());
        unknown("verbosity", output.verbosity());
        if (output.stop().size() > MOST_STOPS) {
            losses.refuse("This vendor takes at most " + MOST_STOPS + " stop sequences.");
        }
        for (var stop : output.stop()) {
            config.withArrayProperty("stopSequences").add(stop);
        }
        new ThinkingWriter(model, losses).write(output.reasoning(), config);
        switch (output.format()) {
            case null -> {}
            case ResponseFormat.Text() -> {}
            case ResponseFormat.JsonObject() -> config.put("responseMimeType", "application/json");
            case ResponseFormat.JsonSchema(var _, var _, var schema, var _) -> {
                config.put("responseMimeType", "application/json");
                config.set("responseJsonSchema", new SchemaFit(losses).fit(schema));
            }
        }
    }

    private void limit(@Nullable Integer said) {
        var cap = target.policy().maxTokens();
        if (said != null && cap != null && cap < said) {
            losses.approximated("max_tokens", "lowered by the operator's policy");
        }
        if (said != null || cap != null) {
            config.put(
                    "maxOutputTokens",
                    Math.min(said == null ? Integer.MAX_VALUE : said, cap == null ? Integer.MAX_VALUE : cap));
        }
    }

    private void origin(Origin origin) {
        unknown("user", origin.user());
        unknown("metadata", origin.metadata().isEmpty() ? null : origin.metadata());
        unknown("service_tier", origin.serviceTier());
    }

    /** What of {@code generationConfig} the neutral model has no place for is kept beside what it has. */
    private void extras(Extras extras) {
        extras.in(Dialect.GEMINI).forEach((name, value) -> {
            if (name.equals(CONFIG) && value instanceof ObjectNode more) {
                config.setAll(more);
            } else {
                root.set(name, value);
            }
        });
        if (extras.origin() == Dialect.GEMINI) {
            return;
        }
        for (var field : extras.fields().entrySet()) {
            if (List.of("audio", "modalities").contains(field.getKey())
                    && field.getValue().toString().contains("audio")) {
                losses.refuse("This vendor does not answer with audio here.");
            }
            losses.dropped(field.getKey(), "Gemini has no such field");
        }
    }
}
