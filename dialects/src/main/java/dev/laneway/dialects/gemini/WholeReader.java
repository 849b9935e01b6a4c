package dev.laneway.dialects.gemini;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.answers.WholeBodyReader;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import java.util.List;

/** Reads a whole {@code GenerateContentResponse}. */
final class WholeReader extends WholeBodyReader {
    @Override
    protected void read(byte[] body, List<ChatEvent> events) {
        var root = Json.tree(body);
        if (root == null || !root.isObject()) {
            events.add(new ChatEvent.Failed(Failure.of(FailureKind.MALFORMED, "The vendor's answer is not JSON.")));
        } else {
            new ChunkReader(events).read(root);
        }
    }
}
