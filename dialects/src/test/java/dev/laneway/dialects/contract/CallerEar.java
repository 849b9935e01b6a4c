package dev.laneway.dialects.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that reads answers strictly, as the SDKs do. */
interface CallerEar {
    ObjectMapper MAPPER = new ObjectMapper();

    static CallerEar of(Dialect caller) {
        return switch (caller) {
            case OPENAI_CHAT -> new OpenAiEar();
            case ANTHROPIC_MESSAGES -> new AnthropicEar();
            case OPENAI_RESPONSES -> new ResponsesEar();
            case GEMINI -> new GeminiEar();
            case OLLAMA_CHAT -> new OllamaEar(false);
            case OLLAMA_GENERATE -> new OllamaEar(true);
            case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED -> throw new IllegalArgumentException(caller.id());
        };
    }

    Heard stream(byte[] bytes);

    Heard whole(byte[] bytes);

    /** The word of this dialect for a normal end, a limit, calls of tools. */
    String stop();

    String length();

    String toolCalls();

    /** What of a vendor's count this dialect has a place for. */
    default TokenUsage ofUsage(TokenUsage reported) {
        return reported;
    }

    default boolean hearsSignatures() {
        return true;
    }

    default boolean hearsCalls() {
        return true;
    }

    /** An answer without the times in it. */
    default String timeless(String answer) {
        return answer;
    }

    /** One SSE event; data is never over several lines in what we write. */
    record Event(String name, String data) {}

    static List<Event> events(byte[] bytes) {
        var events = new ArrayList<Event>();
        var text =
                new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n").replace('\r', '\n');
        for (var frame : text.split("\n\n")) {
            var name = "";
            String data = null;
            for (var line : frame.split("\n")) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                }
            }
            if (data != null) {
                events.add(new Event(name, data));
            }
        }
        return events;
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    static JsonNode json(byte[] bytes) {
        return json(new String(bytes, StandardCharsets.UTF_8));
    }
}
