package dev.laneway.ingress.rate;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.runtime.rate.RateStore.Ask;
import dev.laneway.runtime.rate.RateStore.Settlement;
import org.jspecify.annotations.Nullable;

/** What was counted of a request that is let in, until it is known what it came to. Settled once; used on one event loop. */
public final class RatePass {
    /** Of a request under no limit. */
    public static final RatePass FREE = new RatePass();

    private static final long BYTES_PER_TOKEN = 4;

    private final @Nullable RateGate gate;
    private final @Nullable Ask ask;
    private final long at;
    private boolean settled;

    private RatePass() {
        gate = null;
        ask = null;
        at = 0;
        settled = true;
    }

    RatePass(RateGate gate, Ask ask, long at) {
        this.gate = gate;
        this.ask = ask;
        this.at = at;
    }

    /**
     * Its answer is whole.
     *
     * @param usage null where the vendor did not say: then it stays at what was expected
     */
    public void answered(@Nullable TokenUsage usage) {
        settle(0, usage == null ? -1 : usage.input() + usage.output());
    }

    /** It ended without an answer: it used nothing. */
    public void unanswered() {
        settle(0, 0);
    }

    /** It ended in the middle of its answer: what was told counts, and its prompt; never more than was expected. */
    public void cut(long prompt, long toldBytes) {
        settle(0, Math.min(expected(), prompt + toldBytes / BYTES_PER_TOKEN));
    }

    /** It was not taken after all, or refused before anybody was called: nothing of it counts. */
    public void refund() {
        settle(-1, 0);
    }

    private long expected() {
        return ask == null ? 0 : ask.tokens();
    }

    /** @param tokens that it used; negative where that is not known */
    private void settle(long requests, long tokens) {
        RateGate mine = gate;
        Ask asked = ask;
        if (settled || mine == null || asked == null) {
            return;
        }
        settled = true;
        long difference = tokens < 0 ? 0 : tokens - asked.tokens();
        mine.settle(this, new Settlement(asked.request(), asked.holders(), at, requests, difference));
    }

    /** What was asked, while it is under way; null of one under no limit. */
    @Nullable
    Ask ask() {
        return ask;
    }
}
