package dev.laneway.dialects.neutral;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a message's content. */
public sealed interface Part {

    record Text(String text, @Nullable CacheMark cache) implements Part {
        public Text(String text) {
            this(text, null);
        }
    }

    /** @param detail OpenAI's {@code auto}, {@code low}, {@code high} */
    record Image(
            MediaSource source,
            @Nullable String detail,
            @Nullable CacheMark cache) implements Part {}

    /**
     * @param data base64
     * @param format such as {@code wav} or {@code mp3}
     */
    record Audio(String data, String format, @Nullable CacheMark cache) implements Part {}

    /** @param title a file name or a title */
    record Document(
            MediaSource source,
            @Nullable String title,
            @Nullable CacheMark cache) implements Part {}

    /** @param signature the vendor's proof that the text is its own; it must come back with the text unchanged */
    record Thinking(String text, @Nullable String signature) implements Part {}

    /** @param data encrypted by the vendor, to be handed back as it came */
    record RedactedThinking(String data) implements Part {}

    /**
     * @param id links a result to its call within one request; clients rewrite it, so nothing else may rest on it
     * @param arguments JSON text as the model wrote it, possibly not valid
     */
    record ToolUse(
            String id,
            String name,
            String arguments,
            @Nullable CacheMark cache) implements Part {}

    record ToolResult(
            String toolUseId,
            List<Part> parts,
            boolean isError,
            @Nullable CacheMark cache) implements Part {
        public ToolResult {
            parts = List.copyOf(parts);
        }
    }

    record Refusal(String text) implements Part {}

    /** A part that only its own dialect understands. */
    record Opaque(Dialect origin, JsonNode json) implements Part {}
}
