package dev.laneway.dialects.responses;

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

/** Reads {@code CreateResponse} into the neutral model. A body that {@link RequestRules} accepted is always readable. */
final class RequestReader {
    /** What concerns the gateway alone, or is the way of every vendor: nothing is lost where they are not sent. */
    private static final List<String> SETTLED = List.of(
            "store",
            "background",
            "previous_response_id",
            "include",
            "stream_options",
            "client_metadata",
            "prompt_cache_key",
            "prompt_cache_retention");

    private RequestReader() {}

    static ChatRequest read(JsonNode root) {
        var fields = new FieldBag(root);
        SETTLED.forEach(fields::take);
        if ("disabled".equals(root.path("truncation").textValue())) {
            fields.take("truncation");
        }
        return new ChatRequest(
                fields.text("model", ""),
                InputReader.read(fields.take("instructions"), fields.take("input")),
                tooling(fields),
                sampling(fields),
                output(fields),
                Boolean.TRUE.equals(fields.flag("stream")),
                true,
                origin(fields),
                new Extras(Dialect.OPENAI_RESPONSES, fields.rest()));
    }

    private static Tooling tooling(FieldBag fields) {
        var tools = new ArrayList<Tool>();
        for (var tool : fields.items("tools")) {
            if (tool.path("type").asText().equals("namespace")) {
                var namespace = tool.path("name").asText();
                tool.path("tools").forEach(inner -> tools.add(tool(inner, namespace)));
            } else {
                tools.add(tool(tool, null));
            }
        }
        return new Tooling(tools, choice(fields.take("tool_choice")), fields.flag("parallel_tool_calls"));
    }

    private static Tool tool(JsonNode node, @Nullable String namespace) {
        var fields = new FieldBag(node);
        var type = fields.text("type", "");
        var name = ToolNames.flat(namespace, fields.text("name", ""));
        return switch (type) {
            case "function" ->
                new Tool.Function(
                        name,
                        fields.text("description"),
                        fields.object("parameters"),
                        fields.flag("strict"),
                        null,
                        new Extras(Dialect.OPENAI_RESPONSES, fields.rest()));
            case "custom" ->
                new Tool.Function(
                        name,
                        fields.text("description"),
                        CustomInput.schema(node.path("format")),
                        null,
                        null,
                        Extras.NONE);
            default -> new Tool.Hosted(Dialect.OPENAI_RESPONSES, type, node);
        };
    }

    private static @Nullable ToolChoice choice(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isTextual()) {
            return switch (node.textValue()) {
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> new ToolChoice.Auto();
            };
        }
        if (node.path("type").asText().equals("allowed_tools")) {
            var names = new ArrayList<String>();
            node.path("tools").forEach(tool -> names.add(named(tool)));
            return new ToolChoice.Allowed(names, node.path("mode").asText().equals("required"));
        }
        return new ToolChoice.Named(named(node));
    }

    /** A hosted tool has its type for a name. */
    private static String named(JsonNode tool) {
        var name = tool.path("name").textValue();
        return name == null
                ? tool.path("type").asText()
                : ToolNames.flat(tool.path("namespace").textValue(), name);
    }

    private static Sampling sampling(FieldBag fields) {
        return new Sampling(
                fields.real("temperature"),
                fields.real("top_p"),
                null,
                null,
                null,
                null,
                1,
                fields.count("top_logprobs"),
                Map.of());
    }

    private static Output output(FieldBag fields) {
        var text = fields.object("text");
        return new Output(
                fields.count("max_output_tokens"),
                List.of(),
                reasoning(fields.object("reasoning")),
                text == null ? null : format(text.path("format")),
                text == null ? null : text.path("verbosity").textValue());
    }

    private static @Nullable Reasoning reasoning(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        var effort = effort(node.path("effort").textValue());
        var summary = node.path("summary").isTextual() ? node.path("summary") : node.path("generate_summary");
        var display = summary.isTextual() && !summary.textValue().equals("none") ? Display.SUMMARIZED : null;
        if (effort == null && display == null) {
            return null;
        }
        return new Reasoning(effort == Effort.NONE ? Mode.DISABLED : Mode.UNSAID, 0, effort, display);
    }

    private static @Nullable Effort effort(@Nullable String word) {
        for (var effort : Effort.values()) {
            if (effort.name().toLowerCase(Locale.ROOT).equals(word)) {
                return effort;
            }
        }
        return null;
    }

    private static @Nullable ResponseFormat format(JsonNode node) {
        return switch (node.path("type").asText()) {
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" ->
                new ResponseFormat.JsonSchema(
                        node.path("name").asText("answer"),
                        node.path("description").textValue(),
                        node.path("schema").isObject() ? node.path("schema") : Json.object(),
                        node.path("strict").isBoolean() ? node.path("strict").booleanValue() : null);
            case "text" -> new ResponseFormat.Text();
            default -> null;
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
