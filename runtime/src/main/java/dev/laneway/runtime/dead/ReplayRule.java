package dev.laneway.runtime.dead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how a letter is sent out again. Pure. What was replayed, what would only come back, and what may lead to a second call of
 * one attempt is not, whatever the operator says; what nobody waits for any more is only where they insist, with as much time
 * as it had at first.
 */
final class ReplayRule {
    private static final EventCodec<Request> REQUESTS = EventCodec.of(Request.class);
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);
    private static final EventCodec<FailedAttempt> FAILURES = EventCodec.of(FailedAttempt.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LEAST_MILLIS = 60_000;

    private ReplayRule() {}

    /** What is to be done. */
    sealed interface Decision {
        /** It goes back to the topic that it came from. */
        record Send(ProducerRecord<String, byte[]> record) implements Decision {}

        /** It was sent before. */
        record Already(DeadLetter.Replayed replayed) implements Decision {}

        /** @param forceable whether insisting helps */
        record Refuse(String why, boolean forceable) implements Decision {}
    }

    /** An event, as far as the rule needs it. */
    private record Read(Request request, @Nullable Attempt attempt, boolean failed) {
        /** The number of the first try whose outcome would mean that the event was worked on already. */
        int firstNext() {
            return attempt == null ? 0 : failed ? attempt.plan().events() : attempt.tryNumber();
        }
    }

    /**
     * Decides.
     *
     * @param past of the letter's request
     * @param now epoch milliseconds
     * @param force whether the operator insists
     */
    static Decision decide(LetterScan.Whole whole, Past past, long now, boolean force) {
        DeadLetter letter = whole.letter();
        DeadLetter.Replayed before = letter.replayed();
        if (before != null) {
            return new Decision.Already(before);
        }
        if (letter.leftOut() != null) {
            return never("its " + letter.leftOut() + " was too large for a letter, as it is for an event");
        }
        Header header = whole.record().headers().lastHeader(Event.HEADER);
        if (header == null || header.value() == null) {
            return never("it would come back: it has no envelope");
        }
        Read read;
        try {
            read = read(letter, header.value());
        } catch (UndecodableException e) {
            return never("it would come back: " + e.getMessage());
        }
        String contradiction = contradiction(letter.topic(), whole.record().key(), read.request);
        if (contradiction != null) {
            return never("it would come back: " + contradiction);
        }
        for (String attempt : past.attempts()) {
            if (tryNumber(attempt) >= read.firstNext()) {
                return never("attempt " + attempt + " has an outcome: the vendor could be called again for it");
            }
        }
        if (!force && past.ended() != null) {
            return new Decision.Refuse(
                    "its request has ended: " + past.ended().id()
                            + "; with --force the call is made all the same, and its outcome is late",
                    true);
        }
        boolean expired = now >= read.request.deadline();
        if (!force && expired) {
            return new Decision.Refuse("its deadline has passed; --force gives it a new one", true);
        }
        return new Decision.Send(record(whole, header.value(), read, expired, now));
    }

    private static Decision never(String why) {
        return new Decision.Refuse(why, false);
    }

    private static Read read(DeadLetter letter, byte[] envelope) throws UndecodableException {
        if (letter.topic().account().isPresent()) {
            Attempt attempt = ATTEMPTS.decode(envelope);
            return new Read(attempt.request(), attempt, false);
        }
        if (isFailure(letter)) {
            Attempt attempt = FAILURES.decode(envelope).attempt();
            return new Read(attempt.request(), attempt, true);
        }
        return new Read(REQUESTS.decode(envelope), null, false);
    }

    private static boolean isFailure(DeadLetter letter) {
        Topics.Parsed topic = letter.topic();
        return DeadLetter.topicName(letter.id()).equals(Topics.failures(topic.zone(), topic.lane(), topic.workClass()));
    }

    /** The fences of the roles would stop it too; it need not get there. */
    private static @Nullable String contradiction(Topics.Parsed topic, @Nullable String key, Request request) {
        if (request.zone() != topic.zone()
                || !request.lane().equals(topic.lane())
                || request.workClass() != topic.workClass()) {
            return "its envelope contradicts its topic";
        }
        return request.id().equals(key) ? null : "its envelope contradicts its key";
    }

    /** The last part of an attempt's id. */
    private static int tryNumber(String attempt) {
        try {
            return Integer.parseInt(attempt.substring(attempt.lastIndexOf(':') + 1));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    private static ProducerRecord<String, byte[]> record(
            LetterScan.Whole whole, byte[] envelope, Read read, boolean expired, long now) {
        ConsumerRecord<String, byte[]> kept = whole.record();
        RecordHeaders headers = new RecordHeaders(kept.headers());
        Marks.ALL.forEach(headers::remove);
        if (expired) {
            long had = read.request.deadline() - read.request.acceptedAt();
            headers.remove(Event.HEADER);
            headers.add(Event.HEADER, due(envelope, read, now + Math.max(LEAST_MILLIS, had)));
        }
        headers.add(Marks.of(Marks.REPLAY_OF, whole.letter().id()));
        return new ProducerRecord<>(DeadLetter.topicName(whole.letter().id()), null, kept.key(), kept.value(), headers);
    }

    /** The envelope with another deadline; fields that this version does not know stay. */
    private static byte[] due(byte[] envelope, Read read, long deadline) {
        try {
            JsonNode root = JSON.readTree(envelope);
            JsonNode attempt = read.failed ? root.path("attempt") : root;
            JsonNode request = read.attempt == null ? root : attempt.path("request");
            ((ObjectNode) request).put("deadline", deadline);
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an envelope that was read can't be read again");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can't be read");
        }
    }
}
