package dev.laneway.e2e;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.codec.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer that writes to the topics of work what nobody should, each shape of poison once. */
final class Poison implements AutoCloseable {
    static final String REQUESTS = Topics.requests(Zone.CLOUD, "premium", WorkClass.INTERACTIVE);
    static final String FAILURES = Topics.failures(Zone.CLOUD, "premium", WorkClass.INTERACTIVE);
    static final String DEAD = Topics.dead(Zone.CLOUD, "premium");

    private static final byte[] BODY = Http.question("smart").getBytes(StandardCharsets.UTF_8);
    private static final byte[] GARBAGE = "not an envelope, and a secret".getBytes(StandardCharsets.UTF_8);
    /** More than may be passed on, and less than a broker refuses. */
    private static final byte[] OVERSIZED = new byte[1_020_000];

    private final Forgery forgery;
    private final String attempts;
    private final String account;
    private final KafkaProducer<String, byte[]> producer;

    /** A record that is poison. */
    enum Shape {
        WITHOUT_ENVELOPE,
        GARBLED,
        UNKNOWN_WORD,
        OTHER_ZONE,
        UNKNOWN_LANE,
        OVERSIZED,
        NOBODYS,
        GARBLED_ATTEMPT,
        UNKNOWN_WORD_IN_AN_ATTEMPT,
        OVERSIZED_ATTEMPT,
        GARBLED_FAILURE,
        FAILURE_OF_NO_HOP
    }

    Poison(Map<String, Object> kafka, String config) {
        forgery = new Forgery(kafka, config);
        account = forgery.deployment("good").account();
        attempts = Topics.attempts(Zone.CLOUD, account, "premium", WorkClass.INTERACTIVE);
        Map<String, Object> client = new HashMap<>(kafka);
        client.put("max.request.size", 2_000_000);
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
    }

    Request request() {
        return forgery.request("smart", "premium", Zone.CLOUD, Zone.CLOUD);
    }

    /** Publishes one. @return its key, null where it has none */
    String publish(Shape shape) throws Exception {
        Request request = request();
        Attempt attempt = forgery.attempt(request, account, "good");
        switch (shape) {
            case WITHOUT_ENVELOPE -> send(REQUESTS, request.id(), null, BODY);
            case GARBLED -> send(REQUESTS, request.id(), GARBAGE, BODY);
            case UNKNOWN_WORD -> send(REQUESTS, request.id(), inTongues(encode(request)), BODY);
            case OTHER_ZONE ->
                send(
                        REQUESTS,
                        request.id(),
                        replaced(encode(request), "\"zone\":\"cloud\"", "\"zone\":\"local\""),
                        BODY);
            case UNKNOWN_LANE ->
                send(REQUESTS, request.id(), replaced(encode(request), "\"premium\"", "\"no-lane\""), BODY);
            case OVERSIZED -> send(REQUESTS, request.id(), encode(request), OVERSIZED);
            case NOBODYS -> {
                send(REQUESTS, null, GARBAGE, BODY);
                return null;
            }
            case GARBLED_ATTEMPT -> send(attempts, request.id(), GARBAGE, BODY);
            case UNKNOWN_WORD_IN_AN_ATTEMPT -> send(attempts, request.id(), inTongues(encode(attempt)), BODY);
            case OVERSIZED_ATTEMPT -> send(attempts, request.id(), encode(attempt), OVERSIZED);
            case GARBLED_FAILURE -> send(FAILURES, request.id(), GARBAGE, BODY);
            case FAILURE_OF_NO_HOP ->
                send(FAILURES, request.id(), replaced(failure(attempt), "\"hops\":[{", "\"hop\":7,\"hops\":[{"), BODY);
        }
        return request.id();
    }

    private static byte[] failure(Attempt attempt) {
        return EventCodec.of(FailedAttempt.class)
                .encode(new FailedAttempt(
                        attempt, Failure.of(FailureKind.SERVER_ERROR, "words"), true, 0, System.currentTimeMillis()));
    }

    /**
     * A letter as a version with a defect would have left it: of a good request, which nobody ended.
     *
     * @return its id
     */
    String leaveLetter(Request request, int offset) throws Exception {
        String origin = REQUESTS + "-0@" + offset;
        producer.send(new ProducerRecord<>(
                        DEAD,
                        null,
                        request.id(),
                        BODY,
                        List.of(
                                new RecordHeader(Event.HEADER, encode(request)),
                                mark("lw-origin", origin),
                                mark("lw-reason", "handler failed: a defect of yesterday"),
                                mark("lw-first-seen", "1760000000000"),
                                mark("lw-value-bytes", String.valueOf(BODY.length)))))
                .get(10, TimeUnit.SECONDS);
        return origin;
    }

    /** A good request, which its client stopped to wait for. */
    Request expired() throws Exception {
        Request request = request();
        return EventCodec.of(Request.class)
                .decode(replaced(
                        encode(request),
                        "\"deadline\":" + request.deadline(),
                        "\"deadline\":" + (request.acceptedAt() - 1)));
    }

    private static Header mark(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] encode(Request request) {
        return EventCodec.of(Request.class).encode(request);
    }

    private static byte[] encode(Attempt attempt) {
        return EventCodec.of(Attempt.class).encode(attempt);
    }

    private static byte[] inTongues(byte[] envelope) {
        return replaced(envelope, "\"openai-chat\"", "\"tongues\"");
    }

    private static byte[] replaced(byte[] envelope, String what, String by) {
        String text = new String(envelope, StandardCharsets.UTF_8);
        if (!text.contains(what)) {
            throw new IllegalStateException("no " + what + " in " + text);
        }
        return text.replace(what, by).getBytes(StandardCharsets.UTF_8);
    }

    private void send(String topic, String key, byte[] envelope, byte[] value) throws Exception {
        List<Header> headers = envelope == null ? List.of() : List.of(new RecordHeader(Event.HEADER, envelope));
        producer.send(new ProducerRecord<>(topic, null, key, value, headers)).get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        producer.close();
        forgery.close();
    }
}
