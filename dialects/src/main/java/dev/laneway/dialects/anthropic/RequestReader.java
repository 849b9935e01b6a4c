package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Display;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.Reasoning.Mode;
import dev.laneway.dialects.neutral.ResponseFormat;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a Messages request into the neutral model. A body that {@link RequestRules} accepted is always readable. */
final class RequestReader {
    private RequestReader() {}

    static ChatRequest read(JsonNode root) {
        var fields = new FieldBag(root);
        var messages = new ArrayList<Message>();
        var system = fields.take("system");
        if (system != null) {
            messages.add(new Message(Role.SYSTEM, BlockReader.content(system)));
        }
        for (var message : fields.items("messages")) {
            messages(message, messages);
        }
        var metadata = fields.object("metadata");
        var stream = Boolean.TRUE.equals(fields.flag("stream"));
        var choice = fields.object("tool_choice");
        return new ChatRequest(
                fields.text("model", ""),
                messages,
                new Tooling(tools(fields.items("tools")), choice(choice), parallel(choice)),
                sampling(fields),
                output(fields),
                stream,
                true,
                new Origin(
                        metadata == null ? null : metadata.path("user_id").textValue(),
                        Map.of(),
                        fields.text("service_tier")),
                new Extras(Dialect.ANTHROPIC_MESSAGES, fields.rest()));
    }

    /** A user's turn may hold results of tools and more; the results come first, as every dialect wants them. */
    private static void messages(JsonNode node, List<Message> to) {
        var fields = new FieldBag(node);
        var role = fields.text("role", "user");
        var parts = BlockReader.content(fields.take("content"));
        var extras = new Extras(Dialect.ANTHROPIC_MESSAGES, fields.rest());
        switch (role) {
            case "assistant" -> to.add(new Message(Role.ASSISTANT, parts, null, extras));
            case "system" -> to.add(new Message(Role.SYSTEM, parts, null, extras));
            default -> {
                var results = parts.stream().filter(BlockReader::isToolResult).toList();
                var others = parts.stream()
                        .filter(part -> !BlockReader.isToolResult(part))
                        .toList();
                if (!results.isEmpty()) {
                    to.add(new Message(Role.TOOL, results));
                }
                if (!others.isEmpty() || results.isEmpty()) {
                    to.add(new Message(Role.USER, others, null, extras));
                }
            }
        }
    }

    private static List<Tool> tools(List<JsonNode> nodes) {
        var tools = new ArrayList<Tool>();
        for (var node : nodes) {
            var fields = new FieldBag(node);
            var type = fields.text("type", "custom");
            if (!type.equals("custom")) {
                tools.add(new Tool.Hosted(Dialect.ANTHROPIC_MESSAGES, type, node));
                continue;
            }
            tools.add(new Tool.Function(
                    fields.text("name", ""),
                    fields.text("description"),
                    fields.object("input_schema"),
                    fields.flag("strict"),
                    BlockReader.mark(fields),
                    new Extras(Dialect.ANTHROPIC_MESSAGES, fields.rest())));
        }
        return tools;
    }

    private static @Nullable ToolChoice choice(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        return switch (node.path("type").asText()) {
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(node.path("name").asText());
            default -> new ToolChoice.Auto();
        };
    }

    private static @Nullable Boolean parallel(@Nullable JsonNode choice) {
        var disabled = choice == null ? null : choice.get("disable_parallel_tool_use");
        if (disabled == null || !disabled.isBoolean()) {
            return null;
        }
        return !disabled.booleanValue();
    }

    private static Sampling sampling(FieldBag fields) {
        return new Sampling(
                fields.real("temperature"),
                fields.real("top_p"),
                fields.count("top_k"),
                null,
                null,
                null,
                1,
                null,
                Map.of());
    }

    private static Output output(FieldBag fields) {
        var config = fields.object("output_config");
        var format = config == null ? null : config.get("format");
        var older = fields.object("output_format");
        var stop = fields.items("stop_sequences").stream().map(JsonNode::asText).toList();
        return new Output(
                fields.count("max_tokens"),
                stop,
                reasoning(fields.object("thinking"), config),
                format(format == null || format.isNull() ? older : format),
                null);
    }

    private static @Nullable Reasoning reasoning(@Nullable JsonNode thinking, @Nullable JsonNode config) {
        var effort = effort(config == null ? null : config.path("effort").textValue());
        if (thinking == null) {
            return effort == null ? null : new Reasoning(Mode.UNSAID, 0, effort, null);
        }
        var display = switch (thinking.path("display").asText()) {
            case "omitted" -> Display.OMITTED;
            case "summarized" -> Display.SUMMARIZED;
            default -> null;
        };
        return switch (thinking.path("type").asText()) {
            case "enabled" ->
                new Reasoning(Mode.BUDGET, thinking.path("budget_tokens").asInt(), effort, display);
            case "disabled", "between_tools" -> new Reasoning(Mode.DISABLED, 0, effort, display);
            default -> new Reasoning(Mode.ADAPTIVE, 0, effort, display);
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
        return node != null && node.path("schema").isObject()
                ? new ResponseFormat.JsonSchema("answer", null, node.path("schema"), null)
                : null;
    }
}
