package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a holder may spend in each of its windows. A holder may have several, of which each must have room.
 *
 * @param name tells it from the others of its holder: letters, digits, {@code -} and {@code _}
 * @param limit at most nine million dollars
 * @param timeZone by whose calendar its windows begin; UTC where absent
 * @param thresholds percent of the limit at which an alert is due, rising, each from 1 to 100
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Budget(
        String name,
        @JsonInclude(JsonInclude.Include.ALWAYS) Money limit,
        @JsonInclude(JsonInclude.Include.ALWAYS) BudgetPeriod period,
        @Nullable String timeZone,
        List<Integer> thresholds) {
    /** The name of a holder's only budget where nobody gave it one. */
    public static final String UNNAMED = "budget";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public Budget {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not fit for a budget's name: " + name);
        }
        if (limit.picos() < 0) {
            throw new IllegalArgumentException("a budget can't be negative");
        }
        Objects.requireNonNull(period, "period");
        if (timeZone != null) {
            var _ = ZoneId.of(timeZone);
        }
        thresholds =
                thresholds == null ? List.of() : thresholds.stream().sorted().toList();
        if (thresholds.stream().anyMatch(percent -> percent < 1 || percent > 100)) {
            throw new IllegalArgumentException("thresholds are percents from 1 to 100");
        }
    }

    /** In UTC, without thresholds. */
    public static Budget of(Money limit, BudgetPeriod period) {
        return new Budget(UNNAMED, limit, period, null, List.of());
    }

    /** The window that a moment is in. */
    @JsonIgnore
    public BudgetPeriod.Window window(long epochMillis) {
        return period.at(epochMillis, ZoneId.of(timeZone == null ? "UTC" : timeZone));
    }
}
