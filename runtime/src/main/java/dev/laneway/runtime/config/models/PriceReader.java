package dev.laneway.runtime.config.models;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.catalogue.PriceTerm;
import dev.laneway.runtime.catalogue.StatedPrice;
import dev.laneway.runtime.config.file.Block;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a file says that a deployment's calls cost, in {@code litellm_params} or {@code model_info}, by LiteLLM's names. */
final class PriceReader {
    private static final int DEAREST = 1_000;
    /** Nobody takes more for a token: whoever writes more than a cent means a thousand or a million of them. */
    private static final BigDecimal DEAREST_TOKEN = new BigDecimal("0.01");

    private PriceReader() {}

    /** Takes all of them; what can't be a price is a problem. */
    static StatedPrice read(@Nullable Block block) {
        if (block == null) {
            return StatedPrice.NONE;
        }
        SortedMap<PriceTerm.Key, Money> amounts = new TreeMap<>();
        for (String name : List.copyOf(block.entries().keySet())) {
            PriceTerm.Key key = key(name);
            Money amount = key == null ? null : amount(block, name, key);
            if (key != null && amount != null) {
                amounts.put(key, amount);
            }
        }
        return amounts.isEmpty() ? StatedPrice.NONE : new StatedPrice(amounts);
    }

    /** Takes all of them, unread. */
    static void ignore(Block block) {
        block.entries().keySet().stream().filter(name -> key(name) != null).forEach(block::take);
    }

    /** What is said of images is left for others to say that nothing is done with it. */
    private static PriceTerm.@Nullable Key key(String name) {
        return PriceTerm.ofConfigKey(name)
                .filter(key -> key.term() != PriceTerm.IMAGE)
                .orElse(null);
    }

    private static @Nullable Money amount(Block block, String name, PriceTerm.Key key) {
        BigDecimal dollars = block.number(name, 0, DEAREST);
        if (dollars == null) {
            return null;
        }
        if (key.term().perToken() && dollars.compareTo(DEAREST_TOKEN) > 0) {
            block.reading()
                    .problems()
                    .error(
                            block.place(name),
                            "is a price for one token, and over a cent",
                            "write dollars for a single token");
            return null;
        }
        Money amount = Money.nearest(dollars);
        if (amount.dollars().compareTo(dollars) != 0) {
            block.reading()
                    .problems()
                    .error(
                            block.place(name),
                            "is finer than a trillionth of a dollar",
                            "write at most 12 digits behind the point");
            return null;
        }
        return amount;
    }
}
