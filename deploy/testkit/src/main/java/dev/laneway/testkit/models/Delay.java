package dev.laneway.testkit.models;

import dev.laneway.testkit.answers.Mix;
import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;

/** A distribution of waiting times in milliseconds. */
public sealed interface Delay {
    /** No wait is longer than this, whatever the distribution says: ten minutes. */
    long LONGEST_MILLIS = 600_000;

    /** Always the same. */
    record Fixed(long millis) implements Delay {}

    /** Anything from {@code least} to {@code most}, both included. */
    record Uniform(long least, long most) implements Delay {}

    /** Log-normal: half of the waits are shorter than the median; {@code sigma} is that of the logarithm. */
    record LogNormal(long median, double sigma) implements Delay {}

    /**
     * One wait.
     *
     * @param draw 64 random bits that belong to the call
     */
    default long millis(long draw) {
        double wait = switch (this) {
            case Fixed(long millis) -> millis;
            case Uniform(long least, long most) -> least + Math.floor(Mix.fraction(draw) * (most - least + 1));
            case LogNormal(long median, double sigma) -> median * Math.exp(sigma * Mix.gaussian(draw));
        };
        return Math.clamp(Math.round(wait), 0, LONGEST_MILLIS);
    }

    /** Reads {@code 200}, {@code 2s}, {@code uniform:100:300} or {@code lognormal:200:0.5}. */
    static Parsed<Delay> parse(String name, String text) {
        String[] parts = text.split(":", -1);
        if (parts.length == 1) {
            return millis(name, text).then(millis -> Parsed.good(new Fixed(millis)));
        }
        if (parts.length == 3 && parts[0].equals("uniform")) {
            return millis(name, parts[1])
                    .then(least -> millis(name, parts[2])
                            .then(most -> least <= most
                                    ? Parsed.good(new Uniform(least, most))
                                    : Parsed.bad("option '" + name + "': " + parts[1] + " is more than " + parts[2])));
        }
        if (parts.length == 3 && parts[0].equals("lognormal") && parts[2].matches("\\d(\\.\\d{1,4})?")) {
            return millis(name, parts[1])
                    .then(median -> Parsed.good(new LogNormal(median, Double.parseDouble(parts[2]))));
        }
        return Parsed.bad("option '" + name + "' must be MILLIS, uniform:LEAST:MOST or lognormal:MEDIAN:SIGMA, not '"
                + text + "'");
    }

    private static Parsed<Long> millis(String name, String text) {
        return Spec.wholeNumber(name, text, LONGEST_MILLIS);
    }
}
