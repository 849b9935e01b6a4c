package dev.laneway.testkit.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Makes JSON that fits a schema (draft 2020-12, the subset that vendors accept for tools and structured answers): the
 * required properties of every object, the fewest items of every array, the first of every alternative. A schema
 * that refers to itself ends at depth 32 with null.
 */
public final class SchemaInstance {
    private static final int DEEPEST = 32;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode root;
    private final long bits;

    private SchemaInstance(JsonNode root, long bits) {
        this.root = root;
        this.bits = bits;
    }

    /** One instance, the same for the same schema and bits. */
    public static JsonNode of(JsonNode schema, long bits) {
        return new SchemaInstance(schema, bits).make(schema, "", 0);
    }

    private JsonNode make(JsonNode schema, String name, int depth) {
        if (depth > DEEPEST) {
            return JSON.nullNode();
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.path("enum").isArray() && !schema.get("enum").isEmpty()) {
            return schema.get("enum").get(0);
        }
        if (schema.path("$ref").isTextual()) {
            String ref = schema.get("$ref").asText();
            return make(ref.startsWith("#") ? root.at(ref.substring(1)) : JSON.objectNode(), name, depth + 1);
        }
        for (String alternatives : new String[] {"anyOf", "oneOf"}) {
            if (schema.path(alternatives).isArray() && !schema.get(alternatives).isEmpty()) {
                return make(schema.get(alternatives).get(0), name, depth + 1);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> JSON.booleanNode(true);
            case "null" -> JSON.nullNode();
            default -> JSON.textNode(text(schema, name));
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray() && !type.isEmpty()) {
            return type.get(0).asText();
        }
        if (type.isTextual()) {
            return type.asText();
        }
        boolean object = schema.has("properties") || schema.has("allOf");
        return object ? "object" : schema.has("items") ? "array" : "string";
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode made = JSON.objectNode();
        for (JsonNode part : schema.path("allOf")) {
            if (make(part, "", depth + 1) instanceof ObjectNode fields) {
                made.setAll(fields);
            }
        }
        for (JsonNode required : schema.path("required")) {
            String name = required.asText();
            made.set(name, make(schema.path("properties").path(name), name, depth + 1));
        }
        return made;
    }

    private ArrayNode array(JsonNode schema, String name, int depth) {
        ArrayNode made = JSON.arrayNode();
        for (JsonNode item : schema.path("prefixItems")) {
            made.add(make(item, name, depth + 1));
        }
        int least = Math.clamp(schema.path("minItems").asInt(1), 0, 64);
        while (made.size() < least && !schema.path("items").isMissingNode()) {
            made.add(make(schema.get("items"), name, depth + 1));
        }
        return made;
    }

    private JsonNode number(JsonNode schema) {
        boolean whole = type(schema).equals("integer");
        BigDecimal value = BigDecimal.valueOf(1 + (bits >>> 58));
        if (schema.path("maximum").isNumber()) {
            value = value.min(schema.get("maximum").decimalValue());
        }
        if (schema.path("minimum").isNumber()) {
            value = value.max(schema.get("minimum").decimalValue());
        }
        if (schema.path("exclusiveMaximum").isNumber()) {
            value = value.min(schema.get("exclusiveMaximum").decimalValue().subtract(step(whole)));
        }
        if (schema.path("exclusiveMinimum").isNumber()) {
            value = value.max(schema.get("exclusiveMinimum").decimalValue().add(step(whole)));
        }
        if (schema.path("multipleOf").isNumber()
                && schema.get("multipleOf").decimalValue().signum() > 0) {
            BigDecimal unit = schema.get("multipleOf").decimalValue();
            value = value.divide(unit, 0, RoundingMode.CEILING).multiply(unit);
        }
        return whole ? JSON.numberNode(value.setScale(0, RoundingMode.CEILING).toBigInteger()) : JSON.numberNode(value);
    }

    private static BigDecimal step(boolean whole) {
        return whole ? BigDecimal.ONE : new BigDecimal("0.5");
    }

    private String text(JsonNode schema, String name) {
        String text = switch (schema.path("format").asText("")) {
            case "date-time" -> "2026-01-02T03:04:05Z";
            case "date" -> "2026-01-02";
            case "time" -> "03:04:05Z";
            case "duration" -> "PT1M";
            case "email" -> "someone@example.com";
            case "hostname" -> "example.com";
            case "ipv4" -> "192.0.2.1";
            case "ipv6" -> "2001:db8::1";
            case "uri" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> (name.isEmpty() ? "value" : name) + " " + Mix.letters(bits, 4);
        };
        int least = Math.clamp(schema.path("minLength").asInt(0), 0, 10_000);
        int most = Math.clamp(schema.path("maxLength").asInt(Integer.MAX_VALUE), 0, Integer.MAX_VALUE);
        String padded = text.length() < least ? text + "x".repeat(least - text.length()) : text;
        return padded.length() > most ? padded.substring(0, most) : padded;
    }
}
