package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code metadata} of a key, a team or a user: JSON that topics and the database keep as it is. Pure. */
final class Notes {
    private static final int MOST_BYTES = 16 * 1024;
    private static final int DEEPEST = 16;
    private static final int MOST_DIGITS = 300;

    private Notes() {}

    static Map<String, @Nullable Object> read(Fields fields) {
        ObjectNode tree = fields.tree("metadata");
        if (tree == null) {
            return Map.of();
        }
        if (!canBeKept(tree, DEEPEST)) {
            fields.fail(
                    "metadata",
                    "is at most " + DEEPEST
                            + " levels deep, its texts are Unicode without U+0000, its numbers have at most "
                            + MOST_DIGITS + " digits");
            return Map.of();
        }
        if (Json.bytes(tree).length > MOST_BYTES) {
            fields.fail("metadata", "is at most " + MOST_BYTES + " bytes of JSON");
            return Map.of();
        }
        return Json.map(tree);
    }

    /** Of a team or a user, which have no tags: whoever wants to count by them puts them on keys. */
    static Map<String, @Nullable Object> withoutTags(Fields fields) {
        Map<String, @Nullable Object> metadata = read(fields);
        if (metadata.get("tags") instanceof List<?> noted && !noted.isEmpty()) {
            fields.fail("metadata", "has tags, which only keys and requests have");
        }
        return metadata;
    }

    private static boolean canBeKept(JsonNode node, int levels) {
        if (node.isTextual()) {
            return isText(node.textValue());
        }
        if (node.isNumber()) {
            return node.isIntegralNumber()
                    ? node.bigIntegerValue().bitLength() <= 1_000
                    : Math.abs(node.decimalValue().scale()) <= MOST_DIGITS
                            && node.decimalValue().precision() <= MOST_DIGITS;
        }
        if (node.isContainerNode() && levels == 0) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!isText(field.getKey())) {
                return false;
            }
        }
        for (JsonNode inner : node) {
            if (!canBeKept(inner, levels - 1)) {
                return false;
            }
        }
        return true;
    }

    /** PostgreSQL's jsonb takes no U+0000, and UTF-8 has no half of a pair. */
    private static boolean isText(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
