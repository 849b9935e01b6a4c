package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A price as a file states it: only what it says. Immutable.
 *
 * @param amounts dollars a token, a call or an image
 */
public record StatedPrice(SortedMap<PriceTerm.Key, Money> amounts) {
    /** Nothing stated. */
    public static final StatedPrice NONE = new StatedPrice(new TreeMap<>());

    public StatedPrice {
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
        for (Money amount : amounts.values()) {
            if (amount.picos() < 0) {
                throw new IllegalArgumentException("a price below nothing");
            }
        }
    }

    public boolean isEmpty() {
        return amounts.isEmpty();
    }

    /** Null where it is not stated. */
    public @Nullable Money get(PriceTerm term) {
        return amounts.get(PriceTerm.Key.of(term));
    }

    /** Whether it says what a prompt or an answer costs, and not just what is special. */
    public boolean isWhole() {
        return get(PriceTerm.INPUT) != null || get(PriceTerm.OUTPUT) != null;
    }

    /** The same, with what the other one states besides. */
    public StatedPrice over(StatedPrice other) {
        SortedMap<PriceTerm.Key, Money> all = new TreeMap<>(other.amounts);
        all.putAll(amounts);
        return new StatedPrice(all);
    }

    /** The same, with that too where there is one. */
    StatedPrice with(PriceTerm term, @Nullable Money amount) {
        if (amount == null) {
            return this;
        }
        SortedMap<PriceTerm.Key, Money> all = new TreeMap<>(amounts);
        all.put(PriceTerm.Key.of(term), amount);
        return new StatedPrice(all);
    }

    /** 12 hex digits that name its content. */
    String version() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<PriceTerm.Key, Money> amount : amounts.entrySet()) {
            text.append(amount.getKey().configKey())
                    .append('=')
                    .append(amount.getValue().picos())
                    .append('\n');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
