package dev.laneway.e2e;

import static dev.laneway.e2e.UsageFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.role.ManagementServer;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.topology.TopicAdmin;
import dev.laneway.runtime.topology.TopicSpec;
import dev.laneway.runtime.trace.Trace;
import dev.laneway.runtime.trace.TracePage;
import dev.laneway.runtime.trace.TraceStep;
import dev.laneway.runtime.trace.Tracer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The search for a request's records, over a real broker. */
@ExtendWith(SharedServers.class)
class TraceIT {
    private static final int PARTITIONS = 8;
    private static final String REPLIES = Topics.replies(Zone.CLOUD);

    private RoleContext.Servers servers;
    private Vertx vertx;
    private Tracer tracer;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start(SharedServers shared) throws Exception {
        servers = shared.fresh();
        vertx = Vertx.vertx();
        tracer = new Tracer(vertx, Brokers.operator(servers.kafka()));
        List<TopicSpec> topics = new ArrayList<>();
        for (String lane : List.of("private", "routine", "coding", "web", "premium")) {
            topics.add(topic(Topics.requests(Zone.CLOUD, lane, WorkClass.INTERACTIVE)));
            topics.add(topic(Topics.attempts(Zone.CLOUD, "acc-1", lane, WorkClass.INTERACTIVE)));
        }
        topics.addAll(
                List.of(topic(REPLIES), topic(Topics.signals(Zone.CLOUD)), topic(Topics.USAGE), topic(Topics.HEALTH)));
        TopicAdmin admin = TopicAdmin.open(vertx, Brokers.operator(servers.kafka()), "test");
        admin.ensure(topics).await(30, TimeUnit.SECONDS);
        admin.close();
        producer =
                new KafkaProducer<>(Brokers.client(servers.kafka()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() throws Exception {
        producer.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static TopicSpec topic(String name) {
        return new TopicSpec(name, PARTITIONS, Duration.ofHours(1));
    }

    private <T> void publish(String topic, Integer partition, long at, String key, Class<T> type, T envelope) {
        producer.send(new ProducerRecord<>(
                topic,
                partition,
                at,
                key,
                new byte[100],
                List.of(new RecordHeader(Event.HEADER, EventCodec.of(type).encode(envelope)))));
    }

    /** Two frames and a cancel, then the fact, each on its topic, in the partitions that the pipeline would use. */
    private void requestOf(String id, long acceptedAt) {
        publish(REPLIES, 5, acceptedAt + 20, id, Reply.class, new Reply.Frame(id, id + ":0:0", 0, null, null));
        publish(REPLIES, 5, acceptedAt + 30, id, Reply.class, new Reply.Frame(id, id + ":0:0", 1, null, null));
        publish(Topics.signals(Zone.CLOUD), null, acceptedAt + 35, id, Signal.class, new Signal.Cancel(id));
        Fact fact = succeeded(UsageFacts.request(id), 0, TokenUsage.of(1, 2));
        publish(Topics.USAGE, null, acceptedAt + 40, id, Fact.class, fact);
        producer.flush();
    }

    private Trace trace(String id) throws Exception {
        return tracer.trace(id).await(30, TimeUnit.SECONDS) instanceof Tracer.Answer.Found found
                ? found.trace()
                : new Trace(id, List.of(), true);
    }

    @Test
    void shouldFindEveryRecordOfARequestAmongThoseOfOthers() throws Exception {
        long now = System.currentTimeMillis();
        String id = RequestIds.next(now);
        for (int i = 0; i < 500; i++) {
            requestOf(RequestIds.next(now), now);
        }
        requestOf(id, now);

        Trace trace = trace(id);

        assertThat(trace.complete()).isTrue();
        assertThat(trace.steps())
                .extracting(TraceStep::topic)
                .containsExactly(REPLIES, REPLIES, Topics.signals(Zone.CLOUD), Topics.USAGE);
        assertThat(trace.steps().getFirst().partition()).isEqualTo(5);
        assertThat(trace.steps()).extracting(TraceStep::time).containsExactly(now + 20, now + 30, now + 35, now + 40);
    }

    @Test
    void shouldSearchAFinishedRequestUpToItsEndOnly() throws Exception {
        long then = System.currentTimeMillis() - Duration.ofMinutes(50).toMillis();
        String id = RequestIds.next(then);
        requestOf(id, then);
        long later = then + Duration.ofMinutes(10).toMillis();
        publish(REPLIES, 5, later, "another", Reply.class, new Reply.Frame("another", "another:0:0", 0, null, null));
        publish(REPLIES, 5, later, id, Reply.class, new Reply.Frame(id, id + ":0:0", 2, null, null));
        producer.flush();

        assertThat(trace(id).steps()).hasSize(4);
    }

    @Test
    void shouldTakeLessThanASecondOnAnIdleBroker() throws Exception {
        long now = System.currentTimeMillis();
        String id = RequestIds.next(now);
        requestOf(id, now);
        trace(id);

        // a busy machine may take longer once, but not each time
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            long begun = System.nanoTime();
            assertThat(trace(id).steps()).hasSize(4);
            return System.nanoTime() - begun < 1_000_000_000L;
        });
    }

    @Test
    void shouldShowItOnTheManagementPort() throws Exception {
        long now = System.currentTimeMillis();
        String id = RequestIds.next(now);
        requestOf(id, now);
        ManagementServer management = ManagementServer.create(vertx, Meters.create())
                .page("/trace/", TracePage.create(vertx, Brokers.operator(servers.kafka())));
        int port = management.listen("127.0.0.1", 0).await(5, TimeUnit.SECONDS);
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI page = URI.create("http://127.0.0.1:" + port + "/trace/" + id);
            HttpResponse<String> text = get(client, HttpRequest.newBuilder(page));
            HttpResponse<String> json = get(client, HttpRequest.newBuilder(page).header("accept", "application/json"));
            HttpResponse<String> none = get(client, HttpRequest.newBuilder(page.resolve(RequestIds.next(now))));
            HttpResponse<String> nonsense = get(client, HttpRequest.newBuilder(page.resolve("nonsense%2F")));

            assertThat(text.statusCode()).isEqualTo(200);
            assertThat(text.body().lines()).hasSize(4);
            assertThat(text.body().lines().findFirst().orElseThrow())
                    .matches("\\S+Z +\\+0ms  lw\\.cloud\\.replies +5 +\\d+  frame    attempt=0:0 seq=0 100 bytes");
            assertThat(new JsonObject(json.body()).getJsonArray("steps")).hasSize(4);
            assertThat(none.statusCode()).isEqualTo(404);
            assertThat(none.body().lines()).hasSize(1);
            assertThat(nonsense.statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
