package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import java.util.List;

/** Google reads every field in two spellings, {@code inlineData} and {@code inline_data}, and an only element without its array. */
final class Spelling {
    private Spelling() {}

    /** A field's name as we compare it. */
    static String camel(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        var camel = new StringBuilder(name.length());
        var upper = false;
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c == '_' && !camel.isEmpty()) {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }

    /** An object's fields by their names in camel case. */
    static FieldBag fields(JsonNode object) {
        var renamed = Json.object();
        object.properties().forEach(entry -> renamed.set(camel(entry.getKey()), entry.getValue()));
        return new FieldBag(renamed);
    }

    /** The elements of an array, or the one object that stands in its place. */
    static Iterable<JsonNode> each(JsonNode node) {
        return node.isObject() ? List.of(node) : node;
    }
}
