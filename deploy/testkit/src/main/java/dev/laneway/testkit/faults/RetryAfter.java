package dev.laneway.testkit.faults;

import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The {@code Retry-After} header of a refusal, in either form of RFC 9110 section 10.2.3, or its absence. */
public sealed interface RetryAfter {
    /** The form that RFC 9110 prefers. The JDK's own formatter writes days below ten with one digit. */
    DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    /** No header. */
    record None() implements RetryAfter {}

    /** A number of seconds. */
    record Seconds(long seconds) implements RetryAfter {}

    /** The HTTP-date this many seconds from now, rounded up to the next whole second. */
    record Date(long seconds) implements RetryAfter {}

    /** Reads {@code none}, {@code 2} or {@code date:2}. */
    static Parsed<RetryAfter> parse(String text) {
        if (text.equals("none")) {
            return Parsed.good(new None());
        }
        boolean date = text.startsWith("date:");
        return Spec.wholeNumber("retry-after", date ? text.substring(5) : text, 86_400)
                .then(seconds -> Parsed.good(date ? new Date(seconds) : new Seconds(seconds)));
    }

    /** The text that {@link #parse} reads. */
    default String text() {
        return switch (this) {
            case None() -> "none";
            case Seconds(long seconds) -> Long.toString(seconds);
            case Date(long seconds) -> "date:" + seconds;
        };
    }

    /** The header's value at this moment. */
    default Optional<String> header(Clock clock) {
        return switch (this) {
            case None() -> Optional.empty();
            case Seconds(long seconds) -> Optional.of(Long.toString(seconds));
            case Date(long seconds) ->
                Optional.of(HTTP_DATE.format(
                        ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).plusSeconds(seconds + 1)));
        };
    }
}
