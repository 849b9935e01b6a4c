package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.router.RouterRole;
import dev.laneway.router.RouterRoleSettings;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Providers;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.control.ControlView;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import dev.laneway.runtime.topology.TopicAdmin;
import dev.laneway.runtime.topology.TopicPlan;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The router alone, between the topics that it reads and those that it writes. */
@ExtendWith(SharedServers.class)
class RouterRoleIT {
    private static final byte[] BODY = "{\"model\":\"smart\"}".getBytes(StandardCharsets.UTF_8);
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);

    private static final String CONFIG = """
            model_list:
              - {model_name: first, litellm_params: {model: openai/one, api_base: "http://127.0.0.1:1/v1", api_key: os.environ/A}}
              - {model_name: second, litellm_params: {model: openai/two, api_base: "http://127.0.0.1:2/v1", api_key: os.environ/B}}
              - {model_name: home, litellm_params: {model: ollama/llama, api_base: "http://127.0.0.1:3"}}
            lanes:
              premium: {privacy: cloud_allowed}
              private: {privacy: local_only}
            routes:
              smart: {lane: premium, chain: [first, second]}
              alone: {lane: premium, chain: [first]}
              core: {lane: private, chain: [home]}
            router_settings: {num_retries: 1}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = Meters.create();
    private RoleContext.Servers servers;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private GatewayConfig config;
    private RunningRole role;

    @BeforeEach
    void start(SharedServers shared) throws Exception {
        servers = shared.fresh();
        Map<String, Object> client = Brokers.client(servers.kafka());
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer());
        putInForce(1, CONFIG);
        role = startRole(vertx, meters);
    }

    @AfterEach
    void stop() throws Exception {
        role.drain(Duration.ofSeconds(5)).await(20, TimeUnit.SECONDS);
        vertx.close().await(20, TimeUnit.SECONDS);
        producer.close();
        consumer.close();
        meters.close();
    }

    private RunningRole startRole(Vertx process, Meters registry) throws Exception {
        ControlView control = ControlView.open(
                        process, servers.kafka().as(Principal.ROUTER_CLOUD), "test", RouterRoleIT::parse)
                .await(30, TimeUnit.SECONDS);
        return new RouterRole(RouterRoleSettings.defaults())
                .start(new RoleContext(
                        process,
                        new RoleContext.Node(UUID.randomUUID().toString(), "here"),
                        servers,
                        control,
                        Environment.of(Map.of()),
                        () -> SecretValues.NONE,
                        registry))
                .await(60, TimeUnit.SECONDS);
    }

    private static ConfigResult parse(String text) {
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
        return new ConfigLoader(providers, false).parse(text, "test", Environment.of(Map.of("A", "sk-a", "B", "sk-b")));
    }

    private void putInForce(long version, String text) throws Exception {
        config = ((ConfigResult.Valid) parse(text)).config();
        try (TopicAdmin admin = TopicAdmin.open(vertx, Brokers.operator(servers.kafka()), "test")) {
            admin.ensure(TopicPlan.of(config).all(servers.partitions())).await(60, TimeUnit.SECONDS);
        }
        Control.Config entity = new Control.Config(version, config.version(), text, 0);
        producer.send(new ProducerRecord<>(
                        Topics.CONTROL,
                        entity.key(),
                        EventCodec.of(Control.class).encode(entity)))
                .get(10, TimeUnit.SECONDS);
    }

    private Request request(String route, String lane, Zone zone) {
        long now = System.currentTimeMillis();
        return RequestFixture.request()
                .id(RequestIds.next(now))
                .owner("master")
                .route(route)
                .lane(lane)
                .zone(zone)
                .stream(true)
                .acceptedAt(now)
                .deadline(now + 60_000)
                .reply(new ReplyAddress(Topics.replies(zone), 2))
                .configVersion(config.version())
                .build();
    }

    private void send(String topic, Event event, byte[] envelope) throws Exception {
        producer.send(new ProducerRecord<>(
                        topic, null, event.requestId(), BODY, List.of(new RecordHeader(Event.HEADER, envelope))))
                .get(10, TimeUnit.SECONDS);
    }

    private void send(String topic, Request request) throws Exception {
        send(topic, request, EventCodec.of(Request.class).encode(request));
    }

    private void returned(Attempt attempt, FailureKind kind) throws Exception {
        returned(new FailedAttempt(attempt, Failure.of(kind, "words"), true, 0, System.currentTimeMillis()));
    }

    private void returned(FailedAttempt failed) throws Exception {
        Request request = failed.attempt().request();
        send(
                Topics.failures(request.zone(), request.lane(), request.workClass()),
                failed,
                EventCodec.of(FailedAttempt.class).encode(failed));
    }

    private void paused(String group, long millis) throws Exception {
        String id = config.groups().get(group).deployments().getFirst();
        long now = System.currentTimeMillis();
        Health health =
                new Health(id, config.deployments().get(id).account(), Health.State.PAUSED, now + millis, null, now);
        producer.send(new ProducerRecord<>(
                        Topics.HEALTH, id, EventCodec.of(Health.class).encode(health)))
                .get(10, TimeUnit.SECONDS);
    }

    private String attemptsOf(String group, String lane, Zone zone) {
        String id = config.groups().get(group).deployments().getFirst();
        return Topics.attempts(zone, config.deployments().get(id).account(), lane, WorkClass.INTERACTIVE);
    }

    /** All records of a topic, once there are so many. */
    private List<ConsumerRecord<String, byte[]>> read(String topic, int atLeast) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            return records.size() >= atLeast;
        });
        return records;
    }

    private static byte[] envelope(ConsumerRecord<String, byte[]> record) {
        return record.headers().lastHeader(Event.HEADER).value();
    }

    @Test
    void shouldTurnARequestIntoAnAttemptWithTheSameBytes() throws Exception {
        Request request = request("smart", "premium", Zone.CLOUD);

        send("lw.cloud.requests.premium.interactive", request);

        ConsumerRecord<String, byte[]> record =
                read(attemptsOf("first", "premium", Zone.CLOUD), 1).getFirst();
        assertThat(record.value()).isEqualTo(BODY);
        assertThat(record.key()).isEqualTo(request.id());
        assertThat(ATTEMPTS.decode(envelope(record)).request()).isEqualTo(request);
        assertThat(role.notReady()).isEmpty();
    }

    @Test
    void shouldGoDownTheChainAndTellTheClientItsEnd() throws Exception {
        send("lw.cloud.requests.premium.interactive", request("smart", "premium", Zone.CLOUD));
        Attempt first = ATTEMPTS.decode(
                envelope(read(attemptsOf("first", "premium", Zone.CLOUD), 1).getFirst()));
        returned(first, FailureKind.REJECTED);
        Attempt second = ATTEMPTS.decode(
                envelope(read(attemptsOf("second", "premium", Zone.CLOUD), 1).getFirst()));
        returned(second, FailureKind.CONTENT_POLICY);

        ConsumerRecord<String, byte[]> told = read("lw.cloud.replies", 1).getFirst();

        assertThat(told.partition()).isEqualTo(2);
        assertThat(EventCodec.of(Reply.class).decode(envelope(told)))
                .isInstanceOfSatisfying(Reply.Failed.class, failed -> {
                    assertThat(failed.status()).isEqualTo(400);
                    assertThat(failed.failure().kind()).isEqualTo(FailureKind.REJECTED);
                    assertThat(failed.attempts()).isEqualTo(2);
                    assertThat(failed.fallbacks()).isEqualTo(1);
                });
        Fact fact =
                EventCodec.of(Fact.class).decode(envelope(read(Topics.USAGE, 1).getFirst()));
        assertThat(((Fact.Ended) fact).terminal().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldEndARequestOnceWhoseFailureIsToldTwice() throws Exception {
        send("lw.cloud.requests.premium.interactive", request("alone", "premium", Zone.CLOUD));
        Attempt attempt = ATTEMPTS.decode(
                envelope(read(attemptsOf("first", "premium", Zone.CLOUD), 1).getFirst()));
        FailedAttempt failed = new FailedAttempt(
                attempt, Failure.of(FailureKind.REJECTED, "words"), true, 0, System.currentTimeMillis());
        returned(failed);
        read(Topics.USAGE, 1);

        returned(failed.perhapsAgain("none"));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> meters.scrape()
                        .lines()
                        .anyMatch(line -> line.startsWith("laneway_router_repeated_total{zone=\"cloud\"} 1")));
        assertThat(read(Topics.USAGE, 1)).hasSize(1);
        assertThat(read("lw.cloud.replies", 1)).hasSize(1);
    }

    @Test
    void shouldBuryAForgedEventAndGoOn() throws Exception {
        send("lw.local.requests.private.interactive", request("smart", "premium", Zone.CLOUD));
        send("lw.local.requests.private.interactive", request("core", "private", Zone.LOCAL));

        assertThat(read("lw.local.dead.private", 1)).hasSize(1);
        assertThat(read(attemptsOf("home", "private", Zone.LOCAL), 1)).hasSize(1);
    }

    @Test
    void shouldPlanAgainWhatWaitedInARouterThatLeft() throws Exception {
        paused("first", 20_000);
        Request request = request("alone", "premium", Zone.CLOUD);
        Vertx other = Vertx.vertx();
        Meters otherMeters = Meters.create();
        role.drain(Duration.ofSeconds(5)).await(20, TimeUnit.SECONDS);
        RunningRole leaving = startRole(other, otherMeters);
        send("lw.cloud.requests.premium.interactive", request);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> otherMeters
                        .scrape()
                        .lines()
                        .anyMatch(line -> line.startsWith("laneway_router_waiting{zone=\"cloud\"} 1")));
        leaving.drain(Duration.ofMinutes(2)).await(20, TimeUnit.SECONDS);
        other.close().await(20, TimeUnit.SECONDS);

        role = startRole(vertx, meters);

        assertThat(read(attemptsOf("first", "premium", Zone.CLOUD), 1)).hasSize(1);
    }

    @Test
    void shouldEndAWaitWhenTheClientGoesAway() throws Exception {
        paused("first", 50_000);
        Request request = request("alone", "premium", Zone.CLOUD);
        send("lw.cloud.requests.premium.interactive", request);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> meters.scrape()
                        .lines()
                        .anyMatch(line -> line.startsWith("laneway_router_waiting{zone=\"cloud\"} 1")));

        Signal.Cancel cancel = new Signal.Cancel(request.id());
        send(Topics.signals(Zone.CLOUD), cancel, EventCodec.of(Signal.class).encode(cancel));

        Fact fact =
                EventCodec.of(Fact.class).decode(envelope(read(Topics.USAGE, 1).getFirst()));
        assertThat(((Fact.Ended) fact).terminal().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void shouldReadTheTopicsOfANewConfig() throws Exception {
        putInForce(2, CONFIG.replace("premium", "gold"));

        send("lw.cloud.requests.gold.interactive", request("smart", "gold", Zone.CLOUD));

        assertThat(read(attemptsOf("first", "gold", Zone.CLOUD), 1)).hasSize(1);
    }

    @Test
    void shouldPlanEveryRequestOnceWhenRoutersComeAndGo() throws Exception {
        Vertx other = Vertx.vertx();
        Meters otherMeters = Meters.create();
        RunningRole joining = role;
        for (int i = 0; i < 500; i++) {
            send("lw.cloud.requests.premium.interactive", request("smart", "premium", Zone.CLOUD));
            if (i == 100) {
                joining = startRole(other, otherMeters);
            }
        }
        joining.drain(Duration.ofSeconds(5)).await(20, TimeUnit.SECONDS);
        other.close().await(20, TimeUnit.SECONDS);
        for (int i = 0; i < 500; i++) {
            send("lw.cloud.requests.premium.interactive", request("smart", "premium", Zone.CLOUD));
        }

        Map<String, Integer> planned = new HashMap<>();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            planned.clear();
            for (ConsumerRecord<String, byte[]> record : read(attemptsOf("first", "premium", Zone.CLOUD), 1_000)) {
                planned.merge(ATTEMPTS.decode(envelope(record)).id(), 1, Integer::sum);
            }
            assertThat(planned).hasSize(1_000);
        });
    }
}
