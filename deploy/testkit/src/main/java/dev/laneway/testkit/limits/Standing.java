package dev.laneway.testkit.limits;

/**
 * How a key stands with a model, as the vendors' rate-limit headers tell it.
 *
 * @param requestLimit requests a minute
 * @param requestsLeft that could be sent at once
 * @param requestResetMillis until the bucket of requests is full again
 * @param tokenLimit tokens a minute
 * @param tokensLeft that could be spent at once
 * @param tokenResetMillis until the bucket of tokens is full again
 */
public record Standing(
        long requestLimit,
        long requestsLeft,
        long requestResetMillis,
        long tokenLimit,
        long tokensLeft,
        long tokenResetMillis) {

    /** What the headers of an account without a limit that matters say. */
    public static final Standing AMPLE = new Standing(10_000, 9_999, 6, 10_000_000, 9_999_000, 6);
}
