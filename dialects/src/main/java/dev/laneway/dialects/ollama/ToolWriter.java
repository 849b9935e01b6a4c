package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code tools}. Ollama has no choice of them: to forbid or to allow some, the others are left out; a model can't be made to
 * call one.
 */
final class ToolWriter {
    private final Losses losses;

    ToolWriter(Losses losses) {
        this.losses = losses;
    }

    void write(Tooling tooling, ObjectNode root) {
        var offered = offered(tooling.choice());
        var tools = Json.object().putArray("tools");
        var left = 0;
        for (var tool : tooling.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    left++;
                    if (offered == null || offered.contains(function.name())) {
                        tools.add(function(function));
                    }
                }
                case Tool.Hosted(var _, var type, var _) -> losses.dropped("tool " + type, "another vendor runs it");
            }
        }
        if (left == 0 && !tooling.tools().isEmpty()) {
            losses.refuse("The tools of this request are run by another vendor, and can't be used here.");
        }
        if (Boolean.FALSE.equals(tooling.parallel()) && !tools.isEmpty()) {
            losses.dropped("parallel_tool_calls", "Ollama has no such field");
        }
        if (!tools.isEmpty()) {
            root.set("tools", tools);
        }
    }

    /** The names of what may be called; null for all. */
    private @Nullable List<String> offered(@Nullable ToolChoice choice) {
        return switch (choice) {
            case null -> null;
            case ToolChoice.Auto() -> null;
            case ToolChoice.None() -> List.of();
            case ToolChoice.Required() -> {
                unforced();
                yield null;
            }
            case ToolChoice.Named(var name) -> {
                unforced();
                yield List.of(name);
            }
            case ToolChoice.Allowed(var names, var required) -> {
                if (required) {
                    unforced();
                }
                yield names;
            }
        };
    }

    private void unforced() {
        losses.dropped("tool_choice", "Ollama's models can't be made to call a tool");
    }

    private ObjectNode function(Tool.Function function) {
        var json = Json.object().put("type", "function");
        var inner = json.putObject("function").put("name", function.name());
        if (function.description() != null) {
            inner.put("description", function.description());
        }
        inner.set("parameters", function.schema() == null ? Json.object().put("type", "object") : function.schema());
        if (Boolean.TRUE.equals(function.strict())) {
            losses.dropped("tools.strict", "Ollama has no such field");
        }
        if (function.cache() != null) {
            losses.dropped("tools.cache_control", "the vendor reads no marks");
        }
        function.extras().in(Dialect.OLLAMA_CHAT).forEach(json::set);
        return json;
    }
}
