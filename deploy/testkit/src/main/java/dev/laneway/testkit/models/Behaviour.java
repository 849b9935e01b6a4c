package dev.laneway.testkit.models;

/**
 * How a model answers, as far as its name or the simulator's options say.
 *
 * @param ttft time to the first token
 * @param gapMillis time between two content chunks of a stream; 0 sends the whole stream at once
 * @param chunks content chunks of a stream; 0 means one a token
 * @param tokens length of an answer in tokens
 * @param toolCalls tools called unasked where the request offers some
 * @param reasoning tokens spent on reasoning though the request did not ask for any
 * @param contextWindow prompt and answer together may not have more tokens
 * @param cacheMinimum the shortest prompt, in tokens, that is cached
 * @param repeat words of its last message that it repeats when told to go on with it
 */
public record Behaviour(
        Delay ttft,
        long gapMillis,
        int chunks,
        int tokens,
        int toolCalls,
        int reasoning,
        int contextWindow,
        int cacheMinimum,
        int repeat) {

    /** One that repeats nothing. */
    public Behaviour(
            Delay ttft,
            long gapMillis,
            int chunks,
            int tokens,
            int toolCalls,
            int reasoning,
            int contextWindow,
            int cacheMinimum) {
        this(ttft, gapMillis, chunks, tokens, toolCalls, reasoning, contextWindow, cacheMinimum, 0);
    }

    /** Answers at once, with sixteen tokens; a window of 200,000; caches from 1,024 tokens on, as vendors do. */
    public static final Behaviour PLAIN = new Behaviour(new Delay.Fixed(0), 0, 0, 16, 0, 0, 200_000, 1024);

    public Behaviour withTtft(Delay next) {
        return new Behaviour(
                next, gapMillis, chunks, tokens, toolCalls, reasoning, contextWindow, cacheMinimum, repeat);
    }

    /** A stream of so many chunks, one every {@code millis}; its answer has as many tokens. */
    public Behaviour withPace(int chunkCount, long millis) {
        return new Behaviour(
                ttft, millis, chunkCount, chunkCount, toolCalls, reasoning, contextWindow, cacheMinimum, repeat);
    }
}
