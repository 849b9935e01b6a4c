package dev.laneway.testkit.grammar;

import java.util.Optional;
import java.util.function.BiFunction;

/** Reads several options of one {@link Spec} and keeps the first problem. Not for sharing between threads. */
public final class OptionReader {
    private final Spec spec;
    private Optional<String> problem = Optional.empty();

    public OptionReader(Spec spec) {
        this.spec = spec;
    }

    public int count(String name, int unsaid) {
        return take(spec.count(name, unsaid), unsaid);
    }

    public long millis(String name, long unsaid) {
        return take(spec.millis(name, unsaid), unsaid);
    }

    /** An option of a form of its own; {@code read} gets its name and its text. */
    public <T> T read(String name, T unsaid, BiFunction<String, String, Parsed<T>> read) {
        String text = spec.option(name);
        return text == null ? unsaid : take(read.apply(name, text), unsaid);
    }

    /** What was made of the options, unless one of them was bad. */
    public <T> Parsed<T> finish(T value) {
        return problem.<Parsed<T>>map(Parsed::bad).orElseGet(() -> Parsed.good(value));
    }

    private <T> T take(Parsed<T> parsed, T unsaid) {
        return switch (parsed) {
            case Parsed.Good<T>(T value) -> value;
            case Parsed.Bad<T>(String reason) -> {
                problem = problem.or(() -> Optional.of(reason));
                yield unsaid;
            }
        };
    }
}
