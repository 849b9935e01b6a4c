package dev.laneway.testkit.answers;

/**
 * What a call used, in tokens.
 *
 * @param prompt the whole prompt, cached or not
 * @param cached of the prompt, read from the cache
 * @param cacheWritten of the prompt, written to the cache (Anthropic bills that)
 * @param completion everything generated, reasoning included
 * @param reasoning of the completion, spent on reasoning
 */
public record Usage(int prompt, int cached, int cacheWritten, int completion, int reasoning) {
    /** Nothing was used. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    public int total() {
        return prompt + completion;
    }
}
