package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.answers.SseEventReader;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.sse.SseFramer;
import java.util.List;

/** Reads a Chat Completions stream. One whose choice has ended is whole, although {@code [DONE]} be missing. */
final class StreamReader extends SseEventReader {
    private final ChunkReader chunks = new ChunkReader(events());

    @Override
    protected void frame(SseFramer frame) {
        if (frame.dataIs("[DONE]")) {
            finish();
            return;
        }
        var chunk = Json.tree(frame.data(), frame.dataStart(), frame.dataEnd() - frame.dataStart());
        if (chunk == null || !chunk.isObject()) {
            malformed("The vendor sent a chunk that is not JSON.");
        } else if (frame.eventIs("error")) {
            events().add(new ChatEvent.Failed(VendorErrors.inBand(chunk)));
        } else {
            chunks.read(chunk);
        }
    }

    @Override
    protected boolean mayEnd() {
        return chunks.finishSeen();
    }

    @Override
    protected void notAStream(JsonNode body, List<ChatEvent> events) {
        events.add(new ChatEvent.Failed(VendorErrors.inBand(body)));
    }
}
