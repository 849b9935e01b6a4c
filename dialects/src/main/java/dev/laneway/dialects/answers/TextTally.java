package dev.laneway.dialects.answers;

import dev.laneway.dialects.json.JsonCursor;

/**
 * About how many tokens came of an answer, from what the model itself wrote: each piece is at least one, and all of them together weigh what
 * {@link TokenWeights} say. It looks at nothing but that text, once, since most answers end with their vendor's own count. Keeps nothing of
 * what it reads. One answer, one thread.
 */
public final class TextTally {
    private long pieces;
    private long weight;

    /** A piece of text; an empty one is none. */
    public void add(String text) {
        if (!text.isEmpty()) {
            pieces++;
            weight += TokenWeights.of(text);
        }
    }

    /** A piece that is no text: of speech, or a picture. */
    public void addOther() {
        pieces++;
    }

    /** Passes over the value that the cursor stands at, a piece where it is a string. @return whether it is one, and not empty */
    public boolean takeString(JsonCursor at) {
        var said = at.skipNonEmptyString();
        if (said) {
            pieces++;
            weight += TokenWeights.of(at.bytes(), at.valueStart() + 1, at.valueEnd() - 1);
        }
        return said;
    }

    /** The same where an object or array, as the model wrote it, is a piece too unless it is empty. */
    public boolean takeValue(JsonCursor at) {
        var nested = at.kind() == '{' || at.kind() == '[';
        if (!nested) {
            return takeString(at);
        }
        at.skipValue();
        var said = at.valueEnd() - at.valueStart() > 2;
        if (said) {
            pieces++;
            weight += TokenWeights.of(at.bytes(), at.valueStart(), at.valueEnd());
        }
        return said;
    }

    /** So far; 0 where nothing came. */
    public long tokens() {
        return Math.max(pieces, TokenWeights.tokens(weight));
    }
}
