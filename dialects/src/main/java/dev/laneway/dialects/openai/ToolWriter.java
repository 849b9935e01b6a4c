package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;

/**
 * Writes {@code tools} and {@code tool_choice}. A tool that another vendor hosts is left out, unless nothing would be left or the
 * request insists on it.
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
                    if (origin == Dialect.OPENAI_CHAT) {
                        tools.add(json);
                    } else {
                        hosted(type, json.path("name").asText(), tooling);
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

    private void hosted(String type, String name, Tooling tooling) {
        if (tooling.choice() instanceof ToolChoice.Named(var named) && named.equals(name)) {
            losses.refuse("A tool of this request is run by another vendor, and can't be used here.");
        } else {
            losses.dropped("tool " + type, "another vendor runs it");
        }
    }

    private ObjectNode function(Tool.Function function) {
        var json = Json.object().put("type", "function");
        var inner = json.putObject("function").put("name", function.name());
        if (function.description() != null) {
            inner.put("description", function.description());
        }
        if (function.schema() != null) {
            inner.set("parameters", function.schema());
        }
        if (function.strict() != null) {
            strict(function, inner);
        }
        if (function.cache() != null) {
            losses.dropped("tools.cache_control", "Chat Completions has no such field");
        }
        var extras = function.extras();
        extras.in(Dialect.OPENAI_CHAT).forEach(json::set);
        if (extras.origin() != Dialect.OPENAI_CHAT) {
            extras.fields()
                    .keySet()
                    .forEach(name -> losses.dropped("tools." + name, "Chat Completions has no such field"));
        }
        return json;
    }

    /** Anthropic's strict tools may have optional properties, OpenAI's may not. */
    private void strict(Tool.Function function, ObjectNode json) {
        var foreign = function.extras().origin() != Dialect.OPENAI_CHAT;
        if (foreign && function.schema() != null && !StrictSchema.fits(function.schema())) {
            losses.dropped("tools.strict", "the vendor wants every property to be required");
        } else {
            json.put("strict", function.strict());
        }
    }

    private static void choice(ToolChoice choice, ObjectNode root) {
        switch (choice) {
            case ToolChoice.Auto() -> root.put("tool_choice", "auto");
            case ToolChoice.None() -> root.put("tool_choice", "none");
            case ToolChoice.Required() -> root.put("tool_choice", "required");
            case ToolChoice.Named(var name) ->
                root.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", name);
            case ToolChoice.Allowed(var names, var required) -> {
                var allowed = root.putObject("tool_choice")
                        .put("type", "allowed_tools")
                        .putObject("allowed_tools");
                allowed.put("mode", required ? "required" : "auto");
                var tools = allowed.putArray("tools");
                names.forEach(name -> tools.addObject()
                        .put("type", "function")
                        .putObject("function")
                        .put("name", name));
            }
        }
    }
}
