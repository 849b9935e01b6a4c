package dev.laneway.runtime.money;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Feature;
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

    /** @param most by {@link #textTokens} */
    public static Dues of(Request request, Deployment deployment, Tariff.Most most) {
        long choices = Math.max(request.choices(), deployment.defaultChoices());
        long tokens = request.maxTokens() == 0 ? most.tokens() : request.maxTokens();
        return new Dues(most.fixed(), most.perToken(), tokens * choices, request.maxTokens() == 0);
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
        return fixed + perToken * answerTokens;
    }

    /** With less than this the attempt is not made. */
    public long least() {
        return with(fewer ? 1 : tokens);
    }
}
