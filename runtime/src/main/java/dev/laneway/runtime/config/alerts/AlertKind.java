package dev.laneway.runtime.config.alerts;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an alert can be about, and when it is due where nobody says otherwise. */
public enum AlertKind {
    /** A budget of a key, team, user, tag ... has been spent to a share of it. Its thresholds are percents. */
    BUDGET(null, Duration.ZERO, 0),
    /** An hour's spend of a key, of a team or of all is far above what is usual for that hour of the week; the threshold is how far. */
    SPEND(new BigDecimal("4"), Duration.ofHours(1), 0),
    /** Requests left a deployment for the next hop; the threshold is how many within the window. */
    FALLBACKS(new BigDecimal("20"), Duration.ofHours(1), 0),
    /** Calls to a provider fail by its fault; the threshold is the percentage of those within the window. */
    PROVIDER_ERRORS(new BigDecimal("20"), Duration.ofMinutes(5), 20),
    /** One key met refusals of several kinds; the threshold is how many kinds within the window. */
    VIOLATIONS(new BigDecimal("3"), Duration.ofMinutes(10), 0),
    /** Requests of a key were refused because a budget has no room; the threshold is how many within the window. */
    BUDGET_REFUSALS(BigDecimal.ONE, Duration.ofHours(1), 0),
    /** Usage facts are older than the threshold, in seconds, when they reach the ledger. */
    LEDGER_LAG(new BigDecimal("60"), Duration.ofMinutes(1), 0),
    /** Requests passed uncounted, since Redis was away; the threshold is how many within the window. */
    REDIS_OPEN(BigDecimal.ONE, Duration.ofMinutes(5), 0),
    /** A deployment's calls last longer than the threshold, in seconds; at least so many of them within the window. Only where it is asked for. */
    SLOW_CALLS(null, Duration.ofHours(1), 1);

    private final @Nullable BigDecimal threshold;
    private final Duration window;
    private final int least;

    AlertKind(@Nullable BigDecimal threshold, Duration window, int least) {
        this.threshold = threshold;
        this.window = window;
        this.least = least;
    }

    /** The word used in the file, in alerts and in metrics. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rule that is in force where the file has none of this kind; null where there is none then. */
    public @Nullable AlertRule usual() {
        return this == SLOW_CALLS ? null : AlertRule.usual(this);
    }

    @Nullable
    BigDecimal threshold() {
        return threshold;
    }

    Duration window() {
        return window;
    }

    int least() {
        return least;
    }

    /** The kind of a word; null where it is none. */
    static @Nullable AlertKind of(String id) {
        for (AlertKind kind : values()) {
            if (kind.id().equals(id)) {
                return kind;
            }
        }
        return null;
    }
}
