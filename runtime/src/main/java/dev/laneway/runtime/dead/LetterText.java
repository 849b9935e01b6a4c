package dev.laneway.runtime.dead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Event;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A letter for people. Without what may quote a prompt, unless that is asked for. Pure. */
final class LetterText {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Fields of an envelope that hold a vendor's or a client's own words. */
    private static final Set<String> WORDS = Set.of("message", "headers");

    private LetterText() {}

    /** @param content whether the body, and an envelope's own words, are shown */
    static JsonObject json(LetterScan.Whole whole, boolean content) {
        JsonObject json = whole.letter().json();
        byte[] envelope = envelope(whole);
        JsonNode read = parse(envelope);
        if (envelope == null) {
            json.putNull("envelope");
        } else if (read == null) {
            json.put("envelope", content ? text(envelope) : envelope.length + " bytes that are not JSON");
        } else {
            json.put("envelope", new JsonObject(print(content ? read : silenced(read))));
        }
        if (content) {
            byte[] value = whole.record().value();
            json.put("body", value == null ? null : text(value));
        }
        return json;
    }

    /** The same as lines. */
    static String text(LetterScan.Whole whole, boolean content) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> field : json(whole, content)) {
            Object value = field.getValue();
            String shown = value instanceof JsonObject object ? "\n" + object.encodePrettily() : " " + value;
            if (value != null) {
                text.append(field.getKey()).append(':').append(shown).append('\n');
            }
        }
        return text.toString();
    }

    private static byte @Nullable [] envelope(LetterScan.Whole whole) {
        Header header = whole.record().headers().lastHeader(Event.HEADER);
        return header == null ? null : header.value();
    }

    private static @Nullable JsonNode parse(byte @Nullable [] envelope) {
        try {
            JsonNode read = envelope == null ? null : JSON.readTree(envelope);
            return read != null && read.isObject() ? read : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static JsonNode silenced(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode out = JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode value = field.getValue();
                out.set(
                        field.getKey(),
                        WORDS.contains(field.getKey())
                                ? JSON.getNodeFactory().textNode("(left out; --body shows it)")
                                : silenced(value));
            }
            return out;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode out = JSON.createArrayNode();
            array.forEach(each -> out.add(silenced(each)));
            return out;
        }
        return node;
    }

    private static String print(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can't be written");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
