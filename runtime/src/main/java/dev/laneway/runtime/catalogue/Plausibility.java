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
    /** A tenth of a thousandth of a dollar for a million: whoever writes less means dollars for one. */
    private static final Money CHEAPEST_TOKEN = Money.ofDollars("0.0000000001");

    private static final long LEAP = 10;

    private Plausibility() {}

    /** What is wrong with a row's price, each as the end of a sentence about it; empty where it may be right. */
    static List<String> doubts(CatalogueRow row) {
        List<String> doubts = new ArrayList<>();
        boolean embeds = row.mode() == CatalogueRow.Mode.EMBEDDING;
        row.price().amounts().forEach((key, amount) -> {
            Money dearest = !key.term().perToken() ? DEAREST_CALL : embeds ? DEAREST_EMBEDDED_TOKEN : DEAREST_TOKEN;
            if (amount.compareTo(dearest) > 0) {
                doubts.add("costs more than anything does: " + said(key, amount));
            } else if (key.term().perToken() && !amount.isZero() && amount.compareTo(CHEAPEST_TOKEN) < 0) {
                doubts.add("costs less than anything does: " + said(key, amount));
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

    /** What of a model's price is more than ten times as much as it was, less than a tenth of that, or gone; null where nothing is. */
    static @Nullable String leap(CatalogueRow before, CatalogueRow after) {
        for (PriceTerm term : List.of(PriceTerm.INPUT, PriceTerm.OUTPUT, PriceTerm.REQUEST)) {
            Money was = before.price().get(term);
            Money is = after.price().get(term);
            if (was == null || was.isZero()) {
                continue;
            }
            String words = term.word() + "=" + CatalogueText.number(term, was) + " -> "
                    + (is == null ? "none" : CatalogueText.number(term, is));
            if (is == null || is.isZero()) {
                return "costs nothing any more: " + words;
            }
            if (is.compareTo(was.times(LEAP)) > 0 || was.compareTo(is.times(LEAP)) > 0) {
                return "costs another sum altogether: " + words;
            }
        }
        return null;
    }

    /** Whether what is written to a cache is cheaper than what is not, which is a price of something else. */
    static boolean isMisplaced(StatedPrice price, PriceTerm.Key key) {
        Money amount = price.amounts().get(key);
        Money usual = usual(price, key);
        return key.term().way() == PriceWay.WRITTEN && amount != null && usual != null && amount.compareTo(usual) < 0;
    }

    private static @Nullable String odd(CatalogueRow row, PriceTerm.Key key, Money amount) {
        Money usual = usual(row.price(), key);
        return usual == null ? null : key.term().way().oddity(amount, usual);
    }

    /** What it goes beside, of prompts as long. */
    private static @Nullable Money usual(StatedPrice price, PriceTerm.Key key) {
        PriceTerm beside = key.term().beside();
        if (beside == null) {
            return null;
        }
        Money tier = price.amounts().get(new PriceTerm.Key(beside, key.above()));
        return tier == null ? price.get(beside) : tier;
    }

    private static String said(PriceTerm.Key key, Money amount) {
        return CatalogueText.field(key) + "=" + CatalogueText.number(key.term(), amount);
    }
}
