package dev.laneway.accounting.ledger;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of rows that are copied into a table.
 *
 * @param <R> what a row is made from
 * @param name the column's
 * @param type PostgreSQL's name of the type that it travels as
 * @param writer puts a row's field into the buffer
 */
record Column<R>(String name, String type, BiConsumer<R, CopyBuffer> writer) {
    static <R> Column<R> text(String name, Function<R, @Nullable String> value) {
        return new Column<>(name, "text", (row, to) -> to.text(value.apply(row)));
    }

    static <R> Column<R> texts(String name, Function<R, List<String>> value) {
        return new Column<>(name, "text[]", (row, to) -> to.texts(value.apply(row)));
    }

    static <R> Column<R> truth(String name, Predicate<R> value) {
        return new Column<>(name, "bool", (row, to) -> to.truth(value.test(row)));
    }

    static <R> Column<R> whole(String name, ToIntFunction<R> value) {
        return new Column<>(name, "int4", (row, to) -> to.whole(value.applyAsInt(row)));
    }

    static <R> Column<R> big(String name, ToLongFunction<R> value) {
        return new Column<>(name, "int8", (row, to) -> to.big(value.applyAsLong(row)));
    }

    static <R> Column<R> wholeOrNull(String name, Function<R, @Nullable Integer> value) {
        return new Column<>(name, "int4", (row, to) -> {
            Integer number = value.apply(row);
            if (number == null) {
                to.nothing();
            } else {
                to.whole(number);
            }
        });
    }

    static <R> Column<R> bigOrNull(String name, Function<R, @Nullable Long> value) {
        return new Column<>(name, "int8", (row, to) -> {
            Long number = value.apply(row);
            if (number == null) {
                to.nothing();
            } else {
                to.big(number);
            }
        });
    }

    /** A time in epoch milliseconds. */
    static <R> Column<R> time(String name, ToLongFunction<R> millis) {
        return new Column<>(name, "timestamptz", (row, to) -> to.time(millis.applyAsLong(row)));
    }

    /** A time in epoch milliseconds; 0 is a null. */
    static <R> Column<R> timeOrNull(String name, ToLongFunction<R> millis) {
        return new Column<>(name, "timestamptz", (row, to) -> {
            long at = millis.applyAsLong(row);
            if (at == 0) {
                to.nothing();
            } else {
                to.time(at);
            }
        });
    }
}
