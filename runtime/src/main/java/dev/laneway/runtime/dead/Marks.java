package dev.laneway.runtime.dead;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a dead letter has besides its own. Text, numbers in decimal. A record with {@link #REPLAYED_AT} is no letter: it says
 * what became of the one with its origin.
 */
public final class Marks {
    /** {@code topic-partition@offset} that it had: what names a letter. */
    public static final String ORIGIN = "lw-origin";
    /** Why it is here. */
    public static final String REASON = "lw-reason";
    /** The timestamp that it had, epoch milliseconds. */
    public static final String ORIGIN_TIMESTAMP = "lw-origin-timestamp";
    /** When it was found to be poison, epoch milliseconds. */
    public static final String FIRST_SEEN = "lw-first-seen";
    /** Size of the value that it had. */
    public static final String VALUE_BYTES = "lw-value-bytes";
    /** What of it was too large for a letter, {@code value} or {@code value and headers}; absent where it is whole. */
    public static final String LEFT_OUT = "lw-left-out";
    /** When a letter was sent out again, epoch milliseconds. */
    public static final String REPLAYED_AT = "lw-replayed-at";
    /** Who did it, as they call themselves. */
    public static final String REPLAYED_BY = "lw-replayed-by";
    /** Where it went: {@code topic-partition@offset}. */
    public static final String REPLAYED_TO = "lw-replayed-to";
    /** The id of the letter that a record in a topic of work was sent out from. */
    public static final String REPLAY_OF = "lw-replay-of";

    static final Set<String> ALL = Set.of(
            ORIGIN, REASON, ORIGIN_TIMESTAMP, FIRST_SEEN, VALUE_BYTES, LEFT_OUT, REPLAYED_AT, REPLAYED_BY, REPLAYED_TO);

    private Marks() {}

    static Header of(String name, Object value) {
        return new RecordHeader(name, String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    }

    /** The last one of a name: what a record brought along comes before ours. */
    static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** 0 where there is none. */
    static long number(Headers headers, String name) {
        String text = text(headers, name);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
