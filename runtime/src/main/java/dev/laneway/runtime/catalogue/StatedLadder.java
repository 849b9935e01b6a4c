package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.catalogue.TokenRates.MediaRates;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a statement of prices means for tokens, with nothing left to be guessed. */
final class StatedLadder {
    private StatedLadder() {}

    /** The terms of a way to be served. */
    private record Terms(
            PriceTerm input, PriceTerm output, PriceTerm cached, PriceTerm cacheWrite, PriceTerm audioInput) {}

    private static final Terms STANDARD = new Terms(
            PriceTerm.INPUT, PriceTerm.OUTPUT, PriceTerm.CACHED, PriceTerm.CACHE_WRITE, PriceTerm.AUDIO_INPUT);
    private static final Terms FLEX = new Terms(
            PriceTerm.FLEX_INPUT,
            PriceTerm.FLEX_OUTPUT,
            PriceTerm.FLEX_CACHED,
            PriceTerm.FLEX_CACHE_WRITE,
            PriceTerm.FLEX_AUDIO_INPUT);
    private static final Terms PRIORITY = new Terms(
            PriceTerm.PRIORITY_INPUT,
            PriceTerm.PRIORITY_OUTPUT,
            PriceTerm.PRIORITY_CACHED,
            PriceTerm.PRIORITY_CACHE_WRITE,
            PriceTerm.PRIORITY_AUDIO_INPUT);

    static Ladder standard(StatedPrice stated) {
        Money input = or(stated.get(PriceTerm.INPUT), Money.ZERO);
        Money output = or(stated.get(PriceTerm.OUTPUT), Money.ZERO);
        MediaRates media = new MediaRates(input, input, output, output);
        TokenRates unsaid = new TokenRates(input, output, input, input, input, output, media);
        return ladder(stated, STANDARD, rates(stated, 0, STANDARD, unsaid));
    }

    /** Null where nothing is said of it. */
    static @Nullable Ladder flex(StatedPrice stated, Ladder standard) {
        return special(stated, FLEX, standard);
    }

    /** Null where nothing is said of it. */
    static @Nullable Ladder priority(StatedPrice stated, Ladder standard) {
        return special(stated, PRIORITY, standard);
    }

    /** What it does not say of itself costs what it costs as usual; what is cached or thought, no less than others of its kind cost there; what is written, as many times as much as usually. */
    private static @Nullable Ladder special(StatedPrice stated, Terms terms, Ladder standard) {
        TokenRates usual = standard.usual();
        Money in = stated.get(terms.input);
        Money out = stated.get(terms.output);
        if (in == null && out == null) {
            return null;
        }
        Money input = or(in, usual.input());
        Money output = or(out, usual.output());
        boolean cheaper = input.compareTo(usual.input()) < 0;
        Money cached = cheaper ? lesser(input, usual.cached()) : input;
        TokenRates unsaid = new TokenRates(
                input,
                output,
                cached,
                cheaper ? usual.cacheWrite() : risen(usual.cacheWrite(), usual.input(), input),
                cheaper ? usual.cacheWriteHour() : risen(usual.cacheWriteHour(), usual.input(), input),
                usual.reasoning().equals(usual.output()) ? output : dearer(output, usual.reasoning()),
                new MediaRates(
                        other(usual.media().input(), usual.input(), input),
                        other(usual.media().cached(), usual.cached(), cached),
                        other(usual.media().output(), usual.output(), output),
                        other(usual.media().images(), usual.output(), output)));
        return ladder(stated, terms, rates(stated, 0, terms, unsaid));
    }

    private static Ladder ladder(StatedPrice stated, Terms terms, TokenRates usual) {
        SortedMap<Long, Rates.Tier> tiers = new TreeMap<>();
        TokenRates below = usual;
        for (PriceTerm.Key key : stated.amounts().keySet()) {
            if (key.above() > 0 && isOf(terms, key.term()) && !tiers.containsKey(key.above())) {
                below = tier(stated, key.above(), terms, below);
                tiers.put(key.above(), new Rates.Tier(key.above(), below));
            }
        }
        return new Ladder(usual, new ArrayList<>(tiers.values()));
    }

    private static boolean isOf(Terms terms, PriceTerm term) {
        return terms.equals(STANDARD)
                ? term.compareTo(PriceTerm.FLEX_INPUT) < 0
                : term == terms.input
                        || term == terms.output
                        || term == terms.cached
                        || term == terms.cacheWrite
                        || term == terms.audioInput;
    }

    private static TokenRates tier(StatedPrice stated, long above, Terms terms, TokenRates below) {
        Money input = or(stated.amounts().get(new PriceTerm.Key(terms.input, above)), below.input());
        Money output = or(stated.amounts().get(new PriceTerm.Key(terms.output, above)), below.output());
        return rates(
                stated,
                above,
                terms,
                new TokenRates(
                        input,
                        output,
                        other(below.cached(), below.input(), input),
                        other(below.cacheWrite(), below.input(), input),
                        other(below.cacheWriteHour(), below.input(), input),
                        other(below.reasoning(), below.output(), output),
                        new MediaRates(
                                other(below.media().input(), below.input(), input),
                                other(
                                        below.media().cached(),
                                        below.cached(),
                                        other(below.cached(), below.input(), input)),
                                other(below.media().output(), below.output(), output),
                                other(below.media().images(), below.output(), output))));
    }

    private static TokenRates rates(StatedPrice stated, long above, Terms terms, TokenRates otherwise) {
        SortedMap<PriceTerm.Key, Money> amounts = stated.amounts();
        boolean standard = terms.equals(STANDARD);
        Money written = amounts.get(new PriceTerm.Key(terms.cacheWrite, above));
        Money hour = standard ? amounts.get(new PriceTerm.Key(PriceTerm.CACHE_WRITE_HOUR, above)) : null;
        Money reasoning = standard ? amounts.get(new PriceTerm.Key(PriceTerm.REASONING, above)) : null;
        Money cached = or(amounts.get(new PriceTerm.Key(terms.cached, above)), otherwise.cached());
        MediaRates unsaid = otherwise.media();
        Money sound = above == 0 ? stated.get(terms.audioInput) : null;
        Money cachedSound = standard && above == 0 ? stated.get(PriceTerm.AUDIO_CACHED) : null;
        boolean base = standard && above == 0;
        MediaRates media = new MediaRates(
                or(sound, unsaid.input()),
                or(cachedSound, or(sound, other(unsaid.cached(), otherwise.cached(), cached))),
                or(base ? stated.get(PriceTerm.AUDIO_OUTPUT) : null, unsaid.output()),
                or(base ? stated.get(PriceTerm.IMAGE_OUTPUT) : null, unsaid.images()));
        return new TokenRates(
                otherwise.input(),
                otherwise.output(),
                cached,
                or(written, otherwise.cacheWrite()),
                or(hour, written != null && above == 0 ? written : otherwise.cacheWriteHour()),
                or(reasoning, otherwise.reasoning()),
                media);
    }

    /** Batches get the same share off everything that a cache or reasoning makes dearer or cheaper only where they say so: nobody states it. */
    static @Nullable TokenRates batch(StatedPrice stated, TokenRates usual) {
        Money input = stated.get(PriceTerm.BATCH_INPUT);
        Money output = stated.get(PriceTerm.BATCH_OUTPUT);
        if (input == null && output == null) {
            return null;
        }
        Money in = or(input, usual.input());
        Money out = or(output, usual.output());
        return new TokenRates(
                in,
                out,
                lesser(in, usual.cached()),
                usual.cacheWrite(),
                usual.cacheWriteHour(),
                out,
                new MediaRates(
                        other(usual.media().input(), usual.input(), in),
                        other(usual.media().cached(), usual.cached(), lesser(in, usual.cached())),
                        other(usual.media().output(), usual.output(), out),
                        other(usual.media().images(), usual.output(), out)));
    }

    /** What has no price of its own goes along with what it goes by. */
    private static Money other(Money special, Money before, Money now) {
        return special.equals(before) ? now : special;
    }

    /** As much dearer as what it goes by: what goes into a cache costs a multiple of what doesn't. Never less than that. */
    private static Money risen(Money special, Money before, Money now) {
        if (before.isZero()) {
            return dearer(special, now);
        }
        BigInteger picos = BigInteger.valueOf(special.picos()).multiply(BigInteger.valueOf(now.picos()));
        BigInteger[] parts = picos.divideAndRemainder(BigInteger.valueOf(before.picos()));
        long up = parts[0].longValueExact() + (parts[1].signum() == 0 ? 0 : 1);
        return dearer(new Money(up), now);
    }

    private static Money lesser(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Money dearer(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Money or(@Nullable Money stated, Money otherwise) {
        return stated == null ? otherwise : stated;
    }
}
