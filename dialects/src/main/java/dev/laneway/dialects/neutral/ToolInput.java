package dev.laneway.dialects.neutral;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.json.Json;

/**
 * A call's arguments as the object that Anthropic and Gemini want: the text where it holds one, empty for no text, and where a model wrote
 * something else, that text as the field {@code arguments}.
 */
public final class ToolInput {
    private ToolInput() {}

    public static ObjectNode of(String arguments) {
        if (arguments.isBlank()) {
            return Json.object();
        }
        var object = Json.object(arguments);
        return object == null ? Json.object().put("arguments", arguments) : object;
    }
}
