package dev.laneway.dialects.gemini;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which result answers which call, in the order of a conversation. Google's ids are optional: without them a result belongs to the
 * first call of its name that waits for one. One conversation.
 */
final class CallLedger {
    private record Open(String id, String name) {}

    private final List<Open> open = new ArrayList<>();
    private int calls;

    /** @return the id of the call: its own, or one made for it */
    String called(@Nullable String id, String name) {
        calls++;
        var known = id == null || id.isEmpty() ? "call_" + calls : id;
        open.add(new Open(known, name));
        return known;
    }

    /** @return the id of the call that is answered; where none waits, the result's own, or its name */
    String answered(@Nullable String id, String name) {
        for (var call : open) {
            if (call.id.equals(id)) {
                open.remove(call);
                return call.id;
            }
        }
        for (var call : open) {
            if (call.name.equals(name)) {
                open.remove(call);
                return call.id;
            }
        }
        return id == null || id.isEmpty() ? name : id;
    }
}
