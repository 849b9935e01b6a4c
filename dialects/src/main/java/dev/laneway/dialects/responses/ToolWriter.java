package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;
import dev.laneway.dialects.openai.StrictSchema;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code tools} and {@code tool_choice}. A tool that another vendor hosts is left out, unless nothing would be left or the
 * request insists on it. Unsaid, {@code strict} would be true here and false elsewhere: it is always said.
 */
final class ToolWriter {
    private final Losses losses;

    ToolWriter(Losses losses) {
        this.losses = losses;
    }

    void write(Tooling tooling, ObjectNode root) {
        var tools = Json.object().putArray("tools");
        for (var tool : tooling.tools()) {
            switch (tool) {
                case Tool.Function function -> tools.add(function(function));
                case Tool.Hosted(var origin, var type, var json) -> {
                    if (origin == Dialect.OPENAI_RESPONSES) {
                        tools.add(json);
                    } else {
                        hosted(type, json.path("name").asText(), tooling.choice());
                    }
                }
            }
        }
        if (tools.isEmpty()) {
            if (!tooling.tools().isEmpty()) {
                losses.refuse("The tools of this request are run by another vendor, and can't be used here.");
            }
            return;
        }
        root.set("tools", tools);
        if (tooling.choice() != null) {
            choice(tooling.choice(), root);
        }
        if (tooling.parallel() != null) {
            root.put("parallel_tool_calls", tooling.parallel());
        }
    }

    private void hosted(String type, String name, @Nullable ToolChoice choice) {
        if (choice instanceof ToolChoice.Named(var named) && named.equals(name)) {
            losses.refuse("A tool of this request is run by another vendor, and can't be used here.");
        } else {
            losses.dropped("tool " + type, "another vendor runs it");
        }
    }

    private ObjectNode function(Tool.Function function) {
        var json = Json.object().put("type", "function").put("name", function.name());
        if (function.description() != null) {
            json.put("description", function.description());
        }
        var schema = function.schema();
        if (schema == null) {
            json.putObject("parameters").put("type", "object").putObject("properties");
        } else {
            json.set("parameters", schema);
        }
        json.put("strict", strict(function));
        if (function.cache() != null) {
            losses.dropped("tools.cache_control", "Responses has no such field");
        }
        var extras = function.extras();
        extras.in(Dialect.OPENAI_RESPONSES).forEach(json::set);
        if (extras.origin() != Dialect.OPENAI_RESPONSES) {
            extras.fields().keySet().forEach(name -> losses.dropped("tools." + name, "Responses has no such field"));
        }
        return json;
    }

    /** OpenAI's strict schemas have no optional properties; other vendors' may. */
    private boolean strict(Tool.Function function) {
        if (!Boolean.TRUE.equals(function.strict())) {
            return false;
        }
        if (function.schema() != null && !StrictSchema.fits(function.schema())) {
            losses.dropped("tools.strict", "the vendor wants every property to be required");
            return false;
        }
        return true;
    }

    private static void choice(ToolChoice choice, ObjectNode root) {
        switch (choice) {
            case ToolChoice.Auto() -> root.put("tool_choice", "auto");
            case ToolChoice.None() -> root.put("tool_choice", "none");
            case ToolChoice.Required() -> root.put("tool_choice", "required");
            case ToolChoice.Named(var name) ->
                root.putObject("tool_choice").put("type", "function").put("name", name);
            case ToolChoice.Allowed(var names, var required) -> {
                var allowed = root.putObject("tool_choice")
                        .put("type", "allowed_tools")
                        .put("mode", required ? "required" : "auto");
                var tools = allowed.putArray("tools");
                names.forEach(name -> tools.addObject().put("type", "function").put("name", name));
            }
        }
    }
}
