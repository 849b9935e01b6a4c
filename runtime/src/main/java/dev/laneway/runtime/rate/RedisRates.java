package dev.laneway.runtime.rate;

import dev.laneway.contracts.RateLimits;
import dev.laneway.runtime.recent.Recent;
import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.redis.ScriptTurns;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Counts in Redis, by its clock. What one turn of the event loop asks is one script. Keys:
 *
 * <ul>
 *   <li>{@code lw:rate:<rm|tm|rh|th>:<scope>/<id>}: a hash of sixty-one parts of a window (by the part's number modulo 61), {@code t} (the
 *       newest part's number) and {@code s} (their sum). It ends a little after its window
 *   <li>{@code lw:rate:p:<scope>/<id>}: a sorted set of requests that are under way, by the end of their lease
 *   <li>{@code lw:rate:o:<attempt>}: of what is counted once, {@code t} (taken) or {@code s} (settled), when it was counted, and its plan
 * </ul>
 *
 * {@link RateScript} has the rules.
 */
public final class RedisRates implements RateStore {
    private static final int FEW_PLACES = 16;
    private static final int MOST_TEXTS = 10_000;

    private final RedisLink link;
    private final ScriptTurns<RateBatch.Question, Verdict> turns;
    /** Of holders as the script reads them: a request is at least asked about and settled. */
    private final Recent<Limited, String> texts = new Recent<>(MOST_TEXTS);

    /** Counts over a link, which is closed with it. */
    public RedisRates(Context context, RedisLink link) {
        this(context, link, 0);
    }

    /** @param aheadMillis how much later it is than the server's clock says, for tests */
    public RedisRates(Context context, RedisLink link, long aheadMillis) {
        this.link = Objects.requireNonNull(link, "link");
        String ahead = String.valueOf(aheadMillis);
        this.turns = new ScriptTurns<>(
                context, link, RateScript.TURN, questions -> new RateBatch(ahead, this::texts, questions));
    }

    @Override
    public Future<Verdict> admit(Ask ask) {
        return turns.ask(new RateBatch.Admit(ask));
    }

    @Override
    public void settle(Settlement settlement) {
        if (settlement.holders().stream().anyMatch(RedisRates::fewPlaces)) {
            turns.tellNow(new RateBatch.Settle(settlement));
        } else {
            turns.tell(new RateBatch.Settle(settlement));
        }
    }

    /** Of few places each is missed at once by whoever asks elsewhere. */
    private static boolean fewPlaces(Limited holder) {
        return holder.limits().parallel() > 0 && holder.limits().parallel() <= FEW_PLACES;
    }

    @Override
    public void renew(List<Ask> underWay) {
        for (Ask ask : underWay) {
            turns.tellNow(new RateBatch.Renew(ask));
        }
    }

    @Override
    public Future<Counted> look(List<Limited> holders) {
        return turns.ask(new RateBatch.Look(holders)).map(Verdict::counted);
    }

    @Override
    public Future<Void> ready() {
        return link.tried();
    }

    @Override
    public Future<Void> close() {
        return link.close();
    }

    private String texts(List<Limited> holders) {
        if (holders.size() == 1) {
            return text(holders.getFirst());
        }
        StringJoiner all = new StringJoiner(" ");
        for (Limited holder : holders) {
            all.add(text(holder));
        }
        return all.toString();
    }

    private String text(Limited holder) {
        String known = texts.get(holder);
        if (known != null) {
            return known;
        }
        RateLimits limits = holder.limits();
        String text = holder.name() + "," + limits.requestsPerMinute() + "," + limits.tokensPerMinute() + ","
                + limits.requestsPerHour() + "," + limits.tokensPerHour() + "," + limits.parallel();
        texts.put(holder, text);
        return text;
    }
}
