package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import java.util.Set;

/**
 * Fits a JSON Schema to the part of it that Gemini takes as {@code parametersJsonSchema} and {@code responseJsonSchema}: the keywords
 * that Google lists for them, a constant as an enumeration of one, an open bound as a closed one. What else a schema demands is left
 * out: it then says less.
 */
final class SchemaFit {
    private static final Set<String> TAKEN = Set.of(
            "$id",
            "$defs",
            "$ref",
            "$anchor",
            "type",
            "format",
            "title",
            "description",
            "enum",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "anyOf",
            "oneOf",
            "properties",
            "additionalProperties",
            "required",
            "propertyOrdering");
    /** They demand nothing. */
    private static final Set<String> IDLE =
            Set.of("$schema", "$comment", "default", "examples", "deprecated", "readOnly", "writeOnly", "strict");

    private final Losses losses;

    SchemaFit(Losses losses) {
        this.losses = losses;
    }

    JsonNode fit(JsonNode schema) {
        return schema instanceof ObjectNode object ? object(object) : schema;
    }

    private ObjectNode object(ObjectNode schema) {
        var fitted = Json.object();
        for (var entry : schema.properties()) {
            var name = entry.getKey();
            var value = entry.getValue();
            switch (name) {
                case "properties", "$defs" -> {
                    var inner = fitted.putObject(name);
                    value.properties().forEach(one -> inner.set(one.getKey(), fit(one.getValue())));
                }
                case "definitions" -> {
                    var inner = fitted.withObjectProperty("$defs");
                    value.properties().forEach(one -> inner.set(one.getKey(), fit(one.getValue())));
                }
                case "anyOf", "oneOf", "prefixItems" -> {
                    var all = fitted.putArray(name);
                    value.forEach(one -> all.add(fit(one)));
                }
                case "$ref" -> fitted.put(name, value.asText().replace("#/definitions/", "#/$defs/"));
                case "const" -> fitted.putArray("enum").add(value);
                case "exclusiveMinimum" -> bound("minimum", value, fitted);
                case "exclusiveMaximum" -> bound("maximum", value, fitted);
                case "allOf" -> merge(value, fitted);
                default -> {
                    if (TAKEN.contains(name)) {
                        fitted.set(name, value.isObject() ? fit(value) : value);
                    } else if (!IDLE.contains(name)) {
                        losses.approximated("JSON schema", "without " + name);
                    }
                }
            }
        }
        return fitted;
    }

    private void bound(String name, JsonNode value, ObjectNode to) {
        losses.approximated("JSON schema", "an exclusive bound as " + name);
        if (value.isNumber()) {
            to.set(name, value);
        }
    }

    /** Schemas that all must hold become one; where two say something of the same, the first counts. */
    private void merge(JsonNode schemas, ObjectNode to) {
        for (var schema : schemas) {
            fit(schema).properties().forEach(entry -> {
                if (to.path(entry.getKey()) instanceof ObjectNode here && entry.getValue() instanceof ObjectNode more) {
                    more.properties().forEach(one -> here.putIfAbsent(one.getKey(), one.getValue()));
                } else {
                    to.putIfAbsent(entry.getKey(), entry.getValue());
                }
            });
        }
        if (schemas.size() > 1) {
            losses.approximated("JSON schema", "allOf merged");
        }
    }
}
