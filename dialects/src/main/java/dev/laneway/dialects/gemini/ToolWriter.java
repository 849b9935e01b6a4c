package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;
import java.util.List;

/**
 * Writes {@code tools} and {@code toolConfig}. A tool that another vendor hosts is left out, unless nothing would be left or the
 * request insists on it.
 */
final class ToolWriter {
    private final Losses losses;

    ToolWriter(Losses losses) {
        this.losses = losses;
    }

    void write(Tooling tooling, ObjectNode root) {
        var declarations = Json.object().putArray("functionDeclarations");
        var tools = Json.object().putArray("tools");
        for (var tool : tooling.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (!(tooling.choice() instanceof ToolChoice.Allowed(var names, var _))
                            || names.contains(function.name())) {
                        declarations.add(function(function));
                    }
                }
                case Tool.Hosted(var origin, var type, var json) -> {
                    if (origin == Dialect.GEMINI) {
                        tools.add(json);
                    } else {
                        hosted(
                                type,
                                json.path("name")
                                        .asText(json.path(type).path("name").asText()),
                                tooling);
                    }
                }
            }
        }
        if (!declarations.isEmpty()) {
            tools.insertObject(0).set("functionDeclarations", declarations);
        }
        if (tools.isEmpty()) {
            if (!tooling.tools().isEmpty()) {
                losses.refuse("The tools of this request are of kinds that this vendor does not have.");
            }
            return;
        }
        root.set("tools", tools);
        choice(tooling, root);
    }

    private void hosted(String type, String name, Tooling tooling) {
        if (tooling.choice() instanceof ToolChoice.Named(var named) && named.equals(name)) {
            losses.refuse("A tool of this request is of a kind that this vendor does not have.");
        } else {
            losses.dropped("tool " + type, "the vendor has no such kind");
        }
    }

    private ObjectNode function(Tool.Function function) {
        var json = Json.object().put("name", function.name());
        if (function.description() != null) {
            json.put("description", function.description());
        }
        if (function.schema() != null) {
            json.set("parametersJsonSchema", new SchemaFit(losses).fit(function.schema()));
        }
        if (function.cache() != null) {
            losses.dropped("tools.cache_control", "Gemini has no such field");
        }
        function.extras().in(Dialect.GEMINI).forEach(json::set);
        if (function.extras().origin() != Dialect.GEMINI) {
            function.extras()
                    .fields()
                    .keySet()
                    .forEach(name -> losses.dropped("tools." + name, "Gemini has no such field"));
        }
        return json;
    }

    private void choice(Tooling tooling, ObjectNode root) {
        if (Boolean.FALSE.equals(tooling.parallel())) {
            losses.dropped("parallel_tool_calls", "Gemini has no such field");
        }
        switch (tooling.choice()) {
            case null -> {}
            case ToolChoice.Auto() -> mode("AUTO", List.of(), root);
            case ToolChoice.None() -> mode("NONE", List.of(), root);
            case ToolChoice.Required() -> mode("ANY", List.of(), root);
            case ToolChoice.Named(var name) -> mode("ANY", List.of(name), root);
            case ToolChoice.Allowed(var names, var required) ->
                mode(required ? "ANY" : "AUTO", required ? names : List.of(), root);
        }
    }

    private static void mode(String mode, List<String> names, ObjectNode root) {
        var calling =
                root.putObject("toolConfig").putObject("functionCallingConfig").put("mode", mode);
        if (!names.isEmpty()) {
            var allowed = calling.putArray("allowedFunctionNames");
            names.forEach(allowed::add);
        }
    }
}
