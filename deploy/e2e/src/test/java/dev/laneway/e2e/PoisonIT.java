package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.codec.EventCodec;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records that nobody should write, among good ones: each is a dead letter once, its request ends, and no other is the worse for it. And
 * letters of yesterday, which are sent out again.
 */
class PoisonIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Poison poison;
    private int offset = 1_000_000;

    @Override
    String config() {
        return "model_list:\n"
                + Configs.openAi("good", "sim", simulator.baseUrl())
                        .replace("timeout: 3", "timeout: 30")
                        .replace("stream_timeout: 2", "stream_timeout: 30")
                + """
                lanes: {premium: {privacy: cloud_allowed}}
                routes:
                  smart: {lane: premium, chain: [good]}
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 60}
                """;
    }

    @BeforeAll
    void prepare() {
        poison = new Poison(gateway.kafka(), config());
    }

    @AfterAll
    void close() {
        if (poison != null) {
            poison.close();
        }
    }

    private HttpResponse<String> operate(String method, String path, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.management() + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (key != null) {
            request.header("authorization", "Bearer " + key);
        }
        return Http.send(request.build());
    }

    private static String encode(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private List<JsonNode> letters() throws Exception {
        List<JsonNode> letters = new ArrayList<>();
        Http.json(operate("GET", "/dead/letters?format=json", null))
                .path("letters")
                .forEach(letters::add);
        return letters;
    }

    private List<JsonNode> lettersOf(String requestId) throws Exception {
        return letters().stream()
                .filter(letter -> letter.path("request_id").asText("").equals(requestId))
                .toList();
    }

    private JsonNode replay(String id, String how) throws Exception {
        return Http.json(operate("POST", "/dead/replay/" + encode(id) + "?format=json&by=tests" + how, Gateway.KEY))
                .path("letters")
                .path(0);
    }

    private boolean wasCalled(Request request) {
        return simulator.calls().stream().anyMatch(call -> call.attemptId().startsWith(request.id() + ":"));
    }

    private void assertAnswers() throws Exception {
        assertThat(Http.chat(gateway, Http.question("smart")).statusCode()).isEqualTo(200);
    }

    /** What the client of a request was told, on the partition that the forged address names. */
    private List<Reply> repliesTo(String requestId) throws Exception {
        List<Reply> replies = new ArrayList<>();
        TopicPartition partition = new TopicPartition(Topics.replies(Zone.CLOUD), 0);
        Map<String, Object> client = gateway.kafka();
        client.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (requestId.equals(record.key())) {
                        replies.add(EventCodec.of(Reply.class)
                                .decode(record.headers()
                                        .lastHeader(Event.HEADER)
                                        .value()));
                    }
                }
            }
        }
        return replies;
    }

    @ParameterizedTest
    @EnumSource(Poison.Shape.class)
    void shouldKeepPoisonOnceAndServeTheOthers(Poison.Shape shape) throws Exception {
        int before = letters().size();
        oracle.expectLetters(1);

        String requestId = poison.publish(shape);

        for (int i = 0; i < 8; i++) {
            assertAnswers();
        }
        await().atMost(PATIENCE).until(() -> letters().size() > before);
        if (requestId != null) {
            oracle.expectEnd(requestId);
            oracle.awaitTerminal(requestId);
            assertThat(lettersOf(requestId)).hasSize(1);
        }
        oracle.check();
        assertThat(letters()).hasSize(before + 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_WORD", "OVERSIZED", "UNKNOWN_WORD_IN_AN_ATTEMPT"})
    void shouldTellTheClientOfPoison(Poison.Shape shape) throws Exception {
        oracle.expectLetters(1);
        String requestId = poison.publish(shape);
        oracle.expectEnd(requestId);

        await().atMost(PATIENCE).until(() -> !repliesTo(requestId).isEmpty());

        assertThat(repliesTo(requestId))
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.status()).isEqualTo(500));
        oracle.awaitTerminal(requestId);
    }

    @Test
    void shouldShowALetterWithoutItsContentButToTheOperator() throws Exception {
        oracle.expectLetters(1);
        String requestId = poison.publish(Poison.Shape.GARBLED);
        oracle.awaitTerminal(requestId);
        String page = "/dead/letters/"
                + encode(lettersOf(requestId).getFirst().path("id").asText());

        HttpResponse<String> shown = operate("GET", page, null);
        HttpResponse<String> refused = operate("GET", page + "?body=true", "sk-wrong");
        HttpResponse<String> whole = operate("GET", page + "?body=true", Gateway.KEY);

        assertThat(shown.body()).contains("bytes that are not JSON").doesNotContain("secret", "lane?");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).doesNotContain("secret");
        assertThat(whole.body()).contains("and a secret", "What is a lane?");
    }

    @Test
    void shouldShowALetterOnceThatIsThereTwice() throws Exception {
        Request request = poison.request();
        oracle.expectLetters(2);
        poison.leaveLetter(request, offset);

        poison.leaveLetter(request, offset++);

        assertThat(lettersOf(request.id())).hasSize(1);
    }

    @Test
    void shouldReplayALetterOnce() throws Exception {
        Request request = poison.request();
        oracle.expectLetters(2);
        String id = poison.leaveLetter(request, offset++);

        JsonNode first = replay(id, "");
        JsonNode second = replay(id, "&force=true");

        oracle.awaitTerminal(request.id());
        assertThat(first.path("outcome").asText()).isEqualTo("sent");
        assertThat(second.path("outcome").asText()).isEqualTo("sent_before");
        assertThat(second.path("to").asText()).isEqualTo(first.path("to").asText());
        assertThat(second.path("by").asText()).isEqualTo("tests");
        assertThat(wasCalled(request)).isTrue();
        assertThat(lettersOf(request.id())
                        .getFirst()
                        .path("replayed")
                        .path("by")
                        .asText())
                .isEqualTo("tests");
        oracle.check();
    }

    @Test
    void shouldReplayForNobodyWithoutTheKey() throws Exception {
        Request request = poison.request();
        oracle.expectLetters(1);
        String id = poison.leaveLetter(request, offset++);

        HttpResponse<String> none = operate("POST", "/dead/replay/" + encode(id), null);
        HttpResponse<String> wrong = operate("POST", "/dead/replay/" + encode(id), "sk-wrong");

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(lettersOf(request.id()).getFirst().path("replayed").isNull()).isTrue();
    }

    @Test
    void shouldReplayWhatNobodyWaitsForOnlyWhenForced() throws Exception {
        Request request = poison.expired();
        oracle.expectLetters(2);
        String id = poison.leaveLetter(request, offset++);

        JsonNode unforced = replay(id, "");
        JsonNode forced = replay(id, "&force=true");

        oracle.awaitTerminal(request.id());
        assertThat(unforced.path("outcome").asText()).isEqualTo("refused");
        assertThat(unforced.path("forceable").asBoolean()).isTrue();
        assertThat(forced.path("outcome").asText()).isEqualTo("sent");
        assertThat(wasCalled(request)).as("it has a new deadline").isTrue();
        oracle.check();
    }

    @Test
    void shouldNotReplayWhatWouldComeBack() throws Exception {
        oracle.expectLetters(1);
        String requestId = poison.publish(Poison.Shape.UNKNOWN_WORD);
        oracle.awaitTerminal(requestId);
        String id = lettersOf(requestId).getFirst().path("id").asText();

        JsonNode outcome = replay(id, "&force=true");

        assertThat(outcome.path("outcome").asText()).isEqualTo("refused");
        assertThat(outcome.path("why").asText()).contains("come back");
    }

    @Test
    void shouldSayThatThereIsNoSuchLetter() throws Exception {
        assertThat(operate("GET", "/dead/letters/" + encode(Poison.REQUESTS + "-0@77777777"), null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(operate("POST", "/dead/replay/nothing", Gateway.KEY).statusCode())
                .isEqualTo(404);
    }
}
