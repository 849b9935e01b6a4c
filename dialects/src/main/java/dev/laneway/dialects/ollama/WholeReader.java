package dev.laneway.dialects.ollama;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.answers.WholeBodyReader;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import java.util.List;

/** Reads an answer of {@code /api/chat} that is no stream. */
final class WholeReader extends WholeBodyReader {
    @Override
    protected void read(byte[] body, List<ChatEvent> events) {
        var root = Json.tree(body);
        if (root == null || !root.isObject()) {
            events.add(failed("The vendor's answer is not a JSON object."));
            return;
        }
        var lines = new ChatLines(events);
        lines.read(root);
        if (!lines.done() && !(events.getLast() instanceof ChatEvent.Failed)) {
            events.add(failed("The vendor's answer does not say that it is whole."));
        }
    }

    private static ChatEvent failed(String message) {
        return new ChatEvent.Failed(Failure.of(FailureKind.MALFORMED, message));
    }
}
