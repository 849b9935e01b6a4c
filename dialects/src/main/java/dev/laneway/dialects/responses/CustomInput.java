package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.json.Json;

/**
 * A custom tool, which takes free text, as a function with one string argument. A grammar that the text must follow can only be told
 * to the model, not enforced.
 */
final class CustomInput {
    private static final String ARGUMENT = "input";
    private static final String TOLD = "The whole input of the tool, as plain text.";

    private CustomInput() {}

    /** The function's schema. */
    static ObjectNode schema(JsonNode format) {
        var grammar = format.path("definition").asText("");
        var schema = Json.object().put("type", "object");
        schema.putObject("properties")
                .putObject(ARGUMENT)
                .put("type", "string")
                .put(
                        "description",
                        grammar.isEmpty()
                                ? TOLD
                                : TOLD + " It must follow this "
                                        + format.path("syntax").asText("") + " grammar:\n" + grammar);
        schema.putArray("required").add(ARGUMENT);
        return schema.put("additionalProperties", false);
    }

    /** The function's arguments for an input. */
    static String arguments(String input) {
        return Json.text(Json.object().put(ARGUMENT, input));
    }

    /** The input in a function's arguments; what the model wrote, where it did not keep to the schema. */
    static String input(String arguments) {
        var object = Json.object(arguments);
        var input = object == null ? null : object.path(ARGUMENT).textValue();
        return input == null ? arguments : input;
    }
}
