package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.json.Json;

/**
 * A call's arguments as the object that Ollama has: the text where it holds one, empty for no text, and where a model wrote something
 * else, that text as the field {@code arguments}.
 */
final class Arguments {
    private Arguments() {}

    static ObjectNode of(String json) {
        if (json.isBlank()) {
            return Json.object();
        }
        var object = Json.object(json);
        return object == null ? Json.object().put("arguments", json) : object;
    }
}
