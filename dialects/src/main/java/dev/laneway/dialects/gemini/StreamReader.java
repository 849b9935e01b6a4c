package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.answers.SseEventReader;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.sse.SseFramer;
import java.util.List;

/** Reads a stream. It has no formal end: the chunk with the reason of the end, and its usage, is the last. */
final class StreamReader extends SseEventReader {
    private final ChunkReader reader = new ChunkReader(events());

    @Override
    protected void frame(SseFramer frame) {
        var chunk = Json.tree(frame.data(), frame.dataStart(), frame.dataEnd() - frame.dataStart());
        if (chunk == null || !chunk.isObject()) {
            malformed("The vendor sent a chunk that is not JSON.");
            return;
        }
        reader.read(chunk);
        if (reader.complete()) {
            finish();
        }
    }

    @Override
    protected boolean mayEnd() {
        return reader.finishSeen();
    }

    @Override
    protected void notAStream(JsonNode body, List<ChatEvent> events) {
        events.add(new ChatEvent.Failed(GoogleErrors.inBand(body)));
    }
}
