package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Display;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.Reasoning.Mode;
import dev.laneway.dialects.neutral.ResponseFormat;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code CreateChatCompletionRequest} into the neutral model, with what LiteLLM's and OpenRouter's users add: {@code
 * thinking}, {@code reasoning}, {@code top_k}. A body that {@link RequestRules} accepted is always readable.
 */
final class RequestReader {
    private RequestReader() {}

    static ChatRequest read(JsonNode root) {
        var fields = new FieldBag(root);
        var stream = Boolean.TRUE.equals(fields.flag("stream"));
        var options = fields.object("stream_options");
        return new ChatRequest(
                fields.text("model", ""),
                MessageReader.read(fields.items("messages")),
                tooling(fields),
                sampling(fields),
                output(fields),
                stream,
                options != null && options.path("include_usage").asBoolean(),
                origin(fields),
                new Extras(Dialect.OPENAI_CHAT, fields.rest()));
    }

    private static Tooling tooling(FieldBag fields) {
        var tools = new ArrayList<Tool>();
        for (var tool : fields.items("tools")) {
            tools.add(tool(tool));
        }
        for (var function : fields.items("functions")) {
            tools.add(function(new FieldBag(function), Map.of()));
        }
        var choice = choice(fields.take("tool_choice"));
        var legacy = choice(fields.take("function_call"));
        return new Tooling(tools, choice == null ? legacy : choice, fields.flag("parallel_tool_calls"));
    }

    private static Tool tool(JsonNode node) {
        var fields = new FieldBag(node);
        var type = fields.text("type", "function");
        var function = fields.object("function");
        if (function == null || !type.equals("function")) {
            return new Tool.Hosted(Dialect.OPENAI_CHAT, type, node);
        }
        return function(new FieldBag(function), fields.rest());
    }

    private static Tool function(FieldBag function, Map<String, JsonNode> beside) {
        var rest = new HashMap<>(beside);
        var mark = CacheMarks.take(rest);
        return new Tool.Function(
                function.text("name", ""),
                function.text("description"),
                function.object("parameters"),
                function.flag("strict"),
                mark == null ? CacheMarks.take(function.rest()) : mark,
                new Extras(Dialect.OPENAI_CHAT, rest));
    }

    private static @Nullable ToolChoice choice(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isTextual()) {
            return switch (node.textValue()) {
                case "none" -> new ToolChoice.None();
                case "required", "any" -> new ToolChoice.Required();
                default -> new ToolChoice.Auto();
            };
        }
        if (node.path("type").asText().equals("allowed_tools")) {
            var names = new ArrayList<String>();
            node.path("allowed_tools")
                    .path("tools")
                    .forEach(
                            tool -> names.add(tool.path("function").path("name").asText()));
            return new ToolChoice.Allowed(
                    names, node.path("allowed_tools").path("mode").asText().equals("required"));
        }
        var named = node.path("function").path("name");
        var name = named.isTextual() ? named : node.path("custom").path("name");
        return new ToolChoice.Named(
                name.isTextual() ? name.textValue() : node.path("name").asText());
    }

    private static Sampling sampling(FieldBag fields) {
        var logprobs = Boolean.TRUE.equals(fields.flag("logprobs"));
        var top = fields.count("top_logprobs");
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
                logprobs ? Integer.valueOf(top == null ? 0 : top) : null,
                bias);
    }

    private static Output output(FieldBag fields) {
        var newer = fields.count("max_completion_tokens");
        var older = fields.count("max_tokens");
        return new Output(
                newer == null ? older : newer,
                stop(fields.take("stop")),
                reasoning(fields),
                format(fields.object("response_format")),
                fields.text("verbosity"));
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

    private static @Nullable Reasoning reasoning(FieldBag fields) {
        var effort = effort(fields.text("reasoning_effort"));
        var thinking = fields.object("thinking");
        var router = fields.object("reasoning");
        if (thinking != null) {
            var budget = thinking.path("budget_tokens").asInt();
            var display = display(thinking.path("display").asText());
            return switch (thinking.path("type").asText()) {
                case "enabled" -> new Reasoning(budget > 0 ? Mode.BUDGET : Mode.ADAPTIVE, budget, effort, display);
                case "adaptive", "auto" -> new Reasoning(Mode.ADAPTIVE, 0, effort, display);
                default -> new Reasoning(Mode.DISABLED, 0, effort, null);
            };
        }
        if (router != null && effort == null) {
            var budget = router.path("max_tokens").asInt();
            effort = effort(router.path("effort").textValue());
            var off = router.has("enabled") && !router.path("enabled").asBoolean();
            var display = router.path("exclude").asBoolean() ? Display.OMITTED : null;
            return new Reasoning(
                    off ? Mode.DISABLED : budget > 0 ? Mode.BUDGET : Mode.UNSAID, off ? 0 : budget, effort, display);
        }
        if (effort == null) {
            return null;
        }
        return new Reasoning(effort == Effort.NONE ? Mode.DISABLED : Mode.UNSAID, 0, effort, null);
    }

    private static @Nullable Display display(String word) {
        return switch (word) {
            case "omitted" -> Display.OMITTED;
            case "summarized" -> Display.SUMMARIZED;
            default -> null;
        };
    }

    private static @Nullable Effort effort(@Nullable String word) {
        for (var effort : Effort.values()) {
            if (effort.name().toLowerCase(Locale.ROOT).equals(word)) {
                return effort;
            }
        }
        return null;
    }

    private static @Nullable ResponseFormat format(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        var schema = node.path("json_schema");
        return switch (node.path("type").asText()) {
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" ->
                new ResponseFormat.JsonSchema(
                        schema.path("name").asText("answer"),
                        schema.path("description").textValue(),
                        schema.path("schema").isObject() ? schema.path("schema") : Json.object(),
                        schema.path("strict").isBoolean()
                                ? schema.path("strict").booleanValue()
                                : null);
            default -> new ResponseFormat.Text();
        };
    }

    private static Origin origin(FieldBag fields) {
        var metadata = new HashMap<String, String>();
        var labels = fields.object("metadata");
        if (labels != null) {
            labels.properties()
                    .forEach(entry ->
                            metadata.put(entry.getKey(), entry.getValue().asText()));
        }
        var identifier = fields.text("safety_identifier");
        var user = fields.text("user");
        return new Origin(user == null ? identifier : user, metadata, fields.text("service_tier"));
    }
}
