package dev.laneway.runtime.rate;

import dev.laneway.contracts.RateLimits;
import dev.laneway.runtime.rate.RateStore.Ask;
import dev.laneway.runtime.rate.RateStore.Counted;
import dev.laneway.runtime.rate.RateStore.Once;
import dev.laneway.runtime.rate.RateStore.Passed;
import dev.laneway.runtime.rate.RateStore.Refused;
import dev.laneway.runtime.rate.RateStore.Settlement;
import dev.laneway.runtime.rate.RateStore.Use;
import dev.laneway.runtime.rate.RateStore.Verdict;
import dev.laneway.runtime.redis.ScriptTurns;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@link RateScript} at once. Requests of the same holders are one question, and so is what they came to: what is kept of a
 * holder is then looked at once, however many ask. Places are renewed before any is given back, and given back before any is asked for.
 */
final class RateBatch implements ScriptTurns.Batch<Verdict> {
    private static final List<RateKind> KINDS = List.of(RateKind.values());
    /** The shortest part of a window: what was counted in the same one is corrected together. */
    private static final long PART_MILLIS = 1_000;

    private final Function<List<Limited>, String> texts;
    private final List<String> words = new ArrayList<>();
    private final Map<String, Settled> settled = new LinkedHashMap<>();
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final List<String> others = new ArrayList<>();
    private final Place[] places;
    private int entries;

    /** Asked of the store. */
    sealed interface Question {}

    record Admit(Ask ask) implements Question {}

    record Settle(Settlement settlement) implements Question {}

    record Renew(Ask ask) implements Question {}

    record Look(List<Limited> holders) implements Question {}

    /** Where a question's answer is found: alone, or as one of those that asked together. */
    private record Place(
            List<Limited> holders, int entry, @Nullable Asked together, int member) {}

    /** What requests of the same holders came to: by the part of the window in which they were counted, requests and tokens. */
    private static final class Settled {
        final List<String> requests = new ArrayList<>();
        final Map<Long, long[]> corrections = new TreeMap<>();
    }

    /** Requests of the same holders. */
    private static final class Asked {
        final List<String> words = new ArrayList<>();
        final List<Long> tokensUpTo = new ArrayList<>();
        int entry;
        private @Nullable Counted before;

        void add(Ask ask) {
            words.add(ask.request());
            words.add(String.valueOf(ask.tokens()));
            tokensUpTo.add((tokensUpTo.isEmpty() ? 0 : tokensUpTo.getLast()) + ask.tokens());
        }

        int size() {
            return tokensUpTo.size();
        }

        /** What was counted with one of them, where all have passed. */
        Counted counted(Response answer, List<Limited> holders, int member) {
            Counted first = before;
            if (first == null) {
                Line line = new Line(answer.toString());
                first = line.counted(line.number(), holders.size());
                before = first;
            }
            List<Use> uses = new ArrayList<>(holders.size());
            for (int h = 0; h < holders.size(); h++) {
                uses.add(with(first.used().get(h), holders.get(h).limits(), member + 1L, tokensUpTo.get(member)));
            }
            return new Counted(first.at(), uses);
        }

        private static Use with(Use before, RateLimits limits, long requests, long tokens) {
            return Use.of(kind -> kind.of(limits) == 0
                    ? 0
                    : before.of(kind)
                            + switch (kind) {
                                case REQUESTS_PER_MINUTE, REQUESTS_PER_HOUR, PARALLEL -> requests;
                                case TOKENS_PER_MINUTE, TOKENS_PER_HOUR -> tokens;
                            });
        }
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

    /**
     * @param head the script's first argument
     * @param texts of holders, as the script reads them
     */
    RateBatch(String head, Function<List<Limited>, String> texts, List<? extends Question> questions) {
        this.texts = texts;
        this.places = new Place[questions.size()];
        words.add(head);
        for (int i = 0; i < places.length; i++) {
            add(questions.get(i), i);
        }
        settled.forEach(this::words);
        words.addAll(others);
        asked.forEach(this::words);
    }

    @Override
    public List<String> words() {
        return words;
    }

    @Override
    public Verdict answer(Response all, int at) {
        Place place = places[at];
        Asked together = place.together;
        if (together == null) {
            return verdict(all.get(place.entry), place.holders);
        }
        Response answer = all.get(together.entry);
        return answer.type() == ResponseType.MULTI
                ? verdict(answer.get(place.member), place.holders)
                : new Passed(together.counted(answer, place.holders, place.member));
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

    private void add(Question question, int at) {
        switch (question) {
            case Renew(Ask ask) ->
                one(words, "r", ask.request(), 0, RateStore.LEASE_MILLIS, 0, once(ask.once()), ask.holders());
            case Settle(Settlement what)
            when what.once() ->
                one(others, "s", what.request(), what.at(), what.requests(), what.tokens(), "1", what.holders());
            case Settle(Settlement what) -> together(what);
            case Look(List<Limited> holders) -> {
                places[at] = new Place(holders, entries++, null, 0);
                one(others, "l", "", 0, 0, 0, "", holders);
            }
            case Admit(Ask ask)
            when ask.once() != null -> {
                places[at] = new Place(ask.holders(), entries++, null, 0);
                long lease = RateStore.FIRST_LEASE_MILLIS;
                one(others, "a", ask.request(), ask.tokens(), lease, 0, once(ask.once()), ask.holders());
            }
            case Admit(Ask ask) -> {
                Asked group = asked.computeIfAbsent(texts.apply(ask.holders()), text -> new Asked());
                places[at] = new Place(ask.holders(), 0, group, group.size());
                group.add(ask);
            }
        }
    }

    private void together(Settlement what) {
        Settled group = settled.computeIfAbsent(texts.apply(what.holders()), text -> new Settled());
        group.requests.add(what.request());
        if (what.requests() != 0 || what.tokens() != 0) {
            long[] sum = group.corrections.computeIfAbsent(what.at() / PART_MILLIS, part -> new long[2]);
            sum[0] += what.requests();
            sum[1] += what.tokens();
        }
    }

    private void words(String holders, Settled group) {
        words.add("S");
        words.add(holders);
        words.add(String.valueOf(group.requests.size()));
        words.add(String.valueOf(group.corrections.size()));
        group.corrections.forEach((part, sum) -> {
            words.add(String.valueOf(part * PART_MILLIS));
            words.add(String.valueOf(sum[0]));
            words.add(String.valueOf(sum[1]));
        });
        words.addAll(group.requests);
    }

    private void words(String holders, Asked group) {
        group.entry = entries++;
        words.addAll(List.of("A", holders, String.valueOf(RateStore.LEASE_MILLIS), String.valueOf(group.size())));
        words.addAll(group.words);
    }

    private void one(
            Collection<String> to,
            String what,
            String request,
            long one,
            long two,
            long three,
            String once,
            List<Limited> holders) {
        to.addAll(List.of(
                what,
                request,
                String.valueOf(one),
                String.valueOf(two),
                String.valueOf(three),
                once,
                texts.apply(holders)));
    }

    private static String once(@Nullable Once once) {
        return once == null ? "" : once.deadline() + " " + once.plan();
    }
}
