package dev.laneway.dialects.responses;

import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a Responses body refers to that its client expects to be stored: the response before it, and items of earlier ones. The
 * ingress puts in what these stand for, so that a body is whole wherever it is answered. One body; it is not modified.
 */
public final class StoredInput {
    private final byte[] body;
    private int inputStart;
    private int inputEnd;
    private int objectStart;
    private @Nullable String previous;
    private final Set<String> references = new LinkedHashSet<>();

    private StoredInput(byte[] body) {
        this.body = body;
    }

    /** Looks for references in a body that was accepted. */
    public static StoredInput of(byte[] body) {
        var found = new StoredInput(body);
        var at = new JsonCursor().reset(body, 0, body.length);
        if (at.enterObject()) {
            found.objectStart = at.position();
            while (at.nextMember()) {
                if (at.keyIs("previous_response_id")) {
                    found.previous = at.takeString();
                } else if (at.keyIs("input")) {
                    found.input(at);
                } else {
                    at.skipValue();
                }
            }
        }
        return found;
    }

    private void input(JsonCursor at) {
        inputStart = at.position();
        if (at.enterArray()) {
            while (at.nextElement()) {
                var reference = reference(at);
                if (reference != null) {
                    references.add(reference);
                }
            }
            inputEnd = at.position();
        } else {
            at.skipValue();
            inputEnd = at.valueEnd();
        }
    }

    /** Passes over an item. @return the id of what it refers to; null where it is an item itself */
    private static @Nullable String reference(JsonCursor at) {
        if (!at.enterObject()) {
            at.skipValue();
            return null;
        }
        String id = null;
        String type = null;
        var plain = true;
        while (at.nextMember()) {
            if (at.keyIs("id")) {
                id = at.takeString();
            } else if (at.keyIs("type")) {
                type = at.takeString();
            } else {
                plain = false;
                at.skipValue();
            }
        }
        return "item_reference".equals(type) || (type == null && plain) ? id : null;
    }

    /** The response that the request goes on from; null where there is none. */
    public @Nullable String previous() {
        return previous;
    }

    /** Ids of items that stand for themselves. */
    public Set<String> references() {
        return references;
    }

    /** Whether there is nothing to put in. */
    public boolean isWhole() {
        return previous == null && references.isEmpty();
    }

    /**
     * The body with all of it. It keeps the name of the response before it, which its own response repeats.
     *
     * @param before the response that it goes on from; null where there is none
     * @param item what a reference stands for; it must know all of {@link #references}
     */
    public byte[] whole(@Nullable StoredResponse before, Function<String, byte[]> item) {
        var all = new ByteText(body.length + 1024);
        all.ascii("[");
        if (before != null) {
            add(before.input(), all);
            add(before.output(), all);
        }
        var said = inputEnd == 0 ? null : Arrays.copyOfRange(body, inputStart, inputEnd);
        for (var own : JsonSlices.input(said)) {
            var at = new JsonCursor().reset(own, 0, own.length);
            var reference = references.isEmpty() ? null : reference(at);
            add(List.of(reference == null ? own : item.apply(reference)), all);
        }
        var text = new String(all.ascii("]").take(), StandardCharsets.UTF_8);
        var splice = new Splice(body);
        return inputEnd == 0
                ? splice.insert(objectStart, "\"input\":" + text + ",").apply()
                : splice.replace(inputStart, inputEnd, text).apply();
    }

    private static void add(List<byte[]> items, ByteText to) {
        for (var item : items) {
            to.ascii(to.length() > 1 ? "," : "").raw(item);
        }
    }
}
