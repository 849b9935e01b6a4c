package dev.laneway.testkit.grammar;

import java.util.function.Function;

/**
 * What became of reading a text: the value, or why it could not be read.
 *
 * @param <T> the type read
 */
public sealed interface Parsed<T> {
    /** The text said this. */
    record Good<T>(T value) implements Parsed<T> {}

    /** The text could not be read; {@code reason} is a sentence for the caller. */
    record Bad<T>(String reason) implements Parsed<T> {}

    static <T> Parsed<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Parsed<T> bad(String reason) {
        return new Bad<>(reason);
    }

    /** Reads on from a good value; a bad one stays as it is. */
    default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
        return switch (this) {
            case Good<T>(T value) -> next.apply(value);
            case Bad<T>(String reason) -> bad(reason);
        };
    }

    /** The value of a text the caller vouches for: a constant, a flag that must be right to go on. */
    default T orThrow() {
        return switch (this) {
            case Good<T>(T value) -> value;
            case Bad<T>(String reason) -> throw new IllegalArgumentException(reason);
        };
    }
}
