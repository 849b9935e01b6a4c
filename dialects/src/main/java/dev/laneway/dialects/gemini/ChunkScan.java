package dev.laneway.dialects.gemini;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.answers.TextTally;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway must know of a chunk, or of a whole answer, that it passes on, found in one pass over its bytes. Reusable within one
 * answer; one thread.
 */
final class ChunkScan {
    private final JsonCursor at = new JsonCursor();
    private final TextTally text;
    private final Candidates candidates = new Candidates();
    private boolean called;
    private boolean grounded;
    private boolean mapped;
    private long searches;
    int modelStart;
    int modelEnd;
    boolean token;
    boolean broken;
    boolean error;

    /** Of this chunk. */
    @Nullable
    TokenUsage usage;

    /** Of the first candidate; stays known. */
    @Nullable
    FinishReason finish;

    /** A reason of the end that makes the answer useless; null where there is none. */
    @Nullable
    String gaveUp;

    /** Why the prompt was blocked; null where it was not. */
    @Nullable
    String blocked;

    /** @param text where what the model wrote is counted */
    ChunkScan(TextTally text) {
        this.text = text;
    }

    void scan(byte[] json, int from, int to) {
        modelStart = modelEnd = 0;
        token = error = false;
        usage = null;
        blocked = null;
        at.reset(json, from, to);
        broken = !at.enterObject();
        while (!broken && at.nextMember()) {
            member();
        }
        broken |= at.lost();
        if (usage != null && (grounded || mapped)) {
            usage = usage.with(Usage.grounded(usage.extras(), grounded, searches, mapped));
        }
    }

    /** Whether every candidate that began has ended. */
    boolean allEnded() {
        return candidates.allEnded();
    }

    private void member() {
        if (at.keyIs("candidates") && at.enterArray()) {
            while (at.nextElement()) {
                candidate();
            }
        } else if (at.keyIs("usageMetadata") && at.kind() == '{') {
            usage = Usage.read(at);
        } else if (at.keyIs("modelVersion") && at.kind() == '"') {
            at.skipValue();
            modelStart = at.valueStart();
            modelEnd = at.valueEnd();
        } else if (at.keyIs("promptFeedback") && at.enterObject()) {
            while (at.nextMember()) {
                if (at.keyIs("blockReason")) {
                    blocked = at.takeString();
                } else {
                    at.skipValue();
                }
            }
        } else if (at.keyIs("error") && at.kind() != 'n') {
            error = true;
            at.skipValue();
        } else {
            at.skipValue();
        }
    }

    private void candidate() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        var index = 0;
        String reason = null;
        while (at.nextMember()) {
            if (at.keyIs("index")) {
                index = (int) Math.min(at.takeCount(), 1_000);
            } else if (at.keyIs("finishReason") && at.kind() == '"') {
                reason = at.takeString();
            } else if (at.keyIs("content") && at.enterObject()) {
                content();
            } else if (at.keyIs("groundingMetadata") && at.enterObject()) {
                grounding();
            } else {
                at.skipValue();
            }
        }
        candidates.began(index);
        if (reason != null) {
            ended(index, reason);
        }
    }

    /** What Google searched for; a stream tells all of it in its last chunk, or again. */
    private void grounding() {
        while (at.nextMember()) {
            if (at.keyIs("webSearchQueries") && at.enterArray()) {
                long queries = 0;
                while (at.nextElement()) {
                    queries += at.skipNonEmptyString() ? 1 : 0;
                }
                grounded |= queries > 0;
                searches = Math.max(searches, queries);
            } else if (at.keyIs("googleMapsWidgetContextToken")) {
                mapped |= at.skipNonEmptyString();
            } else if (at.keyIs("groundingChunks") && at.enterArray()) {
                while (at.nextElement()) {
                    chunk();
                }
            } else {
                at.skipValue();
            }
        }
    }

    private void chunk() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            mapped |= at.keyIs("maps");
            at.skipValue();
        }
    }

    private void ended(int index, String word) {
        candidates.ended(index);
        var reason = Finish.reason(word);
        if (reason == null) {
            gaveUp = word;
        } else if (finish == null) {
            finish = called && reason == FinishReason.STOP ? FinishReason.TOOL_CALLS : reason;
        }
    }

    private void content() {
        while (at.nextMember()) {
            if (at.keyIs("parts") && at.enterArray()) {
                while (at.nextElement()) {
                    part();
                }
            } else {
                at.skipValue();
            }
        }
    }

    private void part() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            if (at.keyIs("text")) {
                token |= text.takeString(at);
            } else if (at.keyIs("thoughtSignature")) {
                token |= at.skipNonEmptyString();
            } else if (at.enterObject()) {
                // a call, an image, code: anything but the marks of a text
                token = true;
                called |= at.keyIs("functionCall");
                written();
            } else {
                at.skipValue();
            }
        }
    }

    private void written() {
        while (at.nextMember()) {
            if (at.keyIs("name") || at.keyIs("code")) {
                text.takeString(at);
            } else if (at.keyIs("args")) {
                text.takeValue(at);
            } else if (at.keyIs("data")) {
                at.skipValue();
                text.addOther();
            } else {
                at.skipValue();
            }
        }
    }
}
