package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.anthropic.SchemaFit;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.ResponseFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a Converse request from the neutral model. What is lost is in the module's README, field by field. */
final class RequestWriter {
    private static final String JSON_ONLY = "Answer with one JSON object and nothing else: no prose, no code fence.";

    private final Target target;
    private final Losses losses;
    private final BedrockModel model;
    private final ObjectNode root = Json.object();
    private final ObjectNode inference = Json.object();
    /** What the model takes beside what Converse has for all. */
    private final ObjectNode additional = Json.object();

    RequestWriter(Target target, Losses losses) {
        this.target = target;
        this.losses = losses;
        this.model = BedrockModel.of(target.model());
    }

    ObjectNode write(ChatRequest request) {
        var output = request.output();
        var wantsJson = output.format() instanceof ResponseFormat.JsonObject;
        new TurnWriter(model, losses).write(request.messages(), wantsJson ? JSON_ONLY : "", root);
        new ToolWriter(model, losses).write(request, root);
        limit(output.maxTokens());
        new ThoughtWriter(model, losses).write(request, root, inference, additional);
        sampling(request.sampling());
        output(output);
        origin(request.origin());
        request.extras().fields().forEach((name, value) -> {
            if (List.of("audio", "modalities").contains(name)
                    && value.toString().contains("audio")) {
                losses.refuse("This vendor does not answer with audio.");
            }
            losses.dropped(name, "Converse has no such field");
        });
        for (var name : target.policy().dropParams()) {
            if (root.remove(name) != null || inference.remove(name) != null || additional.remove(name) != null) {
                losses.dropped(name, "by the operator's policy");
            }
        }
        put("inferenceConfig", inference);
        put("additionalModelRequestFields", additional);
        return root;
    }

    private void put(String name, ObjectNode block) {
        if (!block.isEmpty()) {
            root.set(name, block);
        }
    }

    /** Unsaid, it is the model's own. */
    private void limit(@Nullable Integer said) {
        var cap = target.policy().maxTokens();
        if (cap != null && (said == null || cap < said)) {
            if (said != null) {
                losses.approximated("max_tokens", "lowered by the operator's policy");
            }
            inference.put("maxTokens", cap);
        } else if (said != null) {
            inference.put("maxTokens", said);
        }
    }

    private void sampling(Sampling sampling) {
        var thinks = additional.has("thinking");
        var taken = model.takesSampling() && !thinks;
        var reason = thinks ? "it does not go with thinking" : "the model takes none";
        var temperature = sampling.temperature();
        if (temperature != null && taken) {
            if (temperature > 1) {
                losses.approximated("temperature", "as 1, the most that the vendor takes");
            }
            inference.put("temperature", Math.min(temperature, 1));
        } else if (temperature != null && temperature != 1) {
            losses.dropped("temperature", reason);
        }
        if (sampling.topP() != null && taken && (temperature == null || model.takesBothSamplings())) {
            inference.put("topP", sampling.topP());
        } else if (sampling.topP() != null && sampling.topP() != 1) {
            losses.dropped("top_p", taken ? "the model takes it or a temperature" : reason);
        }
        if (sampling.topK() != null) {
            topK(sampling.topK(), taken, reason);
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

    private void topK(int topK, boolean taken, String reason) {
        switch (model.make()) {
            case CLAUDE -> {
                if (taken) {
                    additional.put("top_k", topK);
                } else {
                    losses.dropped("top_k", reason);
                }
            }
            case NOVA -> additional.withObjectProperty("inferenceConfig").put("topK", topK);
            case GPT_OSS, OTHER, UNTOLD -> unknown("top_k", topK);
        }
    }

    private void unknown(String name, @Nullable Object value) {
        if (value != null) {
            losses.dropped(name, "Converse has no such field");
        }
    }

    private void output(Output output) {
        unknown("verbosity", output.verbosity());
        for (var stop : output.stop()) {
            if (stop.isBlank()) {
                losses.dropped("a stop sequence", "the vendor takes none that is blank");
            } else {
                inference.withArrayProperty("stopSequences").add(stop);
            }
        }
        if (inference.has("stopSequences") && model.isClaude()) {
            root.putArray("additionalModelResponseFieldPaths").add("/stop_sequence");
        }
        switch (output.format()) {
            case null -> {}
            case ResponseFormat.Text() -> {}
            case ResponseFormat.JsonObject() -> losses.approximated("response_format", "as an instruction");
            case ResponseFormat.JsonSchema schema -> {
                if (model.takesSchemas()) {
                    schema(schema);
                } else {
                    losses.refuse("This model can't be held to a JSON schema.");
                }
            }
        }
    }

    private void schema(ResponseFormat.JsonSchema wanted) {
        var format = root.withObjectProperty("outputConfig").putObject("textFormat");
        format.put("type", "json_schema");
        var schema = format.putObject("structure").putObject("jsonSchema");
        schema.put("schema", Json.text(new SchemaFit(losses).fit(wanted.schema())));
        schema.put("name", wanted.name());
        if (wanted.description() != null) {
            schema.put("description", wanted.description());
        }
    }

    private void origin(Origin origin) {
        unknown("user", origin.user());
        unknown("metadata", origin.metadata().isEmpty() ? null : origin.metadata());
        switch (origin.serviceTier()) {
            case null -> {}
            case "auto" -> {}
            case "default", "flex", "priority" -> root.putObject("serviceTier").put("type", origin.serviceTier());
            case "standard_only" -> root.putObject("serviceTier").put("type", "default");
            case String _ -> losses.dropped("service_tier", "the vendor has no such tier");
        }
    }
}
