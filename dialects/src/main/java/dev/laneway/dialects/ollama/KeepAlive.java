package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * {@code keep_alive}: seconds as a number, negative for ever; or a duration as Go writes it, such as {@code 5m} or {@code 1h30m}. Zero
 * unloads.
 */
public final class KeepAlive {
    private static final Pattern DURATION =
            Pattern.compile("[-+]?((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+|[-+]?0");

    private KeepAlive() {}

    static boolean isDuration(String text) {
        return DURATION.matcher(text).matches();
    }

    /** Whether a model is to be unloaded at once. */
    public static boolean isZero(JsonNode value) {
        return value.isNumber()
                ? value.doubleValue() == 0
                : value.isTextual() && isDuration(value.textValue()) && isZero(value.textValue());
    }

    private static boolean isZero(String duration) {
        return duration.chars().noneMatch(c -> c >= '1' && c <= '9');
    }
}
