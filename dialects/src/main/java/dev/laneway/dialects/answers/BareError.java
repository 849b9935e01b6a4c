package dev.laneway.dialects.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.sse.SseFramer;
import org.jspecify.annotations.Nullable;

/** An error that a vendor wrote into a stream as bare JSON, not as an event: Ollama does when its engine dies. */
final class BareError {
    private static final int LONGEST = 64 << 10;

    private BareError() {}

    /** @return the object that has the {@code error}; null where the frame is something else */
    static @Nullable JsonNode in(SseFramer frame) {
        var length = frame.frameEnd() - frame.frameStart();
        if (frame.frame()[frame.frameStart()] != '{' || length > LONGEST) {
            return null;
        }
        var root = Json.tree(frame.frame(), frame.frameStart(), length);
        return root != null && root.hasNonNull("error") ? root : null;
    }
}
