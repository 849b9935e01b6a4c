package dev.laneway.testkit.answers;

/**
 * What a call used, in tokens.
 *
 * @param prompt the whole prompt, cached or not
 * @param cached of the prompt, read from the cache
 * @param cacheWritten of the prompt, written to the cache (Anthropic bills that)
 * @param completion everything generated, reasoning included
 * @param reasoning of the completion, spent on reasoning
 * @param beside what has another price than text
 */
public record Usage(int prompt, int cached, int cacheWritten, int completion, int reasoning, Beside beside) {
    /** Nothing was used. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    /** Nothing but text. */
    public Usage(int prompt, int cached, int cacheWritten, int completion, int reasoning) {
        this(prompt, cached, cacheWritten, completion, reasoning, Beside.NOTHING);
    }

    public int total() {
        return prompt + completion;
    }
}
