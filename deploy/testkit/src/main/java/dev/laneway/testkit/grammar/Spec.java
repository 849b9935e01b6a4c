package dev.laneway.testkit.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A head and its options, as in {@code sim~ttft=200~gap=20}. Option names are lower case; the order is kept.
 *
 * @param head what stands before the first {@code ~}
 * @param options name to value, no value containing {@code ~}
 */
public record Spec(String head, Map<String, String> options) {
    public Spec {
        options = Map.copyOf(options);
    }

    public static Spec of(String head) {
        return new Spec(head, Map.of());
    }

    /** Splits a text at its tildes. An option without {@code =} or twice the same name is refused. */
    public static Parsed<Spec> parse(String text) {
        int tilde = text.indexOf('~');
        if (tilde < 0) {
            return Parsed.good(of(text));
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : text.substring(tilde + 1).split("~", -1)) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                return Parsed.bad("option '" + option + "' is not NAME=VALUE");
            }
            if (options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
                return Parsed.bad("option '" + option.substring(0, equals) + "' is given twice");
            }
        }
        return Parsed.good(new Spec(text.substring(0, tilde), options));
    }

    public @Nullable String option(String name) {
        return options.get(name);
    }

    /** An option that counts something, from 0 to a million. */
    public Parsed<Integer> count(String name, int unsaid) {
        return whole(name, unsaid, 1_000_000L).then(value -> Parsed.good(value.intValue()));
    }

    /** An option that is a time in milliseconds: {@code 200}, {@code 200ms} or {@code 2s}, up to an hour. */
    public Parsed<Long> millis(String name, long unsaid) {
        return whole(name, unsaid, 3_600_000L);
    }

    private Parsed<Long> whole(String name, long unsaid, long most) {
        String text = options.get(name);
        return text == null ? Parsed.good(unsaid) : wholeNumber(name, text, most);
    }

    /** Reads {@code 200}, {@code 200ms} or {@code 2s}. */
    public static Parsed<Long> wholeNumber(String name, String text, long most) {
        long unit = 1;
        String digits = text;
        if (text.endsWith("ms")) {
            digits = text.substring(0, text.length() - 2);
        } else if (text.endsWith("s")) {
            unit = 1000;
            digits = text.substring(0, text.length() - 1);
        }
        boolean readable =
                !digits.isEmpty() && digits.length() <= 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!readable || Long.parseLong(digits) * unit > most) {
            return Parsed.bad(
                    "option '" + name + "' must be a whole number from 0 to " + most + ", not '" + text + "'");
        }
        return Parsed.good(Long.parseLong(digits) * unit);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(head);
        options.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(option ->
                        text.append('~').append(option.getKey()).append('=').append(option.getValue()));
        return text.toString();
    }
}
