package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.BodyRef;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.body.BodyReader;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.testkit.calls.Call;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Private work, and code that has none of the first three fences: it takes whatever it can get to the cloud, whatever config, route and
 * zone say. All that is left is whom the broker takes it for. Each attack is made twice, the second time as somebody whom the broker
 * lets: so it would work.
 */
class FourthFenceIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);
    private static final String SECRET = "What is a lane?";

    private Forgery forger;
    private String account;

    @Override
    String config() {
        return "model_list:\n"
                + Configs.local("home", "homemodel", simulator.baseUrl())
                + Configs.openAi("cloudy", "cloudmodel", simulator.baseUrl())
                + """
                lanes:
                  private: {privacy: local_only, purpose: "nothing of it leaves"}
                  premium: {privacy: cloud_allowed}
                routes:
                  secure: {lane: private, chain: [home]}
                  open: {lane: premium, chain: [cloudy]}
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 30}
                """;
    }

    @BeforeAll
    void getReadyToForge() {
        forger = new Forgery(gateway.kafka(), config());
        account = forger.deployment("cloudy").account();
    }

    @AfterAll
    void stopForging() {
        forger.close();
    }

    @BeforeEach
    void askForSomethingPrivate() throws Exception {
        simulator.reset();
        assertThat(Http.chat(gateway, Http.question("secure")).statusCode()).isEqualTo(200);
        assertThat(left()).isEmpty();
    }

    /** What was called here was called by nobody's plan: each test has looked itself. */
    @Override
    void holdTheLogsAgainstEachOther() {
        assertThat(forger).isNotNull();
    }

    /** Calls that the cloud got. */
    private List<Call> left() {
        return simulator.calls().stream()
                .filter(call -> call.model().equals("cloudmodel"))
                .toList();
    }

    private Map<String, Object> client(Principal principal) {
        return Brokers.client(servers.kafka().as(principal));
    }

    /** A worker without a fence: reads a topic of private work from its beginning, and calls the cloud with all that it finds. */
    private void workWithoutAFence(Principal principal, String topic) throws Exception {
        Map<String, Object> settings = client(principal);
        settings.put("auto.offset.reset", "earliest");
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < servers.partitions(); partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    callTheCloud(record.value());
                }
            }
        }
    }

    private void callTheCloud(byte[] body) throws Exception {
        String stolen = new String(body, StandardCharsets.UTF_8).replace("\"secure\"", "\"cloudmodel\"");
        assertThat(stolen).contains(SECRET, "cloudmodel");
        Http.send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/chat/completions"))
                .header("authorization", "Bearer " + Gateway.VENDOR_KEY)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(stolen))
                .build());
    }

    @ParameterizedTest
    @EnumSource(
            value = Principal.class,
            names = {"WORKER_CLOUD", "ROUTER_CLOUD", "INGRESS", "ACCOUNTING"})
    void shouldGiveNoPrivateWorkToWhoWorksForTheCloud(Principal principal) {
        String requests = Topics.requests(Zone.LOCAL, "private", WorkClass.INTERACTIVE);
        String attempts =
                Topics.attempts(Zone.LOCAL, forger.deployment("home").account(), "private", WorkClass.INTERACTIVE);

        // the ingress has seen what clients of both zones ask, and may read it again
        List<String> fenced = principal == Principal.INGRESS ? List.of(attempts) : List.of(requests, attempts);
        for (String topic : fenced) {
            // who may see that a topic is there gets as far as its first fetch
            assertThatThrownBy(() -> workWithoutAFence(principal, topic))
                    .isInstanceOf(TopicAuthorizationException.class);
        }

        assertThat(left()).isEmpty();
    }

    @Test
    void shouldOtherwiseHaveLostIt() throws Exception {
        workWithoutAFence(Principal.ROUTER_LOCAL, Topics.requests(Zone.LOCAL, "private", WorkClass.INTERACTIVE));

        assertThat(left()).isNotEmpty();
    }

    /** What a router without a fence makes of private work: an attempt of the cloud's, such as the cloud's workers take. */
    private Attempt planWithoutAFence() {
        Request request = forger.request("open", "premium", Zone.CLOUD, Zone.CLOUD);
        return forger.attempt(request, account, "cloudy");
    }

    private RecordMetadata publish(Principal principal, String topic, Attempt attempt) throws Exception {
        Map<String, Object> settings = client(principal);
        settings.put("max.block.ms", "3000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            byte[] body = Http.question("secure").getBytes(StandardCharsets.UTF_8);
            return producer.send(new ProducerRecord<>(
                            topic,
                            null,
                            attempt.requestId(),
                            body,
                            List.of(new RecordHeader(Event.HEADER, ATTEMPTS.encode(attempt)))))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private String cloudsAttempts() {
        return Topics.attempts(Zone.CLOUD, account, "premium", WorkClass.INTERACTIVE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Principal.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ADMIN", "ROUTER_CLOUD"})
    void shouldNotLetPrivateWorkBePutBeforeTheCloudsWorkers(Principal principal) throws Exception {
        Attempt attempt = planWithoutAFence();

        assertThatThrownBy(() -> publish(principal, cloudsAttempts(), attempt))
                .hasCauseInstanceOf(TopicAuthorizationException.class);

        nothingReaches(attempt);
    }

    /** Whoever reads that topic has read past where the attempt would be, when it has called one that came later. */
    private void nothingReaches(Attempt attempt) throws Exception {
        Attempt later = planWithoutAFence();
        publish(Principal.ROUTER_CLOUD, cloudsAttempts(), later);
        await().atMost(PATIENCE).until(() -> left().stream().anyMatch(call -> isOf(call, later)));
        assertThat(left()).noneMatch(call -> isOf(call, attempt));
    }

    private static boolean isOf(Call call, Attempt attempt) {
        return call.attemptId().startsWith(attempt.requestId() + ":");
    }

    @ParameterizedTest
    @EnumSource(
            value = Principal.class,
            names = {"ROUTER_LOCAL", "ROUTER_CLOUD", "WORKER_LOCAL", "WORKER_CLOUD", "INGRESS"})
    void shouldHaveNoTopicForPrivateWorkAtACloudAccountAndLetNobodyMakeIt(Principal principal) throws Exception {
        String topic = Topics.attempts(Zone.LOCAL, account, "private", WorkClass.INTERACTIVE);

        try (Admin admin = Admin.create(client(principal))) {
            assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                            .all()
                            .get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
        assertThat(catchThrowable(() -> publish(principal, topic, planWithoutAFence())))
                .isInstanceOf(ExecutionException.class);

        try (Admin admin = Admin.create(gateway.kafka())) {
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).doesNotContain(topic);
        }
        assertThat(left()).isEmpty();
    }

    /** An attempt of the cloud's that says that its body lies where private bodies are. */
    @Test
    void shouldNotReadAPrivateBodyForTheCloud() throws Exception {
        byte[] body = "so private".getBytes(StandardCharsets.UTF_8);
        RecordMetadata piece;
        try (var producer =
                new KafkaProducer<>(client(Principal.INGRESS), new StringSerializer(), new ByteArraySerializer())) {
            piece = producer.send(new ProducerRecord<>(Topics.bodies(Zone.LOCAL), "id", body))
                    .get(20, TimeUnit.SECONDS);
        }
        BodyRef reference = new BodyRef(
                piece.topic(),
                piece.partition(),
                List.of(piece.offset()),
                body.length,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)));

        try (BodyReader local = new BodyReader(vertx, servers.kafka().as(Principal.WORKER_LOCAL), "local");
                BodyReader cloud = new BodyReader(vertx, servers.kafka().as(Principal.WORKER_CLOUD), "cloud")) {
            assertThat(local.read(reference).await(20, TimeUnit.SECONDS)).isEqualTo(body);
            assertThatThrownBy(() -> cloud.read(reference).await(20, TimeUnit.SECONDS))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
    }
}
