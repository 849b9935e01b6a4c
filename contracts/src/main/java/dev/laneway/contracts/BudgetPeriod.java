package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a budget begins anew, by the calendar: {@code 1d} ends at midnight, {@code 1w} (and {@code 7d}) before Monday, {@code 1mo} (and
 * {@code 30d}) with the month, {@code 1y} with the year, {@code 1h} with the hour; {@code total} never. Other counts of seconds, minutes,
 * hours, days, weeks and months follow each other from the first of January 1970, of weeks from the Monday after, in the budget's time zone.
 */
public final class BudgetPeriod {
    /** Never begins anew. */
    public static final BudgetPeriod TOTAL = new BudgetPeriod(0, Unit.TOTAL);

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(s|m|h|d|w|mo|y)");
    private static final ZonedDateTime EPOCH = Instant.EPOCH.atZone(ZoneId.of("UTC"));

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
                .filter(unit -> unit.id.equals(matcher.group(2)))
                .map(unit -> new BudgetPeriod(Integer.parseInt(matcher.group(1)), unit))
                .findFirst()
                .orElseThrow();
    }

    /** The window that a moment is in. */
    public Window at(long epochMillis, ZoneId zone) {
        ZonedDateTime moment = Instant.ofEpochMilli(epochMillis).atZone(zone);
        return switch (unit) {
            case TOTAL -> new Window(0, Long.MAX_VALUE);
            case SECOND, MINUTE -> fixed(epochMillis);
            case HOUR ->
                count == 1 ? between(moment.truncatedTo(ChronoUnit.HOURS), 1, ChronoUnit.HOURS) : fixed(epochMillis);
            case DAY -> counted(moment.truncatedTo(ChronoUnit.DAYS), ChronoUnit.DAYS, EPOCH);
            case WEEK -> {
                ZonedDateTime monday =
                        moment.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield counted(monday, ChronoUnit.WEEKS, EPOCH.with(TemporalAdjusters.next(DayOfWeek.MONDAY)));
            }
            case MONTH -> counted(moment.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1), ChronoUnit.MONTHS, EPOCH);
            case YEAR -> counted(moment.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1), ChronoUnit.YEARS, EPOCH);
        };
    }

    private Window fixed(long epochMillis) {
        long length = switch (unit) {
            case SECOND -> Duration.ofSeconds(count).toMillis();
            case MINUTE -> Duration.ofMinutes(count).toMillis();
            default -> Duration.ofHours(count).toMillis();
        };
        long start = Math.floorDiv(epochMillis, length) * length;
        return new Window(start, start + length);
    }

    private Window counted(ZonedDateTime start, ChronoUnit in, ZonedDateTime from) {
        long past = in.between(from.toLocalDate(), start.toLocalDate());
        return between(start.minus(Math.floorMod(past, (long) count), in), count, in);
    }

    private static Window between(ZonedDateTime start, int count, ChronoUnit in) {
        return new Window(
                start.toInstant().toEpochMilli(),
                start.plus(count, in).toInstant().toEpochMilli());
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
