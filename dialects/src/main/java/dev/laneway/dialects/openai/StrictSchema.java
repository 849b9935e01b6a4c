package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;

/** Whether OpenAI would take a schema with {@code strict:true}: every object closed, and every property of it required. */
public final class StrictSchema {
    private StrictSchema() {}

    public static boolean fits(JsonNode schema) {
        if (schema.path("properties").isObject() || schema.path("type").asText().equals("object")) {
            var open = schema.path("additionalProperties");
            if (!open.isBoolean() || open.booleanValue()) {
                return false;
            }
            var required = new HashSet<String>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            for (var property : schema.path("properties").properties()) {
                if (!required.contains(property.getKey())) {
                    return false;
                }
            }
        }
        for (var child : schema) {
            if (child.isContainerNode() && !fits(child)) {
                return false;
            }
        }
        return true;
    }
}
