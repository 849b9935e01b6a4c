package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.answers.SseEventReader;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.sse.SseFramer;
import java.util.List;

/** Reads a Messages stream. One that said why it stopped is whole, although {@code message_stop} be missing. */
final class StreamReader extends SseEventReader {
    private final EventReader reader = new EventReader(events());

    @Override
    protected void frame(SseFramer frame) {
        var event = Json.tree(frame.data(), frame.dataStart(), frame.dataEnd() - frame.dataStart());
        if (event == null || !event.isObject()) {
            malformed("The vendor sent an event that is not JSON.");
        } else if (!reader.read(event)) {
            finish();
        }
    }

    @Override
    protected boolean mayEnd() {
        return reader.stopped();
    }

    @Override
    protected void notAStream(JsonNode body, List<ChatEvent> events) {
        events.add(new ChatEvent.Failed(VendorErrors.inBand(body)));
    }
}
