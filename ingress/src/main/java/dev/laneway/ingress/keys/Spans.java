package dev.laneway.ingress.keys;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as LiteLLM's users write them: {@code 30s}, {@code 30m}, {@code 12h}, {@code 30d}, {@code 2w}, {@code 1mo} (30 days). */
final class Spans {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(s|m|h|d|w|mo|y)");
    private static final long SECOND = 1_000;
    private static final long DAY = 86_400 * SECOND;
    private static final long LONGEST = 36_500 * DAY;

    private Spans() {}

    /** Milliseconds. @throws IllegalArgumentException where it is no span, or a longer one than a century */
    static long millis(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("write a number and s, m, h, d, w, mo or y, such as 30d");
        }
        long unit = switch (matcher.group(2)) {
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            case "h" -> 3_600 * SECOND;
            case "d" -> DAY;
            case "w" -> 7 * DAY;
            case "mo" -> 30 * DAY;
            default -> 365 * DAY;
        };
        long count = Long.parseLong(matcher.group(1));
        if (count > LONGEST / unit) {
            throw new IllegalArgumentException("at most a century");
        }
        return count * unit;
    }
}
