package dev.laneway.dialects.anthropic;

import dev.laneway.dialects.answers.TextTally;
import dev.laneway.dialects.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway must know of an event of a Messages stream, or of a whole {@code message}, that it passes on, found in one pass
 * over its bytes. Reusable within one answer; one thread.
 */
final class MessageScan {
    final UsageTally usage = new UsageTally();
    private final JsonCursor at = new JsonCursor();
    private final TextTally text;
    int modelStart;
    int modelEnd;
    boolean token;
    boolean broken;
    boolean error;

    @Nullable
    String type;

    @Nullable
    String stop;

    /** @param text where what the model wrote is counted */
    MessageScan(TextTally text) {
        this.text = text;
    }

    void scan(byte[] json, int from, int to) {
        modelStart = modelEnd = 0;
        token = error = false;
        type = null;
        stop = null;
        at.reset(json, from, to);
        broken = !at.enterObject();
        members(true);
        broken |= at.lost();
    }

    /** Only the piece of text in the event, and whether it is JSON, so far as that can be told at little cost. */
    void scanDelta(byte[] json, int from, int to) {
        at.reset(json, from, to);
        broken = !at.enterObject();
        while (!broken && at.nextMember()) {
            if (at.keyIs("delta") && at.enterObject()) {
                delta();
            } else {
                at.skipValue();
            }
        }
        broken |= at.lost();
    }

    /**
     * The members of the object that the cursor is in: an event, or the message that it or the answer is.
     *
     * @param outer whether a message may be in it: depth is bounded, whatever a vendor sends
     */
    private void members(boolean outer) {
        while (!broken && at.nextMember()) {
            if (at.keyIs("type")) {
                var word = at.takeString();
                type = type == null ? word : type;
            } else if (outer && at.keyIs("message") && at.enterObject()) {
                members(false);
            } else if (at.keyIs("model") && at.kind() == '"') {
                at.skipValue();
                modelStart = at.valueStart();
                modelEnd = at.valueEnd();
            } else if (at.keyIs("usage") && at.kind() == '{') {
                usage.add(at);
            } else if (at.keyIs("stop_reason") && at.kind() == '"') {
                stop = at.takeString();
            } else if (at.keyIs("content") && at.enterArray()) {
                while (at.nextElement()) {
                    block();
                }
            } else if (at.keyIs("content_block")) {
                block();
            } else if (at.keyIs("delta") && at.enterObject()) {
                delta();
            } else if (at.keyIs("error") && at.kind() != 'n') {
                error = true;
                at.skipValue();
            } else {
                at.skipValue();
            }
        }
    }

    private void block() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            if (at.keyIs("type")) {
                var kind = at.takeString();
                token |= !"text".equals(kind) && !"thinking".equals(kind);
            } else if (at.keyIs("text") || at.keyIs("thinking")) {
                token |= text.takeString(at);
            } else if (at.keyIs("signature")) {
                token |= at.skipNonEmptyString();
            } else if (at.keyIs("name") || at.keyIs("input") || at.keyIs("data")) {
                text.takeValue(at); // of a call, or of thoughts that are not shown
            } else {
                at.skipValue();
            }
        }
    }

    /** Of a block, or of the message. */
    private void delta() {
        while (at.nextMember()) {
            if (at.keyIs("stop_reason") && at.kind() == '"') {
                stop = at.takeString();
            } else if (at.keyIs("text") || at.keyIs("thinking") || at.keyIs("partial_json")) {
                token |= text.takeString(at);
            } else if (at.keyIs("signature")) {
                token |= at.skipNonEmptyString();
            } else {
                at.skipValue();
            }
        }
    }
}
