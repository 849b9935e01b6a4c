package dev.laneway.e2e;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Providers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Somebody who can write to the broker, knows the config and the formats, and wants private work to leave. */
final class Forgery implements AutoCloseable {
    private static final byte[] BODY = Http.question("secure").getBytes(StandardCharsets.UTF_8);

    private final GatewayConfig config;
    private final KafkaProducer<String, byte[]> producer;

    Forgery(Map<String, Object> kafka, String config) {
        this.config = parse(config);
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    static GatewayConfig parse(String text) {
        Providers providers = new Providers() {
            @Override
            public @Nullable ProviderRow find(String prefix) {
                return ProviderCatalogue.find(prefix);
            }

            @Override
            public Collection<ProviderRow> all() {
                return ProviderCatalogue.all();
            }
        };
        ConfigResult result = new ConfigLoader(providers, false)
                .parse(text, "test", Environment.of(Map.of("SIM_KEY", Gateway.VENDOR_KEY)));
        return ((ConfigResult.Valid) result).config();
    }

    /** The only deployment of a group. */
    Deployment deployment(String group) {
        return config.deployments().get(config.groups().get(group).deployments().getFirst());
    }

    /** A request such as the ingress makes, as far as that is said. */
    Request request(String route, String lane, Zone zone, Zone replies) {
        long now = System.currentTimeMillis();
        return RequestFixture.request()
                .id(RequestIds.next(now))
                .owner("master")
                .route(route)
                .lane(lane)
                .zone(zone)
                .acceptedAt(now)
                .deadline(now + 20_000)
                .reply(new ReplyAddress(Topics.replies(replies), 0))
                .configVersion(config.version())
                .build();
    }

    /** An attempt at the first of the groups, with the others left to try. */
    Attempt attempt(Request request, String account, String... groups) {
        List<Hop> hops = List.of(groups).stream()
                .map(group -> new Hop(group, List.of(deployment(group).id())))
                .toList();
        Plan plan = new Plan(config.version(), hops, 0, true, 0, 1, 1, 1, 0, List.of(), null, List.of(), 0);
        return new Attempt(request, plan, 0, 0, deployment(groups[0]).id(), account, 0, System.currentTimeMillis());
    }

    /** Onto the topic of private attempts for an account. */
    void publishPrivately(Attempt attempt, String account) throws Exception {
        send(
                Topics.attempts(Zone.LOCAL, account, "private", WorkClass.INTERACTIVE),
                attempt,
                EventCodec.of(Attempt.class).encode(attempt));
    }

    /** Onto the topic of private failures: the vendor had a bad day, so take the next hop. */
    void publishPrivateFailure(Attempt attempt) throws Exception {
        FailedAttempt failed = new FailedAttempt(
                attempt, Failure.of(FailureKind.SERVER_ERROR, "words"), true, 0, System.currentTimeMillis());
        send(
                Topics.failures(Zone.LOCAL, "private", WorkClass.INTERACTIVE),
                failed,
                EventCodec.of(FailedAttempt.class).encode(failed));
    }

    /** Onto the topic of private requests. */
    void publishPrivately(Request request) throws Exception {
        send(
                Topics.requests(Zone.LOCAL, "private", WorkClass.INTERACTIVE),
                request,
                EventCodec.of(Request.class).encode(request));
    }

    private void send(String topic, Event event, byte[] envelope) throws Exception {
        producer.send(new ProducerRecord<>(
                        topic, null, event.requestId(), BODY, List.of(new RecordHeader(Event.HEADER, envelope))))
                .get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
