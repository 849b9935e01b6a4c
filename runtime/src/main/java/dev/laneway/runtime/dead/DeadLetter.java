package dev.laneway.runtime.dead;

import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Topics;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a dead-letter topic says of one poison record, without its content.
 *
 * @param id {@code topic-partition@offset} that it had
 * @param requestId the request it belonged to; null where its key was no id of ours
 * @param reason why it is there
 * @param firstSeen when it was found to be poison, epoch milliseconds
 * @param originTimestamp the timestamp that it had, epoch milliseconds
 * @param valueBytes size of the value that it had
 * @param leftOut what of it was too large for a letter
 * @param replayed whether and how it was sent out again
 */
public record DeadLetter(
        String id,
        @Nullable String requestId,
        String reason,
        long firstSeen,
        long originTimestamp,
        long valueBytes,
        @Nullable String leftOut,
        @Nullable Replayed replayed) {
    public DeadLetter {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * It was sent out again.
     *
     * @param at epoch milliseconds
     * @param by whom, as they call themselves
     * @param to {@code topic-partition@offset}
     */
    public record Replayed(long at, String by, String to) {
        public Replayed {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(to, "to");
        }

        static Optional<Replayed> of(ConsumerRecord<String, byte[]> record) {
            String to = Marks.text(record.headers(), Marks.REPLAYED_TO);
            long at = Marks.number(record.headers(), Marks.REPLAYED_AT);
            String by = Marks.text(record.headers(), Marks.REPLAYED_BY);
            return at == 0 || to == null ? Optional.empty() : Optional.of(new Replayed(at, by == null ? "" : by, to));
        }
    }

    /** Reads one; empty where the record is none. */
    static Optional<DeadLetter> of(ConsumerRecord<String, byte[]> record) {
        String origin = Marks.text(record.headers(), Marks.ORIGIN);
        if (origin == null || topic(origin).isEmpty()) {
            return Optional.empty();
        }
        String key = record.key();
        String reason = Marks.text(record.headers(), Marks.REASON);
        return Optional.of(new DeadLetter(
                origin,
                key != null && RequestIds.acceptedAt(key).isPresent() ? key : null,
                reason == null ? "" : reason,
                Marks.number(record.headers(), Marks.FIRST_SEEN),
                Marks.number(record.headers(), Marks.ORIGIN_TIMESTAMP),
                Marks.number(record.headers(), Marks.VALUE_BYTES),
                Marks.text(record.headers(), Marks.LEFT_OUT),
                null));
    }

    DeadLetter with(Replayed how) {
        return new DeadLetter(id, requestId, reason, firstSeen, originTimestamp, valueBytes, leftOut, how);
    }

    /** Where it was; the authority on zone, lane and class. */
    Topics.Parsed topic() {
        return topic(id).orElseThrow();
    }

    /** The topic's name that an id begins with. */
    static String topicName(String id) {
        int dash = id.lastIndexOf('-');
        return dash < 0 ? "" : id.substring(0, dash);
    }

    /** The topic of an id; empty where it is no id of a letter. */
    static Optional<Topics.Parsed> topic(String id) {
        return Topics.parse(topicName(id));
    }

    /** One line. */
    String line() {
        return Instant.ofEpochMilli(firstSeen) + "  " + id + "  " + (requestId == null ? "-" : requestId) + "  "
                + valueBytes + " bytes  " + reason
                + (replayed == null
                        ? ""
                        : "  [replayed " + Instant.ofEpochMilli(replayed.at) + " by " + replayed.by + " to "
                                + replayed.to + "]");
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("zone", topic().zone().id())
                .put("lane", topic().lane())
                .put("class", topic().workClass().id())
                .put("request_id", requestId)
                .put("reason", reason)
                .put("first_seen", Instant.ofEpochMilli(firstSeen).toString())
                .put("origin_timestamp", Instant.ofEpochMilli(originTimestamp).toString())
                .put("value_bytes", valueBytes)
                .put("left_out", leftOut);
        return json.put(
                "replayed",
                replayed == null
                        ? null
                        : new JsonObject()
                                .put("at", Instant.ofEpochMilli(replayed.at).toString())
                                .put("by", replayed.by)
                                .put("to", replayed.to));
    }
}
