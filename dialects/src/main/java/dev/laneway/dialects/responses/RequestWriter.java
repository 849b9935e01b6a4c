package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Display;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.ResponseFormat;
import dev.laneway.dialects.openai.Models;
import dev.laneway.dialects.openai.StrictSchema;
import dev.laneway.dialects.providers.Quirk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code CreateResponse} from the neutral model. What is lost is in the module's README, field by field. */
final class RequestWriter {
    private static final int LONGEST_USER = 64;
    /** OpenAI takes no smaller limit. */
    private static final int LEAST_TOKENS = 16;

    private static final String NO_FIELD = "Responses has no such field";

    private final Target target;
    private final Losses losses;
    private final boolean reasons;
    private final ObjectNode root = Json.object();

    RequestWriter(Target target, Losses losses) {
        this.target = target;
        this.losses = losses;
        this.reasons = Models.reason(target.model());
    }

    ObjectNode write(ChatRequest request) {
        root.put("model", target.model());
        new InputWriter(losses).write(request.messages(), root);
        new ToolWriter(losses).write(request.tooling(), root);
        sampling(request.sampling());
        output(request.output());
        origin(request.origin());
        root.put("store", false);
        if (reasons) {
            root.putArray("include").add("reasoning.encrypted_content");
        }
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

    private void extras(ChatRequest request) {
        var extras = request.extras();
        extras.in(Dialect.OPENAI_RESPONSES).forEach(root::set);
        if (extras.origin() == Dialect.OPENAI_RESPONSES) {
            return;
        }
        for (var field : extras.fields().entrySet()) {
            if (List.of("audio", "modalities").contains(field.getKey())
                    && field.getValue().toString().contains("audio")) {
                losses.refuse("This vendor does not answer with audio.");
            }
            if (field.getKey().equals("prompt_cache_key")) {
                root.set("prompt_cache_key", field.getValue());
            } else if (!field.getKey().equals("store")) {
                losses.dropped(field.getKey(), NO_FIELD);
            }
        }
    }

    private void sampling(Sampling sampling) {
        sampled("temperature", sampling.temperature());
        sampled("top_p", sampling.topP());
        unknown("frequency_penalty", sampling.frequencyPenalty());
        unknown("presence_penalty", sampling.presencePenalty());
        unknown("top_k", sampling.topK());
        unknown("seed", sampling.seed());
        unknown("logprobs", sampling.topLogprobs());
        unknown("logit_bias", sampling.logitBias().isEmpty() ? null : sampling.logitBias());
        if (sampling.n() > 1) {
            losses.refuse("This vendor gives one answer to a request: n can't be more than 1.");
        }
    }

    private void sampled(String name, @Nullable Double value) {
        if (value == null) {
            return;
        }
        if (!reasons) {
            root.put(name, value);
        } else if (value != 1) {
            losses.dropped(name, "the model takes none");
        }
    }

    private void unknown(String name, @Nullable Object value) {
        if (value != null) {
            losses.dropped(name, NO_FIELD);
        }
    }

    private void output(Output output) {
        limit(output.maxTokens());
        unknown("stop", output.stop().isEmpty() ? null : output.stop());
        if (output.verbosity() != null) {
            root.withObjectProperty("text").put("verbosity", output.verbosity());
        }
        reasoning(output.reasoning());
        format(output.format());
    }

    private void limit(@Nullable Integer said) {
        var cap = target.policy().maxTokens();
        if (cap != null && (said == null || cap < said)) {
            if (said != null) {
                losses.approximated("max_tokens", "lowered by the operator's policy");
            }
            root.put("max_output_tokens", cap);
        } else if (said != null && said < LEAST_TOKENS && (cap == null || cap >= LEAST_TOKENS)) {
            losses.approximated("max_tokens", "as 16, the least that the vendor takes");
            root.put("max_output_tokens", LEAST_TOKENS);
        } else if (said != null) {
            root.put("max_output_tokens", said);
        }
    }

    private void reasoning(@Nullable Reasoning reasoning) {
        if (reasoning == null) {
            return;
        }
        if (!reasons && !target.provider().quirks().contains(Quirk.TAKES_REASONING_EFFORT)) {
            if (reasoning.mode() != Reasoning.Mode.DISABLED) {
                losses.dropped("reasoning", "the model may not take an effort");
            }
            return;
        }
        var effort = effort(reasoning);
        if (effort != null) {
            root.withObjectProperty("reasoning").put("effort", effort.name().toLowerCase(Locale.ROOT));
        }
        if (reasoning.display() == Display.SUMMARIZED) {
            root.withObjectProperty("reasoning").put("summary", "auto");
        }
    }

    /** A budget stands for an effort, as in Chat Completions. */
    private @Nullable Effort effort(Reasoning reasoning) {
        if (reasoning.effort() != null) {
            return reasoning.effort();
        }
        return switch (reasoning.mode()) {
            case UNSAID, DISABLED, ADAPTIVE -> null;
            case BUDGET -> {
                losses.approximated("thinking.budget_tokens", "as a reasoning effort");
                var budget = reasoning.budgetTokens();
                yield budget <= 4_096 ? Effort.LOW : budget <= 16_384 ? Effort.MEDIUM : Effort.HIGH;
            }
        };
    }

    private void format(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.Text() -> {}
            case ResponseFormat.JsonObject() ->
                root.withObjectProperty("text").putObject("format").put("type", "json_object");
            case ResponseFormat.JsonSchema(var name, var description, var schema, var strict) -> {
                var json = root.withObjectProperty("text")
                        .putObject("format")
                        .put("type", "json_schema")
                        .put("name", name);
                if (description != null) {
                    json.put("description", description);
                }
                json.set("schema", schema);
                json.put("strict", strict == null ? StrictSchema.fits(schema) : strict);
            }
        }
    }

    private void origin(Origin origin) {
        var user = origin.user();
        if (user != null) {
            root.put("user", user.length() > LONGEST_USER ? digest(user) : user);
        }
        if (!origin.metadata().isEmpty()) {
            origin.metadata().forEach(root.putObject("metadata")::put);
        }
        switch (origin.serviceTier()) {
            case null -> {}
            case "standard_only" -> root.put("service_tier", "default");
            case String tier -> root.put("service_tier", tier);
        }
    }

    /** OpenAI takes 64 characters; a digest is as stable and as opaque as the id. */
    private String digest(String user) {
        losses.approximated("user", "as its SHA-256, for its length");
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
