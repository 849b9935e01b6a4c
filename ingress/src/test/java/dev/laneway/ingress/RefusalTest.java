package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.MetricTag;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    private static final String OK = TestIngress.body("smart", false);
    private TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing                                                            | null
            {"messages":[{"role":"user","content":"x"}]}                       | model
            {"model":"smart"}                                                  | messages
            {"model":"smart","messages":[]}                                    | messages
            {"model":7,"messages":[{"role":"user","content":"x"}]}             | model
            {"model":"smart","messages":[{"role":"king","content":"x"}]}       | messages[0].role
            {"model":"smart","temperature":9,"messages":[{"role":"user","content":"x"}]} | temperature
            """)
    void shouldSayWhatIsWrongWithABody(String body, String param) {
        HttpResponse<String> answer = ingress.answer(ingress.post("/v1/chat/completions", body));

        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        assertThat(String.valueOf(error.getString("param"))).isEqualTo(param);
        assertThat(ingress.outbox.published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/chat/completions", "/v1/messages", "/v1/messages?beta=true"})
    void shouldRefuseACallWithoutAKey(String path) {
        HttpRequest.Builder request = ingress.post(path, OK).setHeader("authorization", "Basic abc");

        HttpResponse<String> answer = ingress.answer(request);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "authorization, Bearer sk-test, 200",
        "authorization, bearer sk-test, 200",
        "x-api-key, sk-test, 200",
        "x-goog-api-key, sk-test, 200",
        "api-key, sk-test, 200",
        "authorization, Bearer sk-tesT, 401",
        "authorization, sk-test, 401",
        "x-api-key, wrong, 401"
    })
    void shouldTakeTheKeyFromAnyOfItsHeaders(String name, String value, int status) {
        HttpRequest.Builder request =
                ingress.request("/v1/models").setHeader("authorization", "none").setHeader(name, value);

        HttpResponse<String> answer = ingress.answer(request);

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void shouldTakeARightKeyBesideAPlaceholder() {
        HttpRequest.Builder request = ingress.request("/v1/models")
                .setHeader("authorization", "Bearer dummy")
                .header("x-api-key", TestIngress.KEY);

        assertThat(ingress.answer(request).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldWordErrorsOfMessagesAsAnthropicDoes() {
        HttpResponse<String> answer =
                ingress.answer(ingress.post("/v1/messages", OK).setHeader("authorization", "none"));

        JsonObject body = new JsonObject(answer.body());
        assertThat(body.getString("type")).isEqualTo("error");
        assertThat(body.getJsonObject("error").getString("type")).isEqualTo("authentication_error");
        assertThat(answer.headers().firstValue("request-id"))
                .isEqualTo(answer.headers().firstValue("x-request-id"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gpt-unknown", "home-llama", "claude", "smart\\r\\nx-evil: 1", "sm\\u00e4rt", "\\ud800", "*"})
    void shouldNotKnowAModelThatIsNoRoute(String model) {
        String body = OK.replace("smart", model);

        HttpResponse<String> answer = ingress.answer(ingress.post("/v1/chat/completions", body));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("code"))
                .isEqualTo("model_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v2", "/v1/chat", "/v1/messages/batches"})
    void shouldNotKnowOtherPaths(String path) {
        assertThat(ingress.answer(ingress.post(path, OK)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1//chat/completions", "/v1/chat/completions/", "//chat/completions"})
    void shouldForgiveSlashesThatBaseUrlsBring(String path) throws Exception {
        ingress.send(ingress.post(path, OK));

        assertThat(ingress.outbox.next().request().route()).isEqualTo("smart");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, 'POST, OPTIONS'",
        "DELETE, /v1/messages, 'POST, OPTIONS'",
        "GET, /v1/messages/count_tokens, 'POST, OPTIONS'",
        "POST, /v1/models, 'GET, HEAD, OPTIONS'",
        "DELETE, /v1/models/smart, 'GET, HEAD, OPTIONS'",
        "POST, /health, 'GET, HEAD, OPTIONS'"
    })
    void shouldSayWhichMethodsAPathTakes(String method, String path, String allow) {
        HttpResponse<String> answer =
                ingress.answer(ingress.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue(allow);
    }

    @Test
    void shouldRefuseACompressedBody() {
        HttpRequest.Builder request = ingress.post("/v1/chat/completions", OK).header("content-encoding", "gzip");

        assertThat(ingress.answer(request).statusCode()).isEqualTo(415);
    }

    @Test
    void shouldTakeABodyOfAnyContentType() throws Exception {
        ingress.send(ingress.post("/v1/chat/completions", OK).setHeader("content-type", "text/plain"));

        assertThat(ingress.outbox.next().request().route()).isEqualTo("smart");
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() {
        ingress.routes.put(TestConfig.routesAnd("general_settings: {max_request_size_mb: 1}\n"));
        String large = OK.replace("hello", "x".repeat(1_100_000));

        HttpResponse<String> answer = ingress.answer(ingress.post("/v1/chat/completions", large));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(ingress.memory.held()).isZero();
    }

    @Test
    void shouldRefuseABodyOfUnknownLengthThatGrowsTooLarge() {
        ingress.routes.put(TestConfig.routesAnd("general_settings: {max_request_size_mb: 1}\n"));
        byte[] large = OK.replace("hello", "x".repeat(1_100_000)).getBytes();
        HttpRequest.Builder request = ingress.request("/v1/chat/completions")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)));

        HttpResponse<String> answer = ingress.answer(request);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(ingress.memory.held()).isZero();
    }

    @Test
    void shouldTakeABodyOfTwentyMegabytes() throws Exception {
        String large = OK.replace("hello", "x".repeat(19_900_000));

        ingress.send(ingress.post("/v1/chat/completions", large));

        assertThat(ingress.outbox.next().body()).hasSize(large.length());
    }

    @Test
    void shouldRefuseMoreTokensThanTheOperatorAllows() {
        ingress.routes.put(TestConfig.routesAnd("general_settings: {max_tokens_per_request: 5}\n"));

        HttpResponse<String> answer = ingress.answer(ingress.post("/v1/chat/completions", OK));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("param"))
                .isEqualTo("max_tokens");
    }

    @Test
    void shouldRefuseBodiesBeyondItsMemory() {
        ingress.close();
        Bounds tight = new Bounds(10, 1 << 20, 1 << 20, 1 << 20, 1_000, 10);
        ingress = TestIngress.start(TestIngress.SHORT, tight);

        HttpResponse<String> answer =
                ingress.answer(ingress.post("/v1/chat/completions", OK.replace("hello", "x".repeat(2_000))));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).get().asString().matches("[1-3]");
        assertThat(answer.body()).contains("memory_full");
    }

    @Test
    void shouldRefuseMoreWaitingRequestsThanALaneHolds() throws Exception {
        ingress.close();
        ingress = TestIngress.start(TestIngress.SHORT, new Bounds(1, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 10));
        ingress.send(ingress.chat("smart", false));
        Request first = ingress.outbox.next().request();

        HttpResponse<String> full = ingress.answer(ingress.chat("smart", false));
        ingress.send(ingress.chat("secure", false));
        Request ofAnotherLane = ingress.outbox.next().request();
        ingress.wholeAnswer(first.id(), "{}");
        ingress.send(ingress.chat("smart", false));
        Request afterwards = ingress.outbox.next().request();

        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.headers().firstValue("retry-after")).get().asString().matches("[1-3]");
        assertThat(full.body()).contains("lane_full");
        assertThat(ingress.count(IngressMetric.REFUSED, MetricTag.REASON, "lane_full"))
                .isEqualTo(1);
        assertThat(ofAnotherLane.lane()).isEqualTo("private");
        assertThat(afterwards.lane()).isEqualTo("premium");
    }

    @Test
    void shouldGiveALaneTheRoomThatItsConfigSays() throws Exception {
        ingress.routes.put(TestConfig.load(TestConfig.ROUTES.replace(
                "premium: {privacy: cloud_allowed", "premium: {room: 1, privacy: cloud_allowed")));
        ingress.send(ingress.chat("smart", false));
        ingress.outbox.next();

        HttpResponse<String> full = ingress.answer(ingress.chat("smart", true));

        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(ingress.count(IngressMetric.LANE_REFUSED, MetricTag.LANE, "premium", MetricTag.REASON, "lane_full"))
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseEarlyWhatWouldNotBeAnsweredInItsTime() throws Exception {
        var unanswered = IntStream.range(0, 8)
                .mapToObj(i -> ingress.send(ingress.chat("smart", false).header("x-laneway-timeout", "0.2")))
                .toList();
        unanswered.forEach(TestIngress::answer);
        ingress.outbox.published.clear();
        ingress.send(ingress.chat("smart", false));
        ingress.outbox.next();

        HttpResponse<String> late = ingress.answer(ingress.chat("smart", false).header("x-laneway-timeout", "0.02"));
        var patient = ingress.send(ingress.chat("smart", false));
        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");

        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.body()).contains("lane_slow");
        assertThat(late.headers().firstValue("retry-after")).get().asString().matches("[1-3]");
        assertThat(TestIngress.answer(patient).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseWhileTheBrokerIsAway() {
        ingress.outbox.available = false;

        HttpResponse<String> answer = ingress.answer(ingress.chat("smart", true));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).get().asString().matches("[1-3]");
        assertThat(answer.body()).contains("broker_away");
    }

    @Test
    void shouldAnswerThoughADefectStruckOnceTheBodyWasThere() {
        ingress.outbox.defective = true;

        HttpResponse<String> answer = ingress.answer(ingress.chat("smart", false));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("internal").doesNotContain("a defect");
        assertThat(ingress.memory.held()).isZero();
    }

    @Test
    void shouldRefuseWhileItCannotReadReplies() {
        ingress.addresses.clear();

        assertThat(ingress.answer(ingress.chat("smart", true)).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldNotCallAKeyWrongBeforeItKnowsAny() {
        ingress.keys = List.of();

        assertThat(ingress.answer(ingress.chat("smart", true)).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldRefuseNewCallsWhileDraining() {
        ingress.draining.set(true);

        HttpResponse<String> answer = ingress.answer(ingress.chat("smart", true));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.headers().firstValue("connection")).hasValue("close");
    }

    @Test
    void shouldAnswerItselfWhenTheDeadlinePasses() throws Exception {
        ingress.routes.put(TestConfig.routesAnd("litellm_settings: {request_timeout: 1}\n"));
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();

        HttpResponse<String> answer = TestIngress.answer(pending);

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains(id).contains("expired");
        assertThat(ingress.outbox.signals).hasSize(1);
        assertThat(ingress.inFlight).hasValue(0);
    }

    @Test
    void shouldLetAClientShortenItsDeadline() {
        HttpRequest.Builder request = ingress.chat("smart", false).header("x-laneway-timeout", "0.2");

        assertThat(ingress.answer(request).statusCode()).isEqualTo(504);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "0", "NaN"})
    void shouldRefuseATimeoutThatIsNone(String value) {
        HttpRequest.Builder request = ingress.chat("smart", false).header("x-laneway-timeout", value);

        assertThat(ingress.answer(request).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"CONTEXT_WINDOW, 400", "UNAUTHORIZED, 502", "UNKNOWN, 502", "NO_DEPLOYMENT, 503", "EXPIRED, 504"})
    void shouldPassOnAFailureOfTheChain(FailureKind kind, int status) throws Exception {
        var pending = ingress.send(ingress.post("/v1/messages", OK));
        String id = ingress.outbox.next().request().id();

        ingress.failed(id, kind, status, 0);

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 503);
        assertThat(new JsonObject(answer.body()).getString("type")).isEqualTo("error");
    }
}
