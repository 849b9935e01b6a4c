package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import java.util.Set;

/**
 * Fits a JSON Schema to what Anthropic's structured outputs take: closed objects, and no bounds on numbers, strings and arrays
 * beyond {@code minItems} 0 and 1 ("JSON Schema limitations" of their structured outputs guide).
 */
public final class SchemaFit {
    private static final Set<String> BOUNDS = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties");

    private final Losses losses;

    public SchemaFit(Losses losses) {
        this.losses = losses;
    }

    public JsonNode fit(JsonNode schema) {
        var copy = schema.deepCopy();
        schema(copy);
        return copy;
    }

    private void schema(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            node.forEach(this::schema);
            return;
        }
        if (object.path("type").asText().equals("object")
                || object.path("properties").isObject()) {
            var open = object.path("additionalProperties");
            if (!open.isBoolean() || open.booleanValue()) {
                if (!open.isMissingNode()) {
                    losses.approximated("JSON schema", "additional properties closed");
                }
                object.put("additionalProperties", false);
            }
        }
        for (var bound : BOUNDS) {
            if (object.remove(bound) != null) {
                losses.approximated("JSON schema", "without " + bound);
            }
        }
        if (object.path("minItems").asInt() > 1) {
            object.put("minItems", 1);
            losses.approximated("JSON schema", "minItems as 1");
        }
        for (var entry : object.properties()) {
            switch (entry.getKey()) {
                case "properties", "$defs", "definitions", "patternProperties" ->
                    entry.getValue().forEach(this::schema);
                case "enum", "const", "default", "examples", "required" -> {}
                default -> schema(entry.getValue());
            }
        }
    }
}
