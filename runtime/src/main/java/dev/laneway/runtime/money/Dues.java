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
 * @param tokens of all answers, at most
 * @param fewest tokens that will do: where the client did not say how many it wants, one for each answer; else all
 */
public record Dues(long fixed, long perToken, long tokens, long fewest) {
    /** What comes to more counts as this: nine million dollars, or as many tokens as no answer has, and exact in a double, as Lua reckons. */
    static final long MOST = 1L << 53;

    /** A prompt's estimate is a quarter of its bytes, and a token has at least one. */
    private static final long BYTES_PER_ESTIMATED_TOKEN = 4;
    /** What vendors add of their own to a prompt, and to one with tools. */
    private static final long ADDED_TOKENS = 64;

    private static final long ADDED_FOR_TOOLS = 600;

    /** @param most by {@link #textTokens} */
    public static Dues of(Request request, Deployment deployment, Tariff.Most most) {
        long answers = answers(request, deployment);
        boolean fewer = request.maxTokens() == 0;
        long tokens = times(fewer ? most.tokens() : request.maxTokens(), answers);
        return new Dues(most.fixed(), most.perToken(), tokens, fewer ? Math.min(answers, tokens) : tokens);
    }

    /** How many answers a call brings, at least 1; each may have as many tokens as the client says. */
    public static long answers(Request request, Deployment deployment) {
        return Math.max(1, Math.max(request.choices(), deployment.defaultChoices()));
    }

    /** What that many tokens cost, at most {@link #MOST}: clients may say any number. */
    public static long cost(long fixed, long perToken, long answerTokens) {
        return Math.min(MOST, fixed + times(perToken, answerTokens));
    }

    /** A product of what is not negative, at most {@link #MOST}. */
    public static long times(long one, long other) {
        return one == 0 || other <= MOST / one ? one * other : MOST;
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
        return cost(fixed, perToken, answerTokens);
    }

    /** With less than this the attempt is not made. */
    public long least() {
        return with(fewest);
    }
}
