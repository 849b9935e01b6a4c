package dev.laneway.provider.call;

import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.json.JsonCursor;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Request fields that a deployment is never sent ({@code litellm_params: {additional_drop_params: [...]}}), by their names at the top of
 * the body that goes to the vendor. What is dropped is noted, so that the client is told.
 */
final class DroppedFields {
    private DroppedFields() {}

    private record Member(int from, int to) {}

    /** The call without them; itself where it has none of them. */
    static UpstreamCall without(UpstreamCall call, Set<String> names) {
        byte[] body = call.body();
        JsonCursor at = new JsonCursor().reset(body, 0, body.length);
        if (names.isEmpty() || !at.enterObject()) {
            return call;
        }
        int begin = at.position();
        int end = begin;
        List<String> notes = new ArrayList<>(call.notes());
        List<Member> kept = new ArrayList<>();
        while (at.nextMember()) {
            String dropped = among(names, at);
            int from = at.keyStart();
            at.skipValue();
            end = at.position();
            if (dropped == null) {
                kept.add(new Member(from, end));
            } else {
                notes.add("dropped " + dropped + ": the deployment is not sent it");
            }
        }
        if (at.lost() || notes.size() == call.notes().size()) {
            return call;
        }
        ByteArrayOutputStream smaller = new ByteArrayOutputStream(body.length);
        smaller.write(body, 0, begin);
        for (int i = 0; i < kept.size(); i++) {
            if (i > 0) {
                smaller.write(',');
            }
            smaller.write(
                    body, kept.get(i).from(), kept.get(i).to() - kept.get(i).from());
        }
        smaller.write(body, end, body.length - end);
        return new UpstreamCall(call.url(), call.headers(), smaller.toByteArray(), notes);
    }

    private static @Nullable String among(Set<String> names, JsonCursor at) {
        for (String name : names) {
            if (at.keyIs(name)) {
                return name;
            }
        }
        return null;
    }
}
