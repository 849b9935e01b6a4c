package dev.laneway.runtime.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An alert that was raised.
 *
 * @param id later ones sort behind it
 * @param subject what it is about, such as {@code key/key_01kb} or {@code provider/openai}
 * @param level percent of a budget; 0 where there are no levels
 * @param windowFrom since when what it tells of counts
 * @param title a few words
 * @param text a sentence or two
 * @param details its figures, an object in JSON
 * @param silenced its rule was silent, or a silence held: nobody was told
 * @param silencedBy id of that silence; null where there was none
 * @param deliveries who is told, by channel
 */
public record AlertEntry(
        String id,
        String rule,
        String kind,
        String subject,
        int level,
        Instant windowFrom,
        String title,
        String text,
        String details,
        boolean silenced,
        @Nullable String silencedBy,
        Instant raisedAt,
        List<Delivery> deliveries) {
    public AlertEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(details, "details");
        deliveries = List.copyOf(deliveries);
    }

    /**
     * How a channel is told.
     *
     * @param state {@code due}, {@code delivered}, {@code given_up} or {@code dropped}
     * @param attempts tries that were begun
     * @param nextAt when it is tried next, where it is due
     * @param endedAt when it was not due any more
     * @param status HTTP status of the last try that ended; null where there was none
     * @param failure why that try failed; null where it did not
     */
    public record Delivery(
            String channel,
            String state,
            int attempts,
            Instant nextAt,
            @Nullable Instant endedAt,
            @Nullable Integer status,
            @Nullable String failure) {
        public Delivery {
            Objects.requireNonNull(channel, "channel");
            Objects.requireNonNull(state, "state");
        }
    }
}
