package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a model's calls cost, with nothing left to be guessed.
 *
 * @param usual for prompts that no tier is for
 * @param tiers for long prompts, by rising threshold: the last one that a prompt is above is for all tokens of its call
 * @param batch in a vendor's own batches; null where it has no price of its own for them
 * @param perRequest of each call
 * @param perImage of each image in a prompt, where images are not paid as tokens
 */
public record Rates(
        TokenRates usual, List<Tier> tiers, @Nullable TokenRates batch, Money perRequest, Money perImage) {
    static final Rates FREE = new Rates(TokenRates.FREE, List.of(), null, Money.ZERO, Money.ZERO);

    /**
     * What long prompts cost.
     *
     * @param above more input tokens than that
     */
    public record Tier(long above, TokenRates rates) {}

    public Rates {
        Objects.requireNonNull(usual, "usual");
        Objects.requireNonNull(perRequest, "perRequest");
        Objects.requireNonNull(perImage, "perImage");
        tiers = List.copyOf(tiers);
    }

    /**
     * What a statement means. Cached, written and reasoning tokens of which it says nothing cost what others cost; a tier says only what
     * it changes; a missing input or output price is nothing.
     */
    static Rates of(StatedPrice stated) {
        Money input = or(stated.get(PriceTerm.INPUT), Money.ZERO);
        Money output = or(stated.get(PriceTerm.OUTPUT), Money.ZERO);
        TokenRates usual = rates(stated, 0, new TokenRates(input, output, input, input, input, output));
        SortedMap<Long, Tier> tiers = new TreeMap<>();
        TokenRates below = usual;
        for (PriceTerm.Key key : stated.amounts().keySet()) {
            if (key.above() > 0 && !tiers.containsKey(key.above())) {
                below = tier(stated, key.above(), below);
                tiers.put(key.above(), new Tier(key.above(), below));
            }
        }
        return new Rates(
                usual,
                new ArrayList<>(tiers.values()),
                batch(stated, usual),
                or(stated.get(PriceTerm.REQUEST), Money.ZERO),
                or(stated.get(PriceTerm.IMAGE), Money.ZERO));
    }

    private static TokenRates tier(StatedPrice stated, long above, TokenRates below) {
        Money input = or(stated.amounts().get(new PriceTerm.Key(PriceTerm.INPUT, above)), below.input());
        Money output = or(stated.amounts().get(new PriceTerm.Key(PriceTerm.OUTPUT, above)), below.output());
        return rates(
                stated,
                above,
                new TokenRates(
                        input,
                        output,
                        below.cached().equals(below.input()) ? input : below.cached(),
                        below.cacheWrite().equals(below.input()) ? input : below.cacheWrite(),
                        below.cacheWriteHour().equals(below.input()) ? input : below.cacheWriteHour(),
                        below.reasoning().equals(below.output()) ? output : below.reasoning()));
    }

    private static TokenRates rates(StatedPrice stated, long above, TokenRates otherwise) {
        SortedMap<PriceTerm.Key, Money> amounts = stated.amounts();
        Money written = amounts.get(new PriceTerm.Key(PriceTerm.CACHE_WRITE, above));
        Money hour = amounts.get(new PriceTerm.Key(PriceTerm.CACHE_WRITE_HOUR, above));
        return new TokenRates(
                otherwise.input(),
                otherwise.output(),
                or(amounts.get(new PriceTerm.Key(PriceTerm.CACHED, above)), otherwise.cached()),
                or(written, otherwise.cacheWrite()),
                or(hour, written != null && above == 0 ? written : otherwise.cacheWriteHour()),
                or(amounts.get(new PriceTerm.Key(PriceTerm.REASONING, above)), otherwise.reasoning()));
    }

    /** Batches get the same share off everything that a cache or reasoning makes dearer or cheaper only where they say so: nobody states it. */
    private static @Nullable TokenRates batch(StatedPrice stated, TokenRates usual) {
        Money input = stated.get(PriceTerm.BATCH_INPUT);
        Money output = stated.get(PriceTerm.BATCH_OUTPUT);
        if (input == null && output == null) {
            return null;
        }
        Money in = or(input, usual.input());
        Money out = or(output, usual.output());
        return new TokenRates(in, out, cheaper(in, usual.cached()), usual.cacheWrite(), usual.cacheWriteHour(), out);
    }

    private static Money cheaper(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Money or(@Nullable Money stated, Money otherwise) {
        return stated == null ? otherwise : stated;
    }
}
