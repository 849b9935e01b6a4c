package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.json.Json;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Turns Google's {@code Schema}, a part of OpenAPI 3.0, into the JSON Schema that other vendors read: types in small letters, {@code
 * nullable} as a type, bounds as numbers.
 */
final class OpenApiSchema {
    private OpenApiSchema() {}

    static ObjectNode toJsonSchema(JsonNode schema) {
        var json = Json.object();
        var nullable = false;
        for (var entry : schema.properties()) {
            var name = Spelling.camel(entry.getKey());
            var value = entry.getValue();
            switch (name) {
                case "nullable" -> nullable = value.asBoolean();
                case "propertyOrdering" -> {}
                case "type" -> {
                    var type = value.asText().toLowerCase(Locale.ROOT);
                    if (!type.equals("type_unspecified")) {
                        json.put("type", type);
                    }
                }
                case "properties" -> {
                    var properties = json.putObject(name);
                    value.properties().forEach(inner -> properties.set(inner.getKey(), toJsonSchema(inner.getValue())));
                }
                case "items" -> json.set(name, toJsonSchema(value));
                case "anyOf", "prefixItems" -> {
                    var all = json.putArray(name);
                    value.forEach(one -> all.add(toJsonSchema(one)));
                }
                case "minimum",
                        "maximum",
                        "minItems",
                        "maxItems",
                        "minLength",
                        "maxLength",
                        "minProperties",
                        "maxProperties" -> bound(name, value, json);
                default -> json.set(name, value);
            }
        }
        if (nullable && json.path("type").isTextual()) {
            var type = json.path("type").textValue();
            json.putArray("type").add(type).add("null");
        }
        return json;
    }

    /** Google writes 64-bit integers in quotes. */
    private static void bound(String name, JsonNode value, ObjectNode to) {
        if (!value.isTextual()) {
            to.set(name, value);
            return;
        }
        try {
            to.put(name, new BigDecimal(value.textValue()));
        } catch (NumberFormatException e) {
            to.set(name, value);
        }
    }
}
