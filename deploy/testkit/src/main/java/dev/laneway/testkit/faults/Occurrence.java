package dev.laneway.testkit.faults;

import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;

/** Which of the calls that a rule matches it hits. Calls are counted from 1, per rule. */
public sealed interface Occurrence {
    /** All of them. */
    record Always() implements Occurrence {}

    /** Only this one. */
    record Nth(long number) implements Occurrence {}

    /** The first so many. */
    record First(long count) implements Occurrence {}

    /** Every so many-th. */
    record Every(long count) implements Occurrence {}

    /** Each with this probability, drawn from the simulator's seed, so that a run can be repeated. */
    record Chance(double probability) implements Occurrence {}

    /**
     * Whether the {@code number}-th matching call is hit.
     *
     * @param draw a number from 0 (inclusive) to 1 (exclusive) that belongs to this call
     */
    default boolean hits(long number, double draw) {
        return switch (this) {
            case Always() -> true;
            case Nth(long n) -> number == n;
            case First(long n) -> number <= n;
            case Every(long n) -> number % n == 0;
            case Chance(double p) -> draw < p;
        };
    }

    /** Reads one of {@code nth}, {@code first}, {@code every} and {@code probability}. */
    static Parsed<Occurrence> parse(String name, String value) {
        if (name.equals("probability")) {
            return value.matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?")
                    ? Parsed.good(new Chance(Double.parseDouble(value)))
                    : Parsed.bad("probability must be from 0 to 1");
        }
        return Spec.wholeNumber(name, value, 1_000_000_000L).then(number -> {
            if (number == 0) {
                return Parsed.bad(name + " counts from 1");
            }
            return switch (name) {
                case "nth" -> Parsed.good(new Nth(number));
                case "first" -> Parsed.good(new First(number));
                case "every" -> Parsed.good(new Every(number));
                default -> Parsed.bad("a rule matches by nth, first, every or probability, not '" + name + "'");
            };
        });
    }
}
