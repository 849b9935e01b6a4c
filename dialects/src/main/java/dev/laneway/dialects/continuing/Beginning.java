package dev.laneway.dialects.continuing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a client was told of an answer before its stream broke off, and where in its stream it stands. It is content: its bytes go where
 * bodies go, never into a log or a fact.
 *
 * @param id the answer's id, as the client saw it
 * @param created when it was made as the client saw it, seconds since the epoch; 0 in dialects that don't say
 * @param block the index of the content block that is open, or the next one's; 0 in dialects without blocks
 * @param open whether that block is open
 * @param text all text so far, not blank, at most {@link #LARGEST_TEXT} bytes in UTF-8
 * @param usage what the broken calls reported together
 */
public record Beginning(String id, long created, int block, boolean open, String text, TokenUsage usage) {
    /** A longer one is not gone on with: it travels beside the client's body. */
    public static final int LARGEST_TEXT = 256 << 10;
    /** Of its bytes: text that needs many escapes is larger. */
    private static final int LARGEST = 300 << 10;

    public Beginning {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(usage, "usage");
        if (text.isBlank()) {
            throw new IllegalArgumentException("nothing to go on with");
        }
    }

    Beginning withUsage(TokenUsage reported) {
        return new Beginning(id, created, block, open, text, reported);
    }

    /** What {@link #read} reads; empty where it is too large to travel. */
    public byte[] bytes() {
        var json = Json.object()
                .put("id", id)
                .put("created", created)
                .put("block", block)
                .put("open", open)
                .put("text", text)
                .put("input", usage.input())
                .put("output", usage.output())
                .put("cached", usage.cachedInput())
                .put("written", usage.cacheWrite())
                .put("reasoning", usage.reasoning());
        var bytes = Json.bytes(json);
        return bytes.length > LARGEST ? new byte[0] : bytes;
    }

    /** @throws IllegalArgumentException where the bytes are no beginning */
    public static Beginning read(byte[] bytes) {
        var json = Json.tree(bytes);
        if (json == null || !json.path("text").isTextual()) {
            throw new IllegalArgumentException("no beginning of an answer");
        }
        return new Beginning(
                json.path("id").asText(),
                json.path("created").asLong(),
                json.path("block").asInt(),
                json.path("open").asBoolean(),
                json.path("text").textValue(),
                new TokenUsage(
                        count(json, "input"),
                        count(json, "output"),
                        count(json, "cached"),
                        count(json, "written"),
                        count(json, "reasoning")));
    }

    private static long count(JsonNode json, String field) {
        return Math.max(0, json.path(field).asLong());
    }

    /** Without content. */
    @Override
    public String toString() {
        return "Beginning[" + text.getBytes(StandardCharsets.UTF_8).length + " bytes]";
    }
}
