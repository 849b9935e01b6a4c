package dev.laneway.dialects.ollama;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.answers.TextTally;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway must know of a line of an answer, or of a whole one, that it passes on, found in one pass over its bytes. Reusable; one
 * thread.
 */
final class LineScan {
    private static final int NOWHERE = -1;

    private final JsonCursor at = new JsonCursor();
    private final TextTally text;
    private int modelStart;
    private int modelEnd;
    /** Of a model that the vendor has run elsewhere, its name there. */
    private int remoteStart;

    private int remoteEnd;
    boolean token;
    boolean calls;
    boolean done;
    boolean error;
    boolean broken;

    @Nullable
    String reason;

    @Nullable
    TokenUsage usage;

    /** @param text where what the model wrote is counted */
    LineScan(TextTally text) {
        this.text = text;
    }

    void scan(byte[] json, int from, int to) {
        modelStart = remoteStart = NOWHERE;
        token = calls = done = error = false;
        reason = null;
        long input = NOWHERE;
        long output = NOWHERE;
        at.reset(json, from, to);
        broken = !at.enterObject();
        while (!broken && at.nextMember()) {
            if (at.keyIs("model") && at.kind() == '"') {
                at.skipValue();
                modelStart = at.valueStart();
                modelEnd = at.valueEnd();
            } else if (at.keyIs("remote_model") && at.kind() == '"') {
                at.skipValue();
                remoteStart = at.valueStart();
                remoteEnd = at.valueEnd();
            } else if (at.keyIs("message") && at.enterObject()) {
                message();
            } else if (at.keyIs("done")) {
                done = at.kind() == 't';
                at.skipValue();
            } else if (at.keyIs("done_reason")) {
                reason = at.takeString();
            } else if (at.keyIs("prompt_eval_count")) {
                input = at.takeCount();
            } else if (at.keyIs("eval_count")) {
                output = at.takeCount();
            } else if (at.keyIs("error") && at.kind() != 'n') {
                error = true;
                at.skipValue();
            } else {
                at.skipValue();
            }
        }
        broken |= at.lost();
        usage = input < 0 && output < 0 ? null : TokenUsage.of(Math.max(0, input), Math.max(0, output));
    }

    private void message() {
        while (at.nextMember()) {
            if (at.keyIs("content") || at.keyIs("thinking")) {
                token |= text.takeString(at);
            } else if (at.keyIs("tool_calls") && at.enterArray()) {
                while (at.nextElement()) {
                    calls = true;
                    call(true);
                }
            } else {
                at.skipValue();
            }
        }
        token |= calls;
    }

    /** A call of a tool, or (not outer) what it calls. */
    private void call(boolean outer) {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            if (outer && at.keyIs("function")) {
                call(false);
            } else if (at.keyIs("name") || at.keyIs("arguments")) {
                text.takeValue(at);
            } else {
                at.skipValue();
            }
        }
    }

    /** Writes the line that was scanned, with that name in place of the vendor's; as it came where the name is empty. */
    void write(byte[] json, int from, int to, byte[] name, ByteText out) {
        var read = from;
        if (name.length > 0 && modelStart >= 0 && (remoteStart < 0 || modelStart < remoteStart)) {
            out.raw(json, read, modelStart).raw(name);
            read = modelEnd;
        }
        if (name.length > 0 && remoteStart >= 0) {
            out.raw(json, read, remoteStart).raw(name);
            read = remoteEnd;
        }
        if (name.length > 0 && modelStart >= 0 && remoteStart >= 0 && modelStart > remoteStart) {
            out.raw(json, read, modelStart).raw(name);
            read = modelEnd;
        }
        out.raw(json, read, to);
    }
}
