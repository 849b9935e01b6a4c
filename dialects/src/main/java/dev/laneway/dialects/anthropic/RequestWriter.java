package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.ResponseFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a Messages request from the neutral model. What is lost is in the module's README, field by field. */
final class RequestWriter {
    private static final String JSON_ONLY = "Answer with one JSON object and nothing else: no prose, no code fence.";

    private final Target target;
    private final Losses losses;
    private final ClaudeModel model;
    private final ObjectNode root = Json.object();

    RequestWriter(Target target, Losses losses) {
        this.target = target;
        this.losses = losses;
        this.model = ClaudeModel.of(target.model());
    }

    ObjectNode write(ChatRequest request) {
        if (AnthropicMessagesOutbound.onVertex(target)) {
            root.put("anthropic_version", AnthropicMessagesOutbound.VERTEX_VERSION);
        } else {
            root.put("model", target.model());
        }
        var maxTokens = limit(request.output().maxTokens());
        root.put("max_tokens", maxTokens);
        var wantsJson = request.output().format() instanceof ResponseFormat.JsonObject;
        new MessageWriter(losses).write(request.messages(), wantsJson ? JSON_ONLY : "", root);
        new ToolWriter(model, losses).write(request, root);
        new ThinkingWriter(model, losses).write(request, maxTokens, root);
        sampling(request.sampling());
        output(request.output());
        origin(request.origin());
        if (target.stream()) {
            root.put("stream", true);
        }
        extras(request);
        for (var name : target.policy().dropParams()) {
            if (root.remove(name) != null) {
                losses.dropped(name, "by the operator's policy");
            }
        }
        return root;
    }

    /** Anthropic demands a limit: the model's own where the client set none. */
    private int limit(@Nullable Integer said) {
        var cap = target.policy().maxTokens();
        var limit = said == null ? model.maxOutput() : said;
        if (cap == null || cap >= limit) {
            return limit;
        }
        if (said != null) {
            losses.approximated("max_tokens", "lowered by the operator's policy");
        }
        return cap;
    }

    private void sampling(Sampling sampling) {
        var temperature = sampling.temperature();
        var thinks = !root.path("thinking").isMissingNode();
        var taken = model.takesSampling() && !thinks;
        var reason = thinks ? "it does not go with thinking" : "the model takes none";
        if (temperature != null && taken) {
            if (temperature > 1) {
                losses.approximated("temperature", "as 1, the most that the vendor takes");
            }
            root.put("temperature", Math.min(temperature, 1));
        } else if (temperature != null && temperature != 1) {
            losses.dropped("temperature", reason);
        }
        if (sampling.topP() != null && taken && (temperature == null || model.takesBothSamplings())) {
            root.put("top_p", sampling.topP());
        } else if (sampling.topP() != null && sampling.topP() != 1) {
            losses.dropped("top_p", taken ? "the model takes it or a temperature" : reason);
        }
        if (sampling.topK() != null && taken) {
            root.put("top_k", sampling.topK());
        } else if (sampling.topK() != null) {
            losses.dropped("top_k", reason);
        }
        if (sampling.n() > 1) {
            losses.refuse("This vendor gives one answer to a request: n can't be more than 1.");
        }
        unknown("frequency_penalty", sampling.frequencyPenalty());
        unknown("presence_penalty", sampling.presencePenalty());
        unknown("seed", sampling.seed());
        unknown("logprobs", sampling.topLogprobs());
        unknown("logit_bias", sampling.logitBias().isEmpty() ? null : sampling.logitBias());
    }

    private void unknown(String name, @Nullable Object value) {
        if (value != null) {
            losses.dropped(name, "Anthropic Messages has no such field");
        }
    }

    private void output(Output output) {
        unknown("verbosity", output.verbosity());
        for (var stop : output.stop()) {
            if (stop.isBlank()) {
                losses.dropped("a stop sequence", "the vendor takes none that is blank");
            } else {
                root.withArrayProperty("stop_sequences").add(stop);
            }
        }
        switch (output.format()) {
            case null -> {}
            case ResponseFormat.Text() -> {}
            case ResponseFormat.JsonObject() -> losses.approximated("response_format", "as an instruction");
            case ResponseFormat.JsonSchema(var _, var _, var schema, var _) -> {
                if (model.takesSchemas()) {
                    var format = root.withObjectProperty("output_config").putObject("format");
                    format.put("type", "json_schema");
                    format.set("schema", new SchemaFit(losses).fit(schema));
                } else {
                    losses.refuse("This model can't be held to a JSON schema.");
                }
            }
        }
    }

    private void origin(Origin origin) {
        if (origin.user() != null) {
            root.putObject("metadata").put("user_id", origin.user());
        }
        unknown("metadata", origin.metadata().isEmpty() ? null : origin.metadata());
        switch (origin.serviceTier()) {
            case null -> {}
            case "auto", "standard_only" -> root.put("service_tier", origin.serviceTier());
            case "default" -> root.put("service_tier", "standard_only");
            case String _ -> losses.dropped("service_tier", "the vendor has no such tier");
        }
    }

    private void extras(ChatRequest request) {
        var extras = request.extras();
        extras.in(Dialect.ANTHROPIC_MESSAGES).forEach(root::set);
        if (extras.origin() == Dialect.ANTHROPIC_MESSAGES) {
            return;
        }
        for (var field : extras.fields().entrySet()) {
            if (List.of("audio", "modalities").contains(field.getKey())
                    && field.getValue().toString().contains("audio")) {
                losses.refuse("This vendor does not answer with audio.");
            }
            losses.dropped(field.getKey(), "Anthropic Messages has no such field");
        }
    }
}
