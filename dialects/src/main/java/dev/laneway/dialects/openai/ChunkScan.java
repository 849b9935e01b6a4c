package dev.laneway.dialects.openai;

import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
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

    /** @param lookForToken whether to look at content at all */
    void scan(byte[] json, int from, int to, boolean lookForToken) {
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
                    choice(lookForToken);
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

    private void choice(boolean lookForToken) {
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
            } else if (!lookForToken && (at.keyIs("delta") || at.keyIs("message") || at.keyIs("text"))) {
                at.skipValue();
                said |= at.valueEnd() - at.valueStart() > 2;
            } else if (lookForToken && !token && (at.keyIs("delta") || at.keyIs("message")) && at.enterObject()) {
                content();
            } else if (lookForToken && !token && at.keyIs("text")) {
                token = at.skipNonEmptyString();
                said |= token;
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

    private void content() {
        while (at.nextMember()) {
            said = true;
            if (at.keyIs("content") || at.keyIs("reasoning_content") || at.keyIs("reasoning") || at.keyIs("refusal")) {
                token |= at.kind() == '"' ? at.skipNonEmptyString() : skipFilled();
            } else if (at.keyIs("tool_calls")
                    || at.keyIs("function_call")
                    || at.keyIs("thinking_blocks")
                    || at.keyIs("audio")) {
                token |= skipFilled();
            } else {
                at.skipValue();
            }
        }
    }

    /** Passes over the value. @return whether it was an object or array with something in it */
    private boolean skipFilled() {
        var nested = at.kind() == '[' || at.kind() == '{';
        at.skipValue();
        return nested && at.valueEnd() - at.valueStart() > 2;
    }
}
