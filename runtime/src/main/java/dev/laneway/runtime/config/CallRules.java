package dev.laneway.runtime.config;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one deployment is called, beyond where it is.
 *
 * @param order of those of its group that can be called, only those of the lowest order are; {@link #LAST} where it has none
 * @param retries further tries of its hop after it failed, where no retry policy says otherwise; null: as the router has it
 * @param drops request fields, by their top-level names in the vendor's dialect, that are never sent to it
 */
public record CallRules(int order, @Nullable Integer retries, Cooldown cooldown, Set<String> drops) {
    public static final int LAST = Integer.MAX_VALUE;
    /** Nothing stated. */
    public static final CallRules USUAL = new CallRules(LAST, null, Cooldown.USUAL, Set.of());

    public CallRules {
        Objects.requireNonNull(cooldown, "cooldown");
        drops = Set.copyOf(drops);
        if (retries != null && retries < 0) {
            throw new IllegalArgumentException("retries " + retries);
        }
    }

    /** The drops in one order, for what is written. */
    public Set<String> sortedDrops() {
        return new TreeSet<>(drops);
    }
}
