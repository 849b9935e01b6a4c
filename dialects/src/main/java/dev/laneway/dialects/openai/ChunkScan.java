package dev.laneway.dialects.openai;

import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.answers.TextTally;
import dev.laneway.dialects.json.JsonCursor;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway must know of a {@code chat.completion.chunk}, {@code chat.completion} or {@code text_completion} that it passes on, found in one pass
 * over its bytes. Reusable; one thread.
 */
final class ChunkScan {
    private static final long MOST_CHOICES = 128;

    private final JsonCursor at = new JsonCursor();
    private final TextTally text;
    int modelStart;
    int modelEnd;
    int usageStart;
    int usageEnd;
    /** The choices that have begun and that have ended, in this chunk and those before. */
    private final BitSet begun = new BitSet();

    private final BitSet ended = new BitSet();
    private boolean said;
    boolean token;
    boolean choices;
    /** Whether the chunk says nothing of an answer and is called nothing: Azure puts what its filter found into such ones. */
    boolean hollow;

    boolean error;
    boolean broken;

    @Nullable
    TokenUsage usage;

    /** In which tier it is answered, as far as any chunk said. */
    private @Nullable ServiceTier tier;

    @Nullable
    String finish;

    /** @param text where what the model wrote is counted */
    ChunkScan(TextTally text) {
        this.text = text;
    }

    void scan(byte[] json, int from, int to) {
        modelStart = modelEnd = usageStart = usageEnd = 0;
        token = choices = error = false;
        var nameless = false;
        said = false;
        usage = null;
        finish = null;
        at.reset(json, from, to);
        broken = !at.enterObject();
        while (!broken && at.nextMember()) {
            if (at.keyIs("model") && at.kind() == '"') {
                at.skipValue();
                modelStart = at.valueStart();
                modelEnd = at.valueEnd();
            } else if (at.keyIs("choices") && at.enterArray()) {
                while (at.nextElement()) {
                    choices = true;
                    choice();
                }
            } else if (at.keyIs("object") && at.kind() == '"') {
                nameless = !at.skipNonEmptyString();
            } else if (at.keyIs("usage") && at.kind() == '{') {
                usageStart = at.position();
                usage = Usage.read(at);
                usageEnd = at.position();
            } else if (at.keyIs("service_tier") && at.kind() == '"') {
                var said = ServiceTier.of(at.takeString());
                tier = said == null ? tier : said;
            } else if (at.keyIs("error") && at.kind() != 'n') {
                error = true;
                at.skipValue();
            } else {
                at.skipValue();
            }
        }
        broken |= at.lost();
        usage = usage == null ? null : Usage.tiered(usage, tier);
        hollow = nameless && !said && usage == null && finish == null;
    }

    private void choice() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        var index = 0;
        var last = false;
        while (at.nextMember()) {
            if (at.keyIs("index")) {
                index = (int) Math.min(at.takeCount(), MOST_CHOICES);
            } else if (at.keyIs("finish_reason") && at.kind() == '"') {
                var word = at.takeString();
                finish = finish == null ? word : finish;
                last = true;
            } else if ((at.keyIs("delta") || at.keyIs("message")) && at.enterObject()) {
                message();
            } else if (at.keyIs("text")) {
                said |= says(true);
            } else {
                at.skipValue();
            }
        }
        begun.set(index);
        ended.set(index, last || ended.get(index));
    }

    /** Whether every choice that began has ended. */
    boolean allEnded() {
        return begun.equals(ended);
    }

    /** Some vendors say reasoning twice, under two names or in signed blocks again: it is counted once. */
    private void message() {
        var reasoned = false;
        while (at.nextMember()) {
            said = true;
            if (at.keyIs("content")) {
                content();
            } else if (at.keyIs("reasoning_content") || at.keyIs("reasoning")) {
                reasoned |= says(!reasoned);
            } else if (at.keyIs("refusal")) {
                says(true);
            } else if (at.keyIs("tool_calls") && at.enterArray()) {
                while (at.nextElement()) {
                    token = true;
                    call(true);
                }
            } else if (at.keyIs("function_call")) {
                call(false);
            } else if (at.keyIs("audio")) {
                if (says(false)) {
                    text.addOther();
                }
            } else if (at.keyIs("thinking_blocks")) {
                says(false);
            } else {
                at.skipValue();
            }
        }
    }

    /** Passes over the value. @return whether it says anything: a string, an object or an array with something in it */
    private boolean says(boolean counted) {
        boolean anything;
        if (at.kind() == '"') {
            anything = counted ? text.takeString(at) : at.skipNonEmptyString();
        } else {
            var nested = at.kind() == '[' || at.kind() == '{';
            at.skipValue();
            anything = nested && at.valueEnd() - at.valueStart() > 2;
        }
        token |= anything;
        return anything;
    }

    /** A text, or (Mistral) parts that are a text or a thought of such parts. */
    private void content() {
        if (!at.enterArray()) {
            says(true);
            return;
        }
        while (at.nextElement()) {
            token = true;
            part(true);
        }
    }

    /** @param outer whether thoughts may be in it: depth is bounded, whatever a vendor sends */
    private void part(boolean outer) {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            if (at.keyIs("text")) {
                text.takeString(at);
            } else if (outer && at.keyIs("thinking") && at.enterArray()) {
                while (at.nextElement()) {
                    part(false);
                }
            } else {
                at.skipValue();
            }
        }
    }

    /** A call of a tool, or (not outer) what it calls. */
    private void call(boolean outer) {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            token = true;
            if (outer && (at.keyIs("function") || at.keyIs("custom"))) {
                call(false);
            } else if (at.keyIs("name")) {
                text.takeString(at);
            } else if (at.keyIs("arguments") || at.keyIs("input")) {
                text.takeValue(at);
            } else {
                at.skipValue();
            }
        }
    }
}
