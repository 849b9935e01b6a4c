package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.answers.LineEventReader;

/** Reads a stream of {@code /api/chat}, whose last line says {@code done}. */
final class StreamReader extends LineEventReader {
    private final ChatLines lines = new ChatLines(events());

    @Override
    protected void line(JsonNode object) {
        lines.read(object);
        if (lines.done()) {
            finish();
        }
    }
}
