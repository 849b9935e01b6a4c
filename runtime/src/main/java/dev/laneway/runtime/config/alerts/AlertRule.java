package dev.laneway.runtime.config.alerts;

import dev.laneway.contracts.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an alert of a kind is due, and who is told.
 *
 * @param name tells it from others of its kind
 * @param threshold in the kind's own unit, see {@link AlertKind}; null for budgets
 * @param thresholds percents of a budget, rising, where the budget itself names none
 * @param window how long what happened counts
 * @param least below so many calls within the window it says nothing
 * @param floor below such a spend within an hour it says nothing
 * @param weeks of history that it needs before it says anything of a spend
 * @param repeat how long it is silent about a subject that it has told of
 * @param zone by whose clock it is an hour of the week
 * @param channels whom it tells, by name; null: all
 * @param silence when it tells nobody
 */
public record AlertRule(
        String name,
        AlertKind kind,
        @Nullable BigDecimal threshold,
        List<Integer> thresholds,
        Duration window,
        int least,
        Money floor,
        int weeks,
        Duration repeat,
        ZoneId zone,
        @Nullable List<String> channels,
        Silence silence) {
    /** Percents of a budget where neither rule nor budget says any. */
    public static final List<Integer> USUAL_THRESHOLDS = List.of(50, 80, 100);

    static final Money USUAL_FLOOR = Money.ofDollars("5");
    static final int USUAL_WEEKS = 3;
    static final ZoneId USUAL_ZONE = ZoneId.of("UTC");
    static final Duration LEAST_REPEAT = Duration.ofHours(1);

    public AlertRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(floor, "floor");
        Objects.requireNonNull(repeat, "repeat");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(silence, "silence");
        thresholds = thresholds.stream().sorted().distinct().toList();
        channels = channels == null ? null : List.copyOf(channels);
    }

    static AlertRule usual(AlertKind kind) {
        return new AlertRule(
                kind.id(),
                kind,
                kind.threshold(),
                USUAL_THRESHOLDS,
                kind.window(),
                kind.least(),
                USUAL_FLOOR,
                USUAL_WEEKS,
                repeat(kind.window()),
                USUAL_ZONE,
                null,
                Silence.NONE);
    }

    static Duration repeat(Duration window) {
        return window.compareTo(LEAST_REPEAT) < 0 ? LEAST_REPEAT : window;
    }

    /** The threshold of a kind that has one. */
    public BigDecimal limit() {
        return Objects.requireNonNull(threshold, "threshold");
    }

    /** Whether it tells a channel. */
    public boolean tells(String channel) {
        return channels == null || channels.contains(channel);
    }

    AlertRule telling(List<String> channels) {
        return new AlertRule(
                name, kind, threshold, thresholds, window, least, floor, weeks, repeat, zone, channels, silence);
    }
}
