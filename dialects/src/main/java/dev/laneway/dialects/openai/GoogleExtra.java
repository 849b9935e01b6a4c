package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.json.ByteText;
import org.jspecify.annotations.Nullable;

/**
 * What Google's OpenAI-compatible API adds to a tool call: {@code extra_content.google.thought_signature}, to be sent back with it
 * (ai.google.dev, "Thought signatures").
 */
final class GoogleExtra {
    static final String FIELD = "extra_content";

    private GoogleExtra() {}

    /** Google's signature of a tool call in a request; null where it has none. */
    static @Nullable String signature(JsonNode call) {
        return call.path(FIELD).path("google").path("thought_signature").textValue();
    }

    /** As a further member of a tool call; nothing for null. */
    static void write(@Nullable String signature, ByteText to) {
        if (signature != null) {
            to.ascii(",\"extra_content\":{\"google\":{\"thought_signature\":")
                    .quoted(signature)
                    .ascii("}}");
        }
    }
}
