package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.provider.ProviderRole;
import dev.laneway.provider.ProviderSettings;
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
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Provider workers alone, between their topics and a simulated vendor, while members of their group come and go. */
@ExtendWith(SharedServers.class)
class ProviderWorkersIT {
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);
    private static final Environment ENVIRONMENT = Environment.of(Map.of("SIM_KEY", "sk-sim"));
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);

    /** A worker process, but for its JVM. */
    private record Process(Vertx vertx, Meters meters, RunningRole role) {
        void stop(Duration patience) throws Exception {
            role.drain(patience).await(40, TimeUnit.SECONDS);
            vertx.close().await(20, TimeUnit.SECONDS);
            meters.close();
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final Set<Process> running = new HashSet<>();
    private VendorSimulator simulator;
    private RoleContext.Servers servers;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private GatewayConfig config;

    @BeforeEach
    void start(SharedServers shared) throws Exception {
        servers = shared.fresh();
        simulator = VendorSimulator.start(vertx, SimulatorConfig.defaults()).await(20, TimeUnit.SECONDS);
        Map<String, Object> client = Brokers.client(servers.kafka());
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer());
        putInForce(1, "main");
    }

    @AfterEach
    void stop() throws Exception {
        for (Process process : running) {
            process.stop(Duration.ofSeconds(5));
        }
        producer.close();
        consumer.close();
        simulator.close().await(20, TimeUnit.SECONDS);
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private void putInForce(long version, String account) throws Exception {
        String text = "model_list:\n"
                + Configs.openAi("cloud", "sim~ttft=100~gap=20~chunks=10", simulator.baseUrl())
                + "    model_info: {account: " + account + "}\n"
                + "lanes: {premium: {privacy: cloud_allowed}}\n"
                + "routes: {smart: {lane: premium, chain: [cloud]}}\n";
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
        return new ConfigLoader(providers, false).parse(text, "test", ENVIRONMENT);
    }

    private Process startWorker() throws Exception {
        Vertx own = Vertx.vertx();
        Meters meters = Meters.create();
        ControlView control = ControlView.open(
                        own, servers.kafka().as(Principal.WORKER_CLOUD), "test", ProviderWorkersIT::parse)
                .await(30, TimeUnit.SECONDS);
        RunningRole role = new ProviderRole(ProviderSettings.defaults().withZones(Set.of(Zone.CLOUD)))
                .start(new RoleContext(
                        own,
                        new RoleContext.Node(UUID.randomUUID().toString(), RoleContext.Node.UNSTATED),
                        servers,
                        control,
                        ENVIRONMENT,
                        () -> SecretValues.NONE,
                        meters))
                .await(60, TimeUnit.SECONDS);
        Process process = new Process(own, meters, role);
        running.add(process);
        return process;
    }

    private void leaves(Process process, Duration patience) throws Exception {
        running.remove(process);
        process.stop(patience);
    }

    private String account() {
        return config.deployments().values().iterator().next().account();
    }

    /** @return ids of the requests */
    private Set<String> send(int count) throws Exception {
        Set<String> ids = new HashSet<>();
        String deployment = config.groups().get("cloud").deployments().getFirst();
        String topic = Topics.attempts(Zone.CLOUD, account(), "premium", WorkClass.INTERACTIVE);
        for (int i = 0; i < count; i++) {
            long now = System.currentTimeMillis();
            Request request =
                    RequestFixture.request()
                            .id(RequestIds.next(now))
                            .owner("master")
                            .route("smart")
                            .lane("premium")
                            .stream(i % 2 == 0)
                            .acceptedAt(now)
                            .deadline(now + 120_000)
                            .reply(new ReplyAddress(Topics.replies(Zone.CLOUD), 2))
                            .configVersion(config.version())
                            .build();
            Plan plan = new Plan(
                    config.version(),
                    List.of(new Hop("cloud", List.of(deployment))),
                    2,
                    true,
                    0,
                    1,
                    1,
                    1,
                    0,
                    List.of(),
                    null,
                    List.of(),
                    0);
            Attempt attempt = new Attempt(request, plan, 0, 0, deployment, account(), 0, now);
            byte[] body = Http.question("smart", request.stream()).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(
                            topic,
                            null,
                            request.id(),
                            body,
                            List.of(new RecordHeader(Event.HEADER, ATTEMPTS.encode(attempt)))))
                    .get(10, TimeUnit.SECONDS);
            ids.add(request.id());
        }
        return ids;
    }

    /** Records of a topic by key, each with its last fact's or failure's envelope. */
    private Map<String, byte[]> read(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        Map<String, byte[]> envelopes = new HashMap<>();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                envelopes.put(
                        record.key(), record.headers().lastHeader(Event.HEADER).value());
            }
        }
        return envelopes;
    }

    private Set<String> succeeded() throws Exception {
        Set<String> ids = new HashSet<>();
        for (byte[] envelope : read(Topics.USAGE).values()) {
            if (FACTS.decode(envelope) instanceof Fact.Attempted fact
                    && fact.outcome() == Outcome.SUCCEEDED
                    && fact.terminal() != null) {
                ids.add(fact.requestId());
            }
        }
        return ids;
    }

    @Test
    void shouldAnswerEverythingWhileWorkersComeAndGo() throws Exception {
        Process first = startWorker();
        Set<String> sent = send(150);
        Process second = startWorker();
        sent.addAll(send(150));
        leaves(first, Duration.ofSeconds(10));
        sent.addAll(send(150));
        startWorker();
        leaves(second, Duration.ofSeconds(10));
        sent.addAll(send(150));

        await().atMost(Duration.ofSeconds(60)).until(() -> succeeded().containsAll(sent));
        assertThat(succeeded()).isEqualTo(sent);
    }

    @Test
    void shouldReturnWhatAnEarlierConfigLeftBehindWhenItStartsLater() throws Exception {
        Set<String> sent = send(5);
        putInForce(2, "other");

        startWorker();

        String failures = Topics.failures(Zone.CLOUD, "premium", WorkClass.INTERACTIVE);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> read(failures).keySet().containsAll(sent));
        assertThat(simulator.calls()).isEmpty();
    }
}
