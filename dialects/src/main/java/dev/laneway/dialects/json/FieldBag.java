package dev.laneway.dialects.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object's fields, taken one by one; what nobody took remains. A field that is null counts as absent, one of another type
 * than asked for too: bodies have been validated before. One thread.
 */
public final class FieldBag {
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();

    public FieldBag(JsonNode object) {
        object.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                fields.put(entry.getKey(), entry.getValue());
            }
        });
    }

    public @Nullable JsonNode take(String name) {
        return fields.remove(name);
    }

    private JsonNode taken(String name) {
        var node = fields.remove(name);
        return node == null ? MissingNode.getInstance() : node;
    }

    public @Nullable String text(String name) {
        return taken(name).textValue();
    }

    public String text(String name, String otherwise) {
        var text = text(name);
        return text == null ? otherwise : text;
    }

    public @Nullable Boolean flag(String name) {
        var node = taken(name);
        return node.isBoolean() ? node.booleanValue() : null;
    }

    public @Nullable Double real(String name) {
        var node = taken(name);
        return node.isNumber() ? node.doubleValue() : null;
    }

    public @Nullable Long whole(String name) {
        var node = taken(name);
        return node.isNumber() ? node.longValue() : null;
    }

    /** A whole number, at most what an int holds. */
    public @Nullable Integer count(String name) {
        var whole = whole(name);
        return whole == null ? null : Math.clamp(whole, 0, Integer.MAX_VALUE);
    }

    public @Nullable ObjectNode object(String name) {
        return take(name) instanceof ObjectNode object ? object : null;
    }

    /** The elements of an array; empty where there is none. */
    public List<JsonNode> items(String name) {
        var items = new ArrayList<JsonNode>();
        var node = taken(name);
        if (node.isArray()) {
            node.forEach(items::add);
        }
        return items;
    }

    /** What nobody took. */
    public Map<String, JsonNode> rest() {
        return fields;
    }
}
