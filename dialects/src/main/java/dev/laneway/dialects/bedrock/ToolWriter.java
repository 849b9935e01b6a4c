package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.anthropic.SchemaFit;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code toolConfig}. A history with calls needs one: where the request offers no tools, their names are declared. Tools can't be
 * forbidden while they are declared.
 */
final class ToolWriter {
    private final BedrockModel model;
    private final Losses losses;

    ToolWriter(BedrockModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    void write(ChatRequest request, ObjectNode root) {
        var tooling = request.tooling();
        var forbidden = tooling.choice() instanceof ToolChoice.None;
        var past = past(request);
        var tools = Json.object().putArray("tools");
        if (!forbidden || !past.isEmpty()) {
            offered(tooling, tools);
        }
        if (tools.isEmpty()) {
            past.forEach(name ->
                    spec(name, tools).putObject("inputSchema").putObject("json").put("type", "object"));
            forbidden = !past.isEmpty();
        }
        if (tools.isEmpty()) {
            return;
        }
        if (forbidden) {
            losses.approximated("tool_choice none", "as auto: the vendor can't be told to call none");
        }
        var config = root.putObject("toolConfig");
        config.set("tools", tools);
        choice(tooling.choice(), config);
        if (Boolean.FALSE.equals(tooling.parallel())) {
            losses.dropped("parallel_tool_calls", "Converse has no such field");
        }
    }

    private void offered(Tooling tooling, ArrayNode tools) {
        for (var tool : tooling.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (!(tooling.choice() instanceof ToolChoice.Allowed(var names, var _))
                            || names.contains(function.name())) {
                        function(function, tools);
                    }
                }
                case Tool.Hosted(var _, var type, var json) -> {
                    var name = json.path(type).path("name").asText();
                    if (tooling.choice() instanceof ToolChoice.Named(var named) && named.equals(name)) {
                        losses.refuse("A tool of this request is of a kind that this vendor does not have.");
                    } else {
                        losses.dropped("tool " + type, "the vendor has no such kind");
                    }
                }
            }
        }
        if (!tooling.tools().isEmpty() && tooling.tools().stream().noneMatch(Tool.Function.class::isInstance)) {
            losses.refuse("The tools of this request are of kinds that this vendor does not have.");
        }
    }

    private static ObjectNode spec(String name, ArrayNode tools) {
        return tools.addObject().putObject("toolSpec").put("name", name);
    }

    private void function(Tool.Function function, ArrayNode tools) {
        var spec = spec(function.name(), tools);
        if (function.description() != null && !function.description().isEmpty()) {
            spec.put("description", function.description());
        }
        var schema = function.schema() instanceof ObjectNode object ? object.deepCopy() : Json.object();
        if (!schema.has("type")) {
            schema.put("type", "object");
        }
        if (Boolean.TRUE.equals(function.strict()) && model.isClaude() && model.takesSchemas()) {
            spec.putObject("inputSchema").set("json", new SchemaFit(losses).fit(schema));
            spec.put("strict", true);
        } else {
            spec.putObject("inputSchema").set("json", schema);
        }
        BlockWriter.mark(model, function.cache(), tools, losses);
    }

    private static Set<String> past(ChatRequest request) {
        var names = new TreeSet<String>();
        for (var message : request.messages()) {
            for (var part : message.parts()) {
                if (part instanceof Part.ToolUse use) {
                    names.add(use.name());
                }
            }
        }
        return names;
    }

    private void choice(@Nullable ToolChoice choice, ObjectNode config) {
        switch (choice) {
            case null -> {}
            case ToolChoice.None() -> {}
            case ToolChoice.Auto() -> config.putObject("toolChoice").putObject("auto");
            case ToolChoice.Required() -> forced(config).putObject("any");
            case ToolChoice.Named(var name) -> forced(config).putObject("tool").put("name", name);
            case ToolChoice.Allowed(var _, var required) -> {
                if (required) {
                    forced(config).putObject("any");
                } else {
                    config.putObject("toolChoice").putObject("auto");
                }
            }
        }
    }

    private ObjectNode forced(ObjectNode config) {
        if (model.isClaude() && !model.claude().takesForcedTools()) {
            losses.refuse("This model can't be made to call a tool.");
        }
        return config.putObject("toolChoice");
    }
}
