package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a budget begins anew, by the calendar: {@code 1d} ends at midnight, {@code 1w} (and {@code 7d}) before Monday, {@code 1mo} (and
 * {@code 30d}) with the month, {@code 1y} with the year, {@code 1h} with the hour; {@code total} never. Other counts of hours, days, weeks and
 * months follow each other from the first of January 1970, of weeks from the Monday after, by the clocks of the budget's time zone: {@code 24h}
 * begins at midnight too. Seconds and minutes do so in UTC.
 */
public final class BudgetPeriod {
    /** Never begins anew. */
    public static final BudgetPeriod TOTAL = new BudgetPeriod(0, Unit.TOTAL);

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(s|m|hr?|d|w|mo|y)");
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private final int count;
    private final Unit unit;

    private enum Unit {
        SECOND("s"),
        MINUTE("m"),
        HOUR("h"),
        DAY("d"),
        WEEK("w"),
        MONTH("mo"),
        YEAR("y"),
        TOTAL("total");

        private final String id;

        Unit(String id) {
            this.id = id;
        }
    }

    /**
     * A stretch of time in which a budget's money is spent.
     *
     * @param start epoch milliseconds, within
     * @param end epoch milliseconds, outside; {@link Long#MAX_VALUE} where it never ends
     */
    public record Window(long start, long end) {}

    private BudgetPeriod(int count, Unit unit) {
        this.count = count;
        this.unit = unit;
    }

    /** @throws IllegalArgumentException where the text is no period */
    @JsonCreator
    public static BudgetPeriod of(String text) {
        String stated = text.strip();
        return switch (stated) {
            case "total" -> TOTAL;
            case "hourly" -> new BudgetPeriod(1, Unit.HOUR);
            case "daily" -> new BudgetPeriod(1, Unit.DAY);
            case "weekly", "7d" -> new BudgetPeriod(1, Unit.WEEK);
            case "monthly", "30d" -> new BudgetPeriod(1, Unit.MONTH);
            case "yearly", "365d" -> new BudgetPeriod(1, Unit.YEAR);
            default -> counted(stated);
        };
    }

    private static BudgetPeriod counted(String stated) {
        Matcher matcher = FORM.matcher(stated);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a period: " + stated + "; write total, or a number and s, m, h, d, w, mo or y");
        }
        return Arrays.stream(Unit.values())
                .filter(unit -> unit.id.equals(matcher.group(2).equals("hr") ? "h" : matcher.group(2)))
                .map(unit -> new BudgetPeriod(Integer.parseInt(matcher.group(1)), unit))
                .findFirst()
                .orElseThrow();
    }

    /** The window that a moment is in. */
    public Window at(long epochMillis, ZoneId zone) {
        LocalDateTime clock =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), zone).truncatedTo(ChronoUnit.HOURS);
        LocalDateTime midnight = clock.truncatedTo(ChronoUnit.DAYS);
        return switch (unit) {
            case TOTAL -> new Window(0, Long.MAX_VALUE);
            case SECOND -> fixed(epochMillis, Duration.ofSeconds(count).toMillis(), 0);
            case MINUTE -> fixed(epochMillis, Duration.ofMinutes(count).toMillis(), 0);
            case HOUR ->
                count == 1
                        ? fixed(epochMillis, Duration.ofHours(1).toMillis(), offsetMillis(epochMillis, zone))
                        : counted(clock, ChronoUnit.HOURS, EPOCH, epochMillis, zone);
            case DAY -> counted(midnight, ChronoUnit.DAYS, EPOCH, epochMillis, zone);
            case WEEK ->
                counted(
                        midnight.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                        ChronoUnit.WEEKS,
                        EPOCH.with(TemporalAdjusters.next(DayOfWeek.MONDAY)),
                        epochMillis,
                        zone);
            case MONTH -> counted(midnight.withDayOfMonth(1), ChronoUnit.MONTHS, EPOCH, epochMillis, zone);
            case YEAR -> counted(midnight.withDayOfYear(1), ChronoUnit.YEARS, EPOCH, epochMillis, zone);
        };
    }

    private static long offsetMillis(long epochMillis, ZoneId zone) {
        return 1_000L
                * zone.getRules().getOffset(Instant.ofEpochMilli(epochMillis)).getTotalSeconds();
    }

    private static Window fixed(long epochMillis, long length, long offset) {
        long start = Math.floorDiv(epochMillis + offset, length) * length - offset;
        return new Window(start, start + length);
    }

    /** By what the clocks say: on a day that is longer or shorter, so is a window. */
    private Window counted(LocalDateTime clock, ChronoUnit in, LocalDateTime from, long epochMillis, ZoneId zone) {
        LocalDateTime start = clock.minus(Math.floorMod(in.between(from, clock), (long) count), in);
        LocalDateTime end = start.plus(count, in);
        while (first(end, zone) <= epochMillis) { // the clocks were put back over a beginning: that was the first time
            start = end;
            end = start.plus(count, in);
        }
        return new Window(first(start, zone), first(end, zone));
    }

    /** When the clocks first say so, or more: they may say it twice, or never. */
    private static long first(LocalDateTime clock, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(clock);
        Instant first = change != null && change.isGap()
                ? change.getInstant()
                : clock.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
        return first.toEpochMilli();
    }

    /** Such as {@code 1mo}; {@code total} where it never begins anew. */
    @JsonValue
    public String text() {
        return unit == Unit.TOTAL ? unit.id : count + unit.id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BudgetPeriod period && period.count == count && period.unit == unit;
    }

    @Override
    public int hashCode() {
        return Objects.hash(count, unit);
    }

    @Override
    public String toString() {
        return text();
    }
}
