package dev.laneway.runtime.rate;

import dev.laneway.contracts.RateLimits;
import dev.laneway.runtime.recent.Recent;
import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.redis.ScriptTurns;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
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
    /** In the order of a question's numbers. */
    private static final List<RateKind> KINDS = List.of(RateKind.values());

    /** Numbers between the time and the sums. */
    private static final int OF_VERDICTS = 4;

    private static final int FEW_PLACES = 16;
    private static final int MOST_TEXTS = 10_000;

    private final RedisLink link;
    private final ScriptTurns turns;
    /** Of holders as the script reads them: a request is at least asked about and settled. */
    private final Recent<Limited, String> texts = new Recent<>(MOST_TEXTS);

    /** Counts over a link, which is closed with it. */
    public RedisRates(Context context, RedisLink link) {
        this(context, link, 0);
    }

    /** @param aheadMillis how much later it is than the server's clock says, for tests */
    public RedisRates(Context context, RedisLink link, long aheadMillis) {
        this.link = Objects.requireNonNull(link, "link");
        this.turns = new ScriptTurns(context, link, RateScript.TURN, List.of(String.valueOf(aheadMillis)));
    }

    @Override
    public Future<Verdict> admit(Ask ask) {
        return turns.ask(words("a", ask.request(), ask.tokens(), lease(ask), 0, once(ask), ask.holders()))
                .map(answer -> verdict(answer, ask.holders()));
    }

    private static long lease(Ask ask) {
        return ask.once() == null ? LEASE_MILLIS : FIRST_LEASE_MILLIS;
    }

    private static String once(Ask ask) {
        Once once = ask.once();
        return once == null ? "" : once.deadline() + " " + once.plan();
    }

    private static Verdict verdict(Response answer, List<Limited> holders) {
        Line line = new Line(answer.toString());
        long now = line.number();
        int whose = (int) line.number();
        int kind = (int) line.number();
        long wait = line.number();
        long at = line.number();
        Counted counted = line.counted(now, holders.size());
        return whose == 0
                ? new Passed(counted, at, line.rest())
                : new Refused(holders.get(whose - 1), KINDS.get(kind - 1), wait, counted);
    }

    private static Counted looked(Response answer, List<Limited> holders) {
        Line line = new Line(answer.toString());
        long now = line.number();
        for (int i = 0; i < OF_VERDICTS; i++) {
            var _ = line.number();
        }
        return line.counted(now, holders.size());
    }

    /** An answer: numbers, each with a space behind, and a text. */
    private static final class Line {
        private final String text;
        private int from;

        Line(String text) {
            this.text = text;
        }

        long number() {
            int to = text.indexOf(' ', from);
            long number = Long.parseLong(text, from, to, 10);
            from = to + 1;
            return number;
        }

        Counted counted(long now, int holders) {
            List<Use> uses = new ArrayList<>(holders);
            for (int i = 0; i < holders; i++) {
                uses.add(new Use(number(), number(), number(), number(), number()));
            }
            return new Counted(now, uses);
        }

        String rest() {
            return text.substring(from);
        }
    }

    @Override
    public void settle(Settlement settlement) {
        List<String> words = words(
                "s",
                settlement.request(),
                settlement.at(),
                settlement.requests(),
                settlement.tokens(),
                settlement.once() ? "1" : "",
                settlement.holders());
        if (settlement.holders().stream().anyMatch(RedisRates::fewPlaces)) {
            var _ = turns.ask(words);
        } else {
            turns.tell(words);
        }
    }

    /** Of few places each is missed at once by whoever asks elsewhere. */
    private static boolean fewPlaces(Limited holder) {
        return holder.limits().parallel() > 0 && holder.limits().parallel() <= FEW_PLACES;
    }

    @Override
    public void renew(List<Ask> underWay) {
        for (Ask ask : underWay) {
            var _ = turns.ask(words("r", ask.request(), 0, LEASE_MILLIS, 0, once(ask), ask.holders()));
        }
    }

    @Override
    public Future<Counted> look(List<Limited> holders) {
        return turns.ask(words("l", "", 0, 0, 0, "", holders)).map(answer -> looked(answer, holders));
    }

    @Override
    public Future<Void> ready() {
        return link.tried();
    }

    @Override
    public Future<Void> close() {
        return link.close();
    }

    private List<String> words(
            String what, String request, long one, long two, long three, String once, List<Limited> holders) {
        StringJoiner all = new StringJoiner(" ");
        for (Limited holder : holders) {
            all.add(text(holder));
        }
        return List.of(
                what, request, String.valueOf(one), String.valueOf(two), String.valueOf(three), once, all.toString());
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
