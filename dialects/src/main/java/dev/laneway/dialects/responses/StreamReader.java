package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.answers.SseEventReader;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.sse.SseFramer;
import java.util.List;

/** Reads a streamed response. Only its last event says that it is whole. */
final class StreamReader extends SseEventReader {
    private final EventReader reader = new EventReader(events());

    @Override
    protected void frame(SseFramer frame) {
        if (frame.dataIs("[DONE]")) {
            return;
        }
        var event = Json.tree(frame.data(), frame.dataStart(), frame.dataEnd() - frame.dataStart());
        if (event == null || !event.isObject()) {
            malformed("The vendor sent an event that is not JSON.");
            return;
        }
        reader.read(event);
        if (reader.ended()) {
            finish();
        }
    }

    @Override
    protected boolean mayEnd() {
        return reader.ended();
    }

    @Override
    protected void notAStream(JsonNode body, List<ChatEvent> events) {
        events.add(new ChatEvent.Failed(VendorErrors.inBand(body)));
    }
}
