package dev.laneway.dialects.responses;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.answers.WholeBodyReader;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import java.util.List;

/** Reads a response that was not streamed. */
final class WholeReader extends WholeBodyReader {
    @Override
    protected void read(byte[] body, List<ChatEvent> events) {
        var root = Json.tree(body);
        if (root == null || !root.isObject()) {
            events.add(new ChatEvent.Failed(Failure.of(FailureKind.MALFORMED, "The vendor's answer is not JSON.")));
        } else {
            new EventReader(events).whole(root);
        }
    }
}
