package dev.laneway.accounting.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of a bulk insert: its values of many rows travel as one array.
 *
 * @param <R> what a row is made from
 * @param name the column's
 * @param type PostgreSQL's name of the type
 * @param array makes an array of the Java type that the client maps to that type
 * @param value of a row; null for a null
 */
record Column<R>(String name, String type, IntFunction<Object[]> array, Function<R, @Nullable Object> value) {
    /** The end of the year 9999: a broken clock must not make a fact that can't be stored. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    /** Text; a NUL, which PostgreSQL's text can't hold, is left out. */
    static <R> Column<R> text(String name, Function<R, @Nullable String> value) {
        return new Column<>(name, "text", String[]::new, row -> {
            String text = value.apply(row);
            return text == null || text.indexOf(0) < 0 ? text : text.replace("\0", "");
        });
    }

    static <R> Column<R> whole(String name, ToIntFunction<R> value) {
        return new Column<>(name, "int4", Integer[]::new, value::applyAsInt);
    }

    static <R> Column<R> truth(String name, Predicate<R> value) {
        return new Column<>(name, "bool", Boolean[]::new, value::test);
    }

    static <R> Column<R> big(String name, ToLongFunction<R> value) {
        return new Column<>(name, "int8", Long[]::new, value::applyAsLong);
    }

    static <R> Column<R> bigOrNull(String name, Function<R, @Nullable Long> value) {
        return new Column<>(name, "int8", Long[]::new, value::apply);
    }

    /** A time in epoch milliseconds; 0 is a null. */
    static <R> Column<R> timeOrNull(String name, ToLongFunction<R> millis) {
        return new Column<>(name, "timestamptz", OffsetDateTime[]::new, row -> {
            long at = millis.applyAsLong(row);
            return at == 0 ? null : time(at);
        });
    }

    /** A time in epoch milliseconds. */
    static <R> Column<R> time(String name, ToLongFunction<R> millis) {
        return new Column<>(name, "timestamptz", OffsetDateTime[]::new, row -> time(millis.applyAsLong(row)));
    }

    private static OffsetDateTime time(long millis) {
        return OffsetDateTime.ofInstant(Instant.ofEpochMilli(Math.clamp(millis, 0, LAST_MILLIS)), ZoneOffset.UTC);
    }

    /** This column of some rows. */
    Object[] values(List<R> rows) {
        Object[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return values;
    }
}
