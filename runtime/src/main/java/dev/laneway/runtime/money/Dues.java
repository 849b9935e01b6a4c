package dev.laneway.runtime.money;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Request;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.Deployment;

/**
 * What has to be there for an attempt of a request at a deployment. Billionths of a dollar. Pure.
 *
 * @param fixed the most that everything but the answer can cost
 * @param perToken the most that a token of the answer can cost
 * @param tokens of the answer, at most
 * @param fewer whether fewer tokens will do: the client did not say how many it wants
 */
public record Dues(long fixed, long perToken, long tokens, boolean fewer) {
    /** A prompt's estimate is a quarter of its bytes, and a token has at least one. */
    private static final long BYTES_PER_ESTIMATED_TOKEN = 4;
    /** What vendors add of their own to a prompt, and to one with tools. */
    private static final long ADDED_TOKENS = 64;

    private static final long ADDED_FOR_TOOLS = 600;
    /** More than any answer has; Lua's numbers are exact up to nine times as many. */
    private static final long MOST_TOKENS = 1_000_000_000_000_000L;
    /** The largest that {@link Money} holds. */
    private static final long MOST_NANOS = Long.MAX_VALUE / 1_000;

    /** @param most by {@link #textTokens} */
    public static Dues of(Request request, Deployment deployment, Tariff.Most most) {
        long choices = Math.max(request.choices(), deployment.defaultChoices());
        long tokens = request.maxTokens() == 0 ? most.tokens() : request.maxTokens();
        return new Dues(most.fixed(), most.perToken(), tokens(tokens, choices), request.maxTokens() == 0);
    }

    /** Of all choices together. A client may ask for any number: one that no answer has counts as the largest. */
    public static long tokens(long each, long choices) {
        return choices <= 1 || each <= MOST_TOKENS / choices
                ? Math.min(MOST_TOKENS, each * Math.max(1, choices))
                : MOST_TOKENS;
    }

    /** What so many tokens come to; the largest amount where it is more than can be held. */
    public static long amount(long fixed, long perToken, long tokens) {
        return perToken > 0 && tokens > (MOST_NANOS - Math.min(MOST_NANOS, fixed)) / perToken
                ? MOST_NANOS
                : Math.min(MOST_NANOS, fixed + perToken * tokens);
    }

    /** Not fewer than the text of a prompt has. What images, documents and recordings come to depends on the model: that is not in it. */
    public static long textTokens(Request request) {
        AskedExtras extras = request.extras() == null ? AskedExtras.NONE : request.extras();
        long estimate = request.inputTokens() - extras.media() * AskedExtras.ESTIMATED_TOKENS;
        // the estimate rounds down
        return Math.max(0, estimate) * BYTES_PER_ESTIMATED_TOKEN
                + BYTES_PER_ESTIMATED_TOKEN
                + ADDED_TOKENS
                + (request.features().contains(Feature.TOOLS) ? ADDED_FOR_TOOLS : 0);
    }

    /** For so many tokens of the answer. */
    public long with(long answerTokens) {
        return amount(fixed, perToken, answerTokens);
    }

    /** With less than this the attempt is not made. */
    public long least() {
        return with(fewer ? 1 : tokens);
    }
}
