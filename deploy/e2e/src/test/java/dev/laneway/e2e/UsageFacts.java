package dev.laneway.e2e;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.FactFixture;
import dev.laneway.runtime.codec.EventCodec;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes usage facts, and publishes them as workers and routers do. */
final class UsageFacts implements AutoCloseable {
    private static final EventCodec<Fact> CODEC = EventCodec.of(Fact.class);
    /** A fixed time, so that facts of one name are the same in every run but for their id. */
    private static final long ACCEPTED = 1_760_000_000_123L;

    private final KafkaProducer<String, byte[]> producer;

    UsageFacts(Map<String, Object> kafka) {
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    static Fact.Subject request() {
        return request(RequestIds.next(ACCEPTED));
    }

    static Fact.Subject request(String id) {
        return new Fact.Subject(id, "master", "smart", "routine", Zone.CLOUD, WorkClass.INTERACTIVE, ACCEPTED);
    }

    static Fact succeeded(Fact.Subject request, int tryNumber, TokenUsage usage) {
        Fact.Terminal terminal =
                new Fact.Terminal(Status.COMPLETED, 200, null, tryNumber + 1, tryNumber, "lw.cloud.replies", 3, 40, 45);
        return attempted(request, tryNumber, Outcome.SUCCEEDED, null, 200, true, usage, terminal);
    }

    static Fact failed(Fact.Subject request, int tryNumber, FailureKind kind, int vendorStatus, boolean called) {
        return attempted(request, tryNumber, Outcome.FAILED, kind, vendorStatus, called, null, null);
    }

    /** Called, and nobody knows what it used; {@code reckoned} is held for the worst. */
    static Fact.OfRequest unknown(Fact.Subject request, int tryNumber, Money reckoned) {
        return charged(
                attempted(request, tryNumber, Outcome.UNKNOWN, FailureKind.UNKNOWN, 0, true, null, null),
                new Charge(reckoned, "anthropic/claude-sonnet-4-5@2025-09-29", true));
    }

    static Fact.OfRequest charged(Fact fact, Charge charge) {
        return FactFixture.charged((Fact.Attempted) fact, charge);
    }

    static Fact.Subject paidBy(Fact.Subject request, Payer payer) {
        return new Fact.Subject(
                request.id(),
                request.owner(),
                request.route(),
                request.lane(),
                request.zone(),
                request.workClass(),
                request.acceptedAt(),
                null,
                payer);
    }

    static Fact.OfRequest ended(Fact.Subject request, FailureKind kind, int attempts) {
        return new Fact.Ended(
                request, ACCEPTED + 900, Fact.Terminal.failed(kind, kind.clientStatus(), attempts, attempts - 1));
    }

    private static Fact attempted(
            Fact.Subject request,
            int tryNumber,
            Outcome outcome,
            FailureKind failure,
            int vendorStatus,
            boolean called,
            TokenUsage usage,
            Fact.Terminal terminal) {
        return new Fact.Attempted(
                request,
                request.id() + ":" + tryNumber + ":" + tryNumber,
                "d_0123456789ab",
                "claude",
                "anthropic",
                "anthropic-1",
                "claude-sonnet-4-5",
                Zone.CLOUD,
                "eu",
                outcome,
                failure,
                vendorStatus,
                called,
                usage,
                called ? ACCEPTED + 10 : 0,
                outcome == Outcome.SUCCEEDED ? ACCEPTED + 200 : 0,
                ACCEPTED + 800,
                terminal,
                false);
    }

    void publish(Fact... facts) {
        publish(List.of(facts));
    }

    void publish(List<Fact> facts) {
        for (Fact fact : facts) {
            producer.send(new ProducerRecord<>(
                    Topics.USAGE,
                    null,
                    fact.requestId(),
                    null,
                    List.of(new RecordHeader(Event.HEADER, CODEC.encode(fact)))));
        }
        producer.flush();
    }

    /** A record whose envelope is none. */
    void publishGarbage(String key) {
        producer.send(new ProducerRecord<>(
                Topics.USAGE, null, key, null, List.of(new RecordHeader(Event.HEADER, new byte[] {'{', 7}))));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
