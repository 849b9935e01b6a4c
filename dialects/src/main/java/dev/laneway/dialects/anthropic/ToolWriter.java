package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code tools} and {@code tool_choice}. A history with calls needs tools: where the request offers none, their names are
 * declared and their use is forbidden.
 */
final class ToolWriter {
    private final ClaudeModel model;
    private final Losses losses;

    ToolWriter(ClaudeModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    void write(ChatRequest request, ObjectNode root) {
        var tooling = request.tooling();
        var tools = Json.object().putArray("tools");
        for (var tool : tooling.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (!(tooling.choice() instanceof ToolChoice.Allowed(var names, var _))
                            || names.contains(function.name())) {
                        function(function, tools.addObject());
                    }
                }
                case Tool.Hosted(var origin, var type, var json) -> {
                    if (origin == Dialect.ANTHROPIC_MESSAGES) {
                        tools.add(json);
                    } else {
                        hosted(type, json.path(type).path("name").asText(), tooling);
                    }
                }
            }
        }
        var offered = tooling.tools().stream().anyMatch(Tool.Function.class::isInstance);
        if (tools.isEmpty() && !tooling.tools().isEmpty() && !offered) {
            losses.refuse("The tools of this request are of kinds that this vendor does not have.");
        }
        if (tools.isEmpty() && declareHistory(request, tools)) {
            root.set("tools", tools);
            root.putObject("tool_choice").put("type", "none");
        } else if (!tools.isEmpty()) {
            root.set("tools", tools);
            choice(tooling.choice(), tooling.parallel(), root);
        }
    }

    private void hosted(String type, String name, Tooling tooling) {
        if (tooling.choice() instanceof ToolChoice.Named(var named) && named.equals(name)) {
            losses.refuse("A tool of this request is of a kind that this vendor does not have.");
        } else {
            losses.dropped("tool " + type, "the vendor has no such kind");
        }
    }

    private void function(Tool.Function function, ObjectNode json) {
        json.put("name", function.name());
        if (function.description() != null) {
            json.put("description", function.description());
        }
        var schema = function.schema() == null
                ? Json.object()
                : (ObjectNode) function.schema().deepCopy();
        if (!schema.has("type")) {
            schema.put("type", "object");
        }
        if (Boolean.TRUE.equals(function.strict()) && model.takesSchemas()) {
            json.set("input_schema", new SchemaFit(losses).fit(schema));
            json.put("strict", true);
        } else {
            json.set("input_schema", schema);
        }
        BlockWriter.mark(function.cache(), json);
        function.extras().in(Dialect.ANTHROPIC_MESSAGES).forEach(json::set);
    }

    private boolean declareHistory(ChatRequest request, ArrayNode tools) {
        var names = new TreeSet<String>();
        for (var message : request.messages()) {
            for (var part : message.parts()) {
                if (part instanceof Part.ToolUse use) {
                    names.add(use.name());
                }
            }
        }
        for (var name : List.copyOf(names)) {
            var tool = tools.addObject().put("name", name);
            tool.putObject("input_schema").put("type", "object");
        }
        return !names.isEmpty();
    }

    private void choice(@Nullable ToolChoice choice, @Nullable Boolean parallel, ObjectNode root) {
        var single = Boolean.FALSE.equals(parallel);
        if (choice == null && !single) {
            return;
        }
        var json = root.putObject("tool_choice");
        switch (choice) {
            case null -> json.put("type", "auto");
            case ToolChoice.Auto() -> json.put("type", "auto");
            case ToolChoice.None() -> json.put("type", "none");
            case ToolChoice.Required() -> forced(json.put("type", "any"));
            case ToolChoice.Named(var name) -> forced(json.put("type", "tool").put("name", name));
            case ToolChoice.Allowed(var _, var required) -> {
                if (required) {
                    forced(json.put("type", "any"));
                } else {
                    json.put("type", "auto");
                }
            }
        }
        if (single && !(choice instanceof ToolChoice.None)) {
            json.put("disable_parallel_tool_use", true);
        }
    }

    private void forced(ObjectNode choice) {
        if (!model.takesForcedTools()) {
            losses.refuse("This model can't be made to call a tool (tool_choice "
                    + choice.path("type").asText() + ").");
        }
    }
}
