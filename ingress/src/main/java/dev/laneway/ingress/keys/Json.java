package dev.laneway.ingress.keys;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Money;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of descriptions: amounts stay decimal, and are written without an exponent. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }

    /** An object; an empty body is one without fields. Null where it is none. */
    static @Nullable ObjectNode read(byte[] body) {
        if (body.length == 0) {
            return object();
        }
        try {
            return MAPPER.readTree(body) instanceof ObjectNode object ? object : null;
        } catch (JacksonException malformed) {
            return null;
        } catch (IOException never) {
            throw new IllegalStateException("bytes in memory can be read", never);
        }
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException("a tree can be written", never);
        }
    }

    static JsonNode tree(Map<String, @Nullable Object> values) {
        return MAPPER.valueToTree(values);
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> map(ObjectNode object) {
        return MAPPER.convertValue(object, Map.class);
    }

    /** Dollars, or null. */
    public static void put(ObjectNode object, String name, @Nullable Money money) {
        if (money == null) {
            object.putNull(name);
        } else {
            object.put(name, money.dollars());
        }
    }

    /** A number, or null for 0, which means none. */
    static void limit(ObjectNode object, String name, long limit) {
        if (limit == 0) {
            object.putNull(name);
        } else {
            object.put(name, limit);
        }
    }

    /** An instant in ISO 8601, or null for 0, which means none. */
    public static void time(ObjectNode object, String name, long epochMillis) {
        if (epochMillis == 0 || epochMillis == Long.MAX_VALUE) {
            object.putNull(name);
        } else {
            object.put(name, Instant.ofEpochMilli(epochMillis).toString());
        }
    }
}
