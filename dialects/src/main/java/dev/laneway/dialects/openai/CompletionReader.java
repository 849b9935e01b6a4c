package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code CreateCompletionRequest} as a chat of one message. Refused is what no chat can do: several prompts, tokens, a text
 * that is to follow, the prompt once more in front of the answer. What it can do without stays among the extras, to be dropped by
 * name: {@code best_of} and {@code logprobs}.
 */
final class CompletionReader {
    private CompletionReader() {}

    static Parsed read(byte[] body) {
        var root = Json.tree(body);
        if (root == null || !root.isObject()) {
            return refused("The body could not be read as JSON.");
        }
        var fields = new FieldBag(root);
        var prompt = prompt(fields.take("prompt"));
        var suffix = fields.text("suffix");
        if (prompt == null) {
            return refused("This vendor only chats: it takes one prompt a request, as text.");
        }
        if (suffix != null && !suffix.isEmpty()) {
            return refused("This vendor only chats: it can't write what comes before a suffix.");
        }
        if (Boolean.TRUE.equals(fields.flag("echo"))) {
            return refused("This vendor only chats: it can't echo the prompt.");
        }
        return new Parsed.Request(request(fields, prompt));
    }

    private static ChatRequest request(FieldBag fields, String prompt) {
        var stream = Boolean.TRUE.equals(fields.flag("stream"));
        var options = fields.object("stream_options");
        var limit = fields.count("max_tokens");
        return new ChatRequest(
                fields.text("model", ""),
                List.of(new Message(Message.Role.USER, List.of(new Part.Text(prompt)))),
                Tooling.NONE,
                sampling(fields),
                new Output(limit == null || limit == 0 ? null : limit, stop(fields.take("stop")), null, null, null),
                stream,
                options != null && options.path("include_usage").asBoolean(),
                new Origin(fields.text("user"), Map.of(), fields.text("service_tier")),
                new Extras(Dialect.OPENAI_COMPLETIONS, fields.rest()));
    }

    private static Parsed refused(String why) {
        return new Parsed.Unreadable(Failure.of(FailureKind.REJECTED, why));
    }

    private static @Nullable String prompt(@Nullable JsonNode prompt) {
        if (prompt == null || prompt.isTextual()) {
            return prompt == null ? null : prompt.textValue();
        }
        return prompt.size() == 1 ? prompt.path(0).textValue() : null;
    }

    private static Sampling sampling(FieldBag fields) {
        var n = fields.count("n");
        var bias = new HashMap<String, Double>();
        var biases = fields.object("logit_bias");
        if (biases != null) {
            biases.properties()
                    .forEach(entry -> bias.put(entry.getKey(), entry.getValue().asDouble()));
        }
        return new Sampling(
                fields.real("temperature"),
                fields.real("top_p"),
                fields.count("top_k"),
                fields.real("frequency_penalty"),
                fields.real("presence_penalty"),
                fields.whole("seed"),
                n == null ? 1 : n,
                null,
                bias);
    }

    private static List<String> stop(@Nullable JsonNode node) {
        var stop = new ArrayList<String>();
        if (node != null && node.isTextual()) {
            stop.add(node.textValue());
        } else if (node != null) {
            node.forEach(item -> stop.add(item.asText()));
        }
        return stop;
    }
}
