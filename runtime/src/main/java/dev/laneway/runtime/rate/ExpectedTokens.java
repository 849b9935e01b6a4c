package dev.laneway.runtime.rate;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Request;
import java.util.List;

/** How many tokens are kept for a request until it is known what it used. Pure. */
public final class ExpectedTokens {
    /** What an answer is taken for whose client doesn't limit it. */
    private static final long USUAL_ANSWER = 1_000;
    /** ... but for no more than this part of the tightest limit, so that a small one is not used up by guesses. */
    private static final long PART_OF_LIMIT = 10;

    /** No request has more; products of it can be held. */
    private static final long MOST = 1L << 31;

    private ExpectedTokens() {}

    /**
     * Its prompt, and what its client lets the answer have. No more than the tightest limit, unless the prompt alone is: what asks for more
     * than there ever is waits for all of it, and is let in.
     */
    public static long of(Request request, List<Limited> holders) {
        long tightest = Long.MAX_VALUE;
        for (Limited holder : holders) {
            for (RateKind kind : RateKind.values()) {
                long limit = kind.countsTokens() ? kind.of(holder.limits()) : 0;
                tightest = limit > 0 ? Math.min(tightest, limit) : tightest;
            }
        }
        long prompt = Math.max(1, request.inputTokens());
        long all = prompt + answer(request, tightest) * Math.clamp(request.choices(), 1, MOST);
        return Math.min(all, Math.max(prompt, tightest));
    }

    /** The same where nothing is limited. */
    public static long of(Request request) {
        return of(request, List.of());
    }

    private static long answer(Request request, long tightest) {
        if (request.maxTokens() > 0) {
            return Math.min(request.maxTokens(), MOST);
        }
        return isEmbedding(request.dialect()) ? 0 : Math.min(USUAL_ANSWER, tightest / PART_OF_LIMIT);
    }

    private static boolean isEmbedding(Dialect dialect) {
        return dialect == Dialect.OPENAI_EMBEDDINGS || dialect == Dialect.OLLAMA_EMBED;
    }
}
