package dev.laneway.dialects.ollama;

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
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.ResponseFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@code ChatRequest}. Whether a model can think isn't known here, and one that can't refuses to be told to; one that can does
 * so unasked. So thinking is forbidden where the client forbids it, an effort goes to the models that grade it, and everything else is
 * left to the model. Fields of Ollama's own that a client of another dialect adds, such as {@code num_ctx}, are taken.
 */
final class RequestWriter {
    private static final String OPTION = "options.";

    private final Target target;
    private final Losses losses;
    private final ObjectNode root = Json.object();
    private final ObjectNode options = Json.object();

    RequestWriter(Target target, Losses losses) {
        this.target = target;
        this.losses = losses;
    }

    ObjectNode write(ChatRequest request) {
        root.put("model", target.model());
        new MessageWriter(losses).write(request.messages(), root.putArray("messages"));
        new ToolWriter(losses).write(request.tooling(), root);
        root.put("stream", target.stream());
        sampling(request.sampling());
        output(request.output());
        origin(request.origin());
        extras(request.extras());
        for (var name : target.policy().dropParams()) {
            var atTop = root.remove(name) != null;
            if (options.remove(name) != null || atTop) {
                losses.dropped(name, "by the operator's policy");
            }
        }
        if (!options.isEmpty()) {
            root.set("options", options);
        }
        return root;
    }

    private void sampling(Sampling sampling) {
        put("temperature", sampling.temperature());
        put("top_p", sampling.topP());
        if (sampling.topK() != null) {
            options.put("top_k", sampling.topK());
        }
        put("frequency_penalty", sampling.frequencyPenalty());
        put("presence_penalty", sampling.presencePenalty());
        if (sampling.seed() != null) {
            options.put("seed", sampling.seed());
        }
        if (sampling.n() > 1) {
            losses.refuse("This vendor gives one answer to a request: n can't be more than 1.");
        }
        if (sampling.topLogprobs() != null) {
            losses.dropped("logprobs", "they are not translated");
        }
        if (!sampling.logitBias().isEmpty()) {
            unknown("logit_bias");
        }
    }

    private void put(String name, @Nullable Double value) {
        if (value != null) {
            options.put(name, value);
        }
    }

    private void unknown(String name) {
        losses.dropped(name, "Ollama has no such field");
    }

    private void output(Output output) {
        var limit = output.maxTokens();
        var cap = target.policy().maxTokens();
        if (cap != null && (limit == null || cap < limit)) {
            if (limit != null) {
                losses.approximated("max_tokens", "lowered by the operator's policy");
            }
            limit = cap;
        }
        if (limit != null) {
            options.put("num_predict", limit);
        }
        output.stop().forEach(options.withArrayProperty("stop")::add);
        if (output.stop().isEmpty()) {
            options.remove("stop");
        }
        if (output.verbosity() != null) {
            unknown("verbosity");
        }
        think(output.reasoning());
        format(output.format());
    }

    private void think(@Nullable Reasoning reasoning) {
        if (reasoning == null) {
            return;
        }
        var effort = reasoning.effort();
        if (reasoning.mode() == Reasoning.Mode.DISABLED || effort == Effort.NONE) {
            root.put("think", false);
        } else if (effort == null) {
            losses.dropped("thinking", "Ollama's models think if they can, as much as they do");
        } else if (target.model().contains("gpt-oss")) {
            root.put(
                    "think",
                    switch (effort) {
                        case NONE, MINIMAL, LOW -> "low";
                        case MEDIUM -> "medium";
                        case HIGH, XHIGH -> "high";
                        case MAX -> "max";
                    });
        } else {
            losses.dropped("reasoning", "the model may not take an effort");
        }
    }

    private void format(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.Text() -> {}
            case ResponseFormat.JsonObject() -> root.put("format", "json");
            case ResponseFormat.JsonSchema(var _, var _, var schema, var _) -> root.set("format", schema);
        }
    }

    private void origin(Origin origin) {
        if (origin.user() != null) {
            unknown("user");
        }
        if (!origin.metadata().isEmpty()) {
            unknown("metadata");
        }
        if (origin.serviceTier() != null) {
            unknown("service_tier");
        }
    }

    private void extras(Extras extras) {
        var own = extras.origin() == Dialect.OLLAMA_CHAT;
        extras.fields().forEach((name, value) -> {
            if (own && name.startsWith(OPTION)) {
                options.set(name.substring(OPTION.length()), value);
            } else if (name.equals("options") && value instanceof ObjectNode given) {
                given.properties().forEach(option -> options.set(option.getKey(), option.getValue()));
            } else if (name.equals("template")) {
                losses.dropped("template", "the model's own is used");
            } else if (own || OllamaFields.isTopLevel(name)) {
                root.set(name, value);
            } else if (OllamaFields.isOption(name)) {
                options.set(name, value);
            } else {
                unknown(name);
            }
        });
    }
}
