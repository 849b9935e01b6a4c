package dev.laneway.dialects.openai;

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
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.ResponseFormat;
import dev.laneway.dialects.providers.Quirk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@code CreateChatCompletionRequest} from the neutral model. What is lost is in the module's README, field by field. */
final class RequestWriter {
    private static final int LONGEST_USER = 64;
    private static final int MOST_STOPS = 4;

    private final Target target;
    private final Losses losses;
    private final Set<Quirk> quirks;
    private final boolean reasons;
    private final ObjectNode root = Json.object();

    RequestWriter(Target target, Losses losses) {
        this.target = target;
        this.losses = losses;
        this.quirks = EnumSet.noneOf(Quirk.class);
        quirks.addAll(target.provider().quirks());
        if (!Models.takeBreakpoints(target.model())) {
            quirks.remove(Quirk.READS_CACHE_BREAKPOINTS);
        }
        this.reasons = (target.provider().name().equals("openai")
                        || target.provider().name().equals("azure"))
                && Models.reason(target.model());
    }

    ObjectNode write(ChatRequest request) {
        root.put("model", target.model());
        new MessageWriter(quirks, losses).write(request.messages(), root.putArray("messages"));
        new ToolWriter(losses).write(request.tooling(), root);
        sampling(request.sampling());
        output(request.output());
        origin(request.origin());
        if (target.stream()) {
            root.put("stream", true);
            if (!quirks.contains(Quirk.NO_STREAM_OPTIONS)) {
                root.putObject("stream_options").put("include_usage", true);
            }
        }
        var extras = request.extras().in(Dialect.OPENAI_CHAT);
        extras.forEach(root::set);
        if (extras.isEmpty()) {
            request.extras()
                    .fields()
                    .keySet()
                    .forEach(name -> losses.dropped(name, "Chat Completions has no such field"));
        }
        for (var name : target.policy().dropParams()) {
            if (root.remove(name) != null) {
                losses.dropped(name, "by the operator's policy");
            }
        }
        return root;
    }

    private void sampling(Sampling sampling) {
        if (reasons) {
            refusedByReasoning("temperature", sampling.temperature());
            refusedByReasoning("top_p", sampling.topP());
        } else {
            put("temperature", sampling.temperature());
            put("top_p", sampling.topP());
        }
        put("frequency_penalty", sampling.frequencyPenalty());
        put("presence_penalty", sampling.presencePenalty());
        if (sampling.topK() != null) {
            losses.dropped("top_k", "Chat Completions has no such field");
        }
        if (sampling.seed() != null) {
            root.put("seed", sampling.seed());
        }
        if (sampling.n() > 1) {
            root.put("n", sampling.n());
        }
        if (sampling.topLogprobs() != null) {
            root.put("logprobs", true);
            if (sampling.topLogprobs() > 0) {
                root.put("top_logprobs", sampling.topLogprobs());
            }
        }
        if (!sampling.logitBias().isEmpty()) {
            var bias = root.putObject("logit_bias");
            sampling.logitBias().forEach(bias::put);
        }
    }

    private void refusedByReasoning(String name, @Nullable Double value) {
        if (value != null && value != 1) {
            losses.dropped(name, "the model takes none");
        }
    }

    private void put(String name, @Nullable Double value) {
        if (value != null) {
            root.put(name, value);
        }
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
            root.put(quirks.contains(Quirk.MAX_TOKENS_ONLY) ? "max_tokens" : "max_completion_tokens", limit);
        }
        if (output.stop().size() > MOST_STOPS && !target.provider().selfHosted()) {
            losses.refuse("More than 4 stop sequences can't be sent to this vendor.");
        } else if (!output.stop().isEmpty()) {
            output.stop().forEach(root.withArrayProperty("stop")::add);
        }
        if (output.verbosity() != null) {
            root.put("verbosity", output.verbosity());
        }
        reasoning(output.reasoning());
        format(output.format());
    }

    private void reasoning(@Nullable Reasoning reasoning) {
        var effort = reasoning == null ? null : effort(reasoning);
        if (effort == null) {
            return;
        }
        if (reasons || quirks.contains(Quirk.TAKES_REASONING_EFFORT)) {
            root.put("reasoning_effort", effort.name().toLowerCase(Locale.ROOT));
        } else {
            losses.dropped("reasoning", "the model may not take an effort");
        }
    }

    /** A budget stands for an effort: up to 4,096 tokens low, up to 16,384 medium, above it high. */
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
                root.putObject("response_format").put("type", "json_object");
            case ResponseFormat.JsonSchema(var name, var description, var schema, var strict) -> {
                var json = root.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema");
                json.put("name", name);
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
        if (user != null && quirks.contains(Quirk.NO_USER)) {
            losses.dropped("user", "the vendor does not take it");
        } else if (user != null) {
            root.put("user", user.length() > LONGEST_USER ? digest(user) : user);
        }
        labels(origin.metadata());
        switch (origin.serviceTier()) {
            case null -> {}
            case "standard_only" -> root.put("service_tier", "default");
            case String tier -> root.put("service_tier", tier);
        }
    }

    private void labels(Map<String, String> metadata) {
        if (!metadata.isEmpty()) {
            var labels = root.putObject("metadata");
            metadata.forEach(labels::put);
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
