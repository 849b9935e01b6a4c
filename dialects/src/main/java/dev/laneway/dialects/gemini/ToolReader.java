package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.Tool;
import dev.laneway.dialects.neutral.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code tools} and {@code toolConfig}. */
final class ToolReader {
    private ToolReader() {}

    static Tooling read(@Nullable JsonNode tools, @Nullable JsonNode config) {
        var all = new ArrayList<Tool>();
        if (tools != null) {
            for (var tool : Spelling.each(tools)) {
                tool.properties().forEach(entry -> tool(entry.getKey(), entry.getValue(), all));
            }
        }
        return new Tooling(all, config == null ? null : choice(config), null);
    }

    /** Every kind of tool is a field of its own. */
    private static void tool(String spelled, JsonNode value, List<Tool> to) {
        var name = Spelling.camel(spelled);
        if (name.equals("functionDeclarations")) {
            for (var declaration : Spelling.each(value)) {
                to.add(function(Spelling.fields(declaration)));
            }
        } else if (!value.isNull()) {
            var json = Json.object();
            json.set(name, value);
            to.add(new Tool.Hosted(Dialect.GEMINI, name, json));
        }
    }

    private static Tool function(FieldBag fields) {
        var name = fields.text("name", "");
        var description = fields.text("description");
        var schema = fields.object("parametersJsonSchema");
        var openApi = fields.object("parameters");
        if (schema == null && openApi != null) {
            schema = OpenApiSchema.toJsonSchema(openApi);
        }
        return new Tool.Function(name, description, schema, null, null, new Extras(Dialect.GEMINI, fields.rest()));
    }

    private static @Nullable ToolChoice choice(JsonNode config) {
        var calling = Spelling.fields(config).object("functionCallingConfig");
        if (calling == null) {
            return null;
        }
        var fields = Spelling.fields(calling);
        var mode = fields.text("mode", "");
        var names = fields.items("allowedFunctionNames").stream()
                .map(JsonNode::asText)
                .toList();
        return switch (mode) {
            case "NONE" -> new ToolChoice.None();
            case "ANY" ->
                names.isEmpty()
                        ? new ToolChoice.Required()
                        : names.size() == 1
                                ? new ToolChoice.Named(names.getFirst())
                                : new ToolChoice.Allowed(names, true);
            default -> names.isEmpty() ? new ToolChoice.Auto() : new ToolChoice.Allowed(names, false);
        };
    }
}
