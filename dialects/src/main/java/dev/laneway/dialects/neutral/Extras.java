package dev.laneway.dialects.neutral;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields that nobody here knows, in order, with the dialect they came in. A writer of that dialect puts them back; any other
 * drops them and says so.
 */
public record Extras(Dialect origin, Map<String, JsonNode> fields) {

    public static final Extras NONE = new Extras(Dialect.OPENAI_CHAT, Map.of());

    public Extras {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The fields, if they are of that dialect; else none. */
    public Map<String, JsonNode> in(Dialect dialect) {
        return dialect == origin ? fields : Map.of();
    }
}
