package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt cost, by the prices that were in force when it was made.
 *
 * @param cost exact
 * @param price which price it was reckoned with, such as {@code openai/gpt-4o@2024-10-02}; {@code held} where nothing is known but what was
 *     held for it; absent where there was none, and then the cost is nothing because it is not known
 * @param estimate whether its tokens are reckoned, and not the vendor's own figures
 * @param parts what of it is asked for what, together the cost, none of them nothing; empty where it costs nothing, or is the most that the
 *     call may have cost
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Charge(
        @JsonInclude(JsonInclude.Include.ALWAYS) Money cost,
        @Nullable String price,
        boolean estimate,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<ChargePart, Money> parts) {
    /** Of a model without a price. */
    public static final Charge UNPRICED = new Charge(Money.ZERO, null, false);

    public Charge {
        Objects.requireNonNull(cost, "cost");
        parts = parts == null || parts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(parts));
    }

    /** Of a call of which nothing is known but what was held for it; without a price where nothing was. */
    public static Charge held(@Nullable Hold hold) {
        return hold == null ? UNPRICED : new Charge(hold.amount(), "held", true);
    }

    /** One of which nobody tells the parts. */
    public Charge(Money cost, @Nullable String price, boolean estimate) {
        this(cost, price, estimate, Map.of());
    }
}
