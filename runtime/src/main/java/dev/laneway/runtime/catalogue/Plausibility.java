package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells prices that can't be meant: a slip of a unit makes a bill a million times too large, or nothing. */
final class Plausibility {
    private static final Money DEAREST_TOKEN = Money.ofDollars("0.001");
    private static final Money DEAREST_EMBEDDED_TOKEN = Money.ofDollars("0.000005");
    private static final Money DEAREST_CALL = Money.ofDollars("5");

    private Plausibility() {}

    /** What is wrong with a row's price, each as the end of a sentence about it; empty where it may be right. */
    static List<String> doubts(CatalogueRow row) {
        List<String> doubts = new ArrayList<>();
        boolean embeds = row.mode() == CatalogueRow.Mode.EMBEDDING;
        row.price().amounts().forEach((key, amount) -> {
            Money dearest = !key.term().perToken() ? DEAREST_CALL : embeds ? DEAREST_EMBEDDED_TOKEN : DEAREST_TOKEN;
            if (amount.compareTo(dearest) > 0) {
                doubts.add("costs more than anything does: " + said(key, amount));
            }
        });
        Money input = row.price().get(PriceTerm.INPUT);
        Money output = row.price().get(PriceTerm.OUTPUT);
        boolean byCall = row.price().get(PriceTerm.REQUEST) != null;
        if (!row.price().isEmpty() && !byCall && (input == null || (output == null && !embeds))) {
            doubts.add("says only the half of what it costs: write both in= and out=");
        }
        row.price().amounts().forEach((key, amount) -> {
            String odd = odd(row, key, amount);
            if (odd != null) {
                doubts.add(odd + ": " + said(key, amount));
            }
        });
        return doubts;
    }

    /** Whether what is written to a cache is cheaper than what is not, which is a price of something else. */
    static boolean isMisplaced(StatedPrice price, PriceTerm.Key key) {
        Money amount = price.amounts().get(key);
        Money input = usual(price, PriceTerm.INPUT, key.above());
        return amount != null
                && input != null
                && (key.term() == PriceTerm.CACHE_WRITE || key.term() == PriceTerm.CACHE_WRITE_HOUR)
                && amount.compareTo(input) < 0;
    }

    private static @Nullable String odd(CatalogueRow row, PriceTerm.Key key, Money amount) {
        Money input = usual(row.price(), PriceTerm.INPUT, key.above());
        Money output = usual(row.price(), PriceTerm.OUTPUT, key.above());
        return switch (key.term()) {
            case CACHED -> above(amount, input) ? "cached tokens cost more than others" : null;
            case BATCH_INPUT -> above(amount, input) ? "batches cost more than other calls" : null;
            case BATCH_OUTPUT -> above(amount, output) ? "batches cost more than other calls" : null;
            case CACHE_WRITE, CACHE_WRITE_HOUR ->
                isMisplaced(row.price(), key)
                        ? "what goes into a cache costs less than what doesn't"
                        : input != null && !input.isZero() && above(amount, input.times(4))
                                ? "what goes into a cache costs over four times as much"
                                : null;
            case FLEX_INPUT -> above(amount, input) ? "calls that take their time cost more than others" : null;
            case FLEX_OUTPUT -> above(amount, output) ? "calls that take their time cost more than others" : null;
            case PRIORITY_INPUT ->
                above(input == null ? amount : input, amount) ? "calls that go first cost less than others" : null;
            case PRIORITY_OUTPUT ->
                above(output == null ? amount : output, amount) ? "calls that go first cost less than others" : null;
            case INPUT,
                    OUTPUT,
                    REASONING,
                    REQUEST,
                    IMAGE,
                    AUDIO_INPUT,
                    AUDIO_CACHED,
                    AUDIO_OUTPUT,
                    IMAGE_OUTPUT,
                    FLEX_CACHED,
                    FLEX_CACHE_WRITE,
                    FLEX_AUDIO_INPUT,
                    PRIORITY_CACHED,
                    PRIORITY_CACHE_WRITE,
                    PRIORITY_AUDIO_INPUT,
                    WEB_SEARCH,
                    WEB_SEARCH_PREVIEW,
                    GROUNDED_ANSWER,
                    MAPS_ANSWER,
                    FILE_SEARCH,
                    CODE,
                    IMAGE_MADE,
                    MEDIUM_SEARCH,
                    LARGE_SEARCH -> null;
        };
    }

    private static boolean above(Money amount, @Nullable Money other) {
        return other != null && amount.compareTo(other) > 0;
    }

    private static @Nullable Money usual(StatedPrice price, PriceTerm term, long above) {
        Money tier = price.amounts().get(new PriceTerm.Key(term, above));
        return tier == null ? price.get(term) : tier;
    }

    private static String said(PriceTerm.Key key, Money amount) {
        return CatalogueText.field(key) + "=" + CatalogueText.number(key.term(), amount);
    }
}
