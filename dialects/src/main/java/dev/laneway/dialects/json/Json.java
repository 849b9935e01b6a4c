package dev.laneway.dialects.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** JSON as this module reads and writes it: limits wide enough for 20 MB of inline images, numbers kept as written. */
public final class Json {
    /** Depth at which a body is refused; honest tool schemas stay below 50. */
    public static final int MAX_DEPTH = 500;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /** The tree of a whole document, or null where it isn't one. */
    public static @Nullable JsonNode tree(byte[] bytes, int offset, int length) {
        try {
            var node = MAPPER.readTree(bytes, offset, length);
            return node.isMissingNode() ? null : node;
        } catch (IOException e) {
            return null;
        }
    }

    public static @Nullable JsonNode tree(byte[] bytes) {
        return tree(bytes, 0, bytes.length);
    }

    /** A parser of a document that comes in pieces: {@link JsonParser#getNonBlockingInputFeeder} takes bytes. */
    public static JsonParser pieces() {
        try {
            return FACTORY.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new UncheckedIOException("a parser without input can always be made", e);
        }
    }

    /** A string as JSON has it, quotes included. */
    public static byte[] quoted(String text) {
        return new ByteText(text.length() + 16).quoted(text).take();
    }

    /** Whether the bytes are one whole JSON document. */
    public static boolean isWhole(byte[] bytes) {
        try (var parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The object that a text holds, or null where it holds something else. */
    public static @Nullable ObjectNode object(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (IOException e) {
            return null;
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
    }

    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
    }
}
