package dev.laneway.runtime.ledger;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions of a query, and their values. */
final class Conditions {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    /** The end of the year 9999. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    private final List<String> parts = new ArrayList<>();
    private final Tuple values = Tuple.tuple();

    /** @param condition with {@code ?} for the value, once or more; nothing is added for an absent one */
    Conditions and(String condition, @Nullable Object value) {
        if (value != null) {
            values.addValue(value);
            parts.add(condition.replace("?", "$" + values.size()));
        }
        return this;
    }

    Conditions may(Sight sight) {
        switch (sight) {
            case Sight.All all -> {}
            case Sight.OfTeam of -> {
                values.addValue(of.team()).addValue(of.owner());
                parts.add("(team = $" + (values.size() - 1) + " or owner = $" + values.size() + ")");
            }
            case Sight.Own own -> and("owner = ?", own.owner());
        }
        return this;
    }

    /** What roll-ups and requests have in common. */
    Conditions of(LedgerFilter filter) {
        return may(filter.sight())
                .and("owner = ?", filter.owner())
                .and("team = ?", filter.team())
                .and("user_id = ?", filter.user())
                .and("route = ?", filter.route())
                .and("lane = ?", filter.lane());
    }

    /**
     * Where a row is of a model by its {@code model_name} or, for those who see it, by the vendor's name of it: whoever does not see that name
     * must not find out by asking.
     *
     * @param condition with {@code %s} for the test of one row
     */
    Conditions ofModel(String condition, LedgerFilter filter) {
        return and(
                condition.formatted(filter.sight().ofVendors() ? "(model_group = ? or model = ?)" : "model_group = ?"),
                filter.model());
    }

    /** Where some of these conditions hold already: the time too, for a part of a query. */
    String alsoWithin(String column, long from, long to) {
        int before = parts.size();
        within(column, from, to);
        List<String> added = parts.subList(before, parts.size());
        String sql = String.join(" and ", added);
        added.clear();
        return sql.isEmpty() ? "" : (before == 0 ? " where " : " and ") + sql;
    }

    Conditions within(String column, long from, long to) {
        return and(column + " >= ?", from <= 0 ? null : time(from))
                .and(column + " < ?", to > LAST_MILLIS ? null : time(to));
    }

    /** The beginning of an hour at or before it. */
    static long down(long millis) {
        return millis - Math.floorMod(millis, HOUR_MILLIS);
    }

    /** The beginning of an hour at or after it. */
    static long up(long millis) {
        return millis > LAST_MILLIS ? millis : down(millis + HOUR_MILLIS - 1);
    }

    /** The beginning of a day of UTC at or before it; for ever stays for ever. */
    static long downToDay(long millis) {
        return millis > LAST_MILLIS ? millis : millis - Math.floorMod(millis, DAY_MILLIS);
    }

    /** The beginning of a day of UTC at or after it. */
    static long upToDay(long millis) {
        return millis > LAST_MILLIS ? millis : downToDay(millis + DAY_MILLIS - 1);
    }

    static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(Math.clamp(millis, 0, LAST_MILLIS)).atOffset(ZoneOffset.UTC);
    }

    /** With its {@code where}. */
    String sql() {
        return parts.isEmpty() ? "" : " where " + String.join(" and ", parts);
    }

    Tuple values() {
        return values;
    }
}
