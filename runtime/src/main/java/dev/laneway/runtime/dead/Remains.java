package dev.laneway.runtime.dead;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Topics;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of the request that a poison record belongs to, from whatever of its envelope is JSON and from its key. Zone, lane and
 * class are the topic's; a reply address of another zone is none.
 *
 * @param request for a fact; owner and route are {@value #UNKNOWN} where the envelope does not say
 * @param deadline epoch milliseconds, 0 where it is not known
 * @param reply where its client listens
 * @param attempts calls made before
 * @param fallbacks hops that failed before the last one
 */
record Remains(
        Fact.Subject request, long deadline, @Nullable ReplyAddress reply, int attempts, int fallbacks) {
    static final String UNKNOWN = "unknown";

    private static final ObjectMapper JSON = new ObjectMapper();

    Remains {
        Objects.requireNonNull(request, "request");
    }

    /** Empty where it can't be told whose the record was: then its client's own timer ends the wait. */
    static Optional<Remains> of(ConsumerRecord<String, byte[]> record, Topics.Parsed topic) {
        JsonNode envelope = envelope(record);
        boolean isAttempt = topic.account().isPresent();
        JsonNode attempt = isAttempt ? envelope : envelope.path("attempt");
        JsonNode request = attempt.path("request").isObject() ? attempt.path("request") : envelope;
        String id = id(record.key(), request.path("id").asText(""));
        if (id == null) {
            return Optional.empty();
        }
        int made = attempt.path("plan").path("attempts").asInt(0);
        return Optional.of(new Remains(
                new Fact.Subject(
                        id,
                        text(request, "owner"),
                        text(request, "route"),
                        topic.lane(),
                        topic.zone(),
                        topic.workClass(),
                        request.path("acceptedAt")
                                .asLong(RequestIds.acceptedAt(id).orElse(0))),
                request.path("deadline").asLong(0),
                reply(request.path("reply"), topic),
                Math.max(0, isAttempt ? made - 1 : made),
                Math.max(0, attempt.path("fallbacks").asInt(0))));
    }

    private static JsonNode envelope(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(Event.HEADER);
        try {
            JsonNode read = header == null || header.value() == null ? null : JSON.readTree(header.value());
            return read == null ? JSON.nullNode() : read;
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }

    /** The key is the request's id in every topic of work: an envelope that says another one is not believed. */
    private static @Nullable String id(@Nullable String key, String said) {
        String id = key == null ? said : key;
        boolean ours = RequestIds.acceptedAt(id).isPresent();
        return ours && (said.isEmpty() || said.equals(id)) ? id : null;
    }

    private static String text(JsonNode request, String field) {
        String text = request.path(field).asText("");
        return text.isEmpty() ? UNKNOWN : text;
    }

    private static @Nullable ReplyAddress reply(JsonNode reply, Topics.Parsed topic) {
        int partition = reply.path("partition").asInt(0);
        return reply.path("topic").asText("").equals(Topics.replies(topic.zone())) && partition >= 0
                ? new ReplyAddress(Topics.replies(topic.zone()), partition)
                : null;
    }
}
