package dev.laneway.dialects.failures;

import dev.laneway.dialects.HeaderLookup;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * When a vendor wants to be asked again: {@code retry-after-ms} (OpenAI, Azure), else {@code Retry-After} (RFC 9110, 10.2.3) in
 * seconds, possibly with a fraction, or as a date.
 */
public final class RetryAfter {
    /** A day: more than that is a mistake or means never. */
    static final long LONGEST_MILLIS = 86_400_000;

    private RetryAfter() {}

    /**
     * @param now epoch milliseconds
     * @return milliseconds from now, 0 where the vendor does not say
     */
    public static long millis(HeaderLookup headers, long now) {
        var millis = number(headers.get("retry-after-ms"), 1);
        if (millis < 0) {
            var header = headers.get("retry-after");
            millis = number(header, 1000);
            if (millis < 0) {
                millis = untilDate(header, now);
            }
        }
        return Math.clamp(millis, 0, LONGEST_MILLIS);
    }

    /** @return -1 where it is no number */
    private static long number(@Nullable String header, int factor) {
        if (header == null || header.isBlank()) {
            return -1;
        }
        try {
            var number = Double.parseDouble(header.strip());
            return Double.isFinite(number) ? Math.max(0, (long) Math.ceil(number * factor)) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static long untilDate(@Nullable String header, long now) {
        if (header == null) {
            return 0;
        }
        try {
            return ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                            .toEpochMilli()
                    - now;
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
