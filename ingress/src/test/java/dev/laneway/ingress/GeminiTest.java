package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Request;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiTest {
    private static final String BODY = "{ \"contents\" : {\"parts\":{\"text\":\"hello\"}}, \"x\":1 }";

    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/smart:generateContent, false",
        "/v1/models/smart:generateContent, false",
        "/models/smart:generateContent, false",
        "/v1beta/models/models%2Fsmart%3AgenerateContent, false",
        "/v1beta/models/models/smart:generateContent?key=x, false",
        "/v1beta/models/smart:streamGenerateContent?alt=sse, true",
        "/v1/models/smart:streamGenerateContent?alt=sse, true",
        "/v1beta/models/smart:streamGenerateContent, false"
    })
    void shouldTakeFromTheAddressWhatTheBodyDoesNotSay(String path, boolean stream) throws Exception {
        ingress.send(ingress.post(path, BODY));

        FakeOutbox.Published published = ingress.outbox.next();

        Request request = published.request();
        assertThat(new String(published.body(), StandardCharsets.UTF_8)).isEqualTo(BODY);
        assertThat(request.dialect()).isEqualTo(Dialect.GEMINI);
        assertThat(request.route()).isEqualTo("smart");
        assertThat(request.stream()).isEqualTo(stream);
    }

    @Test
    void shouldAnswerAStreamWithoutEventsAsOneArray() throws Exception {
        var pending = ingress.send(ingress.post("/v1beta/models/smart:streamGenerateContent", BODY));
        String id = ingress.outbox.next().request().id();

        ingress.reply(
                new Reply.Frame(id, id + ":0:0", 0, TestIngress.head(1, 0, "application/json"), null),
                "{\"candidates\"");
        ingress.reply(new Reply.Frame(id, id + ":0:0", 1, null, TestIngress.END), ":[]}");

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[{\"candidates\":[]}]");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void shouldFailInGooglesWords() throws Exception {
        var pending = ingress.send(ingress.post("/v1beta/models/smart:generateContent", BODY));
        String id = ingress.outbox.next().request().id();

        ingress.failed(id, FailureKind.RATE_LIMITED, 429, 7_000);

        HttpResponse<String> answer = TestIngress.answer(pending);
        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
        assertThat(error.getInteger("code")).isEqualTo(429);
        assertThat(error.getString("status")).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(error.getString("message")).isEqualTo("vendor words");
    }

    @Test
    void shouldFailInGooglesWordsInMidStream() throws Exception {
        var pending = ingress.send(ingress.post("/v1beta/models/smart:streamGenerateContent?alt=sse", BODY));
        String id = ingress.outbox.next().request().id();
        ingress.reply(new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null), "data: {\"candidates\":[]}\n\n");

        ingress.failed(id, FailureKind.CUT_STREAM, 502, 0);

        assertThat(TestIngress.answer(pending).body())
                .startsWith("data: {\"candidates\":[]}\n\ndata: {\"error\":{\"code\":502,");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/nobody:generateContent, 404, NOT_FOUND",
        "/v1beta/models/smart:embedContent, 405, INVALID_ARGUMENT",
        "/v1beta/nothing, 404, NOT_FOUND"
    })
    void shouldRefuseInGooglesWords(String path, int status, String word) {
        HttpResponse<String> answer = ingress.answer(ingress.post(path, BODY));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("status"))
                .isEqualTo(word);
    }

    @Test
    void shouldSayWhatIsWrongWithABody() {
        HttpResponse<String> answer = ingress.answer(ingress.post(
                "/v1beta/models/smart:streamGenerateContent", "{\"contents\":[{\"parts\":[{\"text\":1}]}]}"));

        JsonObject error = new JsonArray(answer.body()).getJsonObject(0).getJsonObject("error");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error.getString("message")).startsWith("contents[0].parts[0].text:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-goog-api-key", "x-goog-api-client"})
    void shouldListModelsAsGoogleDoesForItsClients(String header) {
        HttpResponse<String> list = ingress.answer(ingress.request("/v1/models").header(header, TestIngress.KEY));

        assertThat(new JsonObject(list.body()).getJsonArray("models").getJsonObject(1))
                .isEqualTo(new JsonObject("""
                        {"name":"models/smart","version":"1","displayName":"smart","description":"hard questions",
                        "supportedGenerationMethods":["generateContent","streamGenerateContent","countTokens"]}"""));
    }

    @Test
    void shouldListModelsAPageAtATime() {
        JsonObject first = new JsonObject(
                ingress.answer(ingress.request("/v1beta/models?pageSize=1")).body());
        JsonObject second = new JsonObject(ingress.answer(
                        ingress.request("/v1beta/models?pageSize=1&pageToken=" + first.getString("nextPageToken")))
                .body());

        assertThat(first.getJsonArray("models")).hasSize(1);
        assertThat(second.getJsonArray("models").getJsonObject(0).getString("name"))
                .isEqualTo("models/smart");
        assertThat(second.containsKey("nextPageToken")).isFalse();
    }

    @Test
    void shouldShowOneModel() {
        HttpResponse<String> shown = ingress.answer(ingress.request("/v1beta/models/smart"));
        HttpResponse<String> unknown = ingress.answer(ingress.request("/v1beta/models/nobody"));

        assertThat(new JsonObject(shown.body()).getString("name")).isEqualTo("models/smart");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {BODY, "{\"generateContentRequest\":{\"model\":\"models/smart\",\"contents\":[{\"parts\":[]}]}}"})
    void shouldCountTokens(String body) {
        HttpResponse<String> counted = ingress.answer(ingress.post("/v1beta/models/smart:countTokens", body));

        assertThat(counted.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(counted.body()).getLong("totalTokens")).isPositive();
    }

    @Test
    void shouldTellTwoAddressesApartThatCameWithOneKey() throws Exception {
        var pending = ingress.send(
                ingress.post("/v1beta/models/smart:generateContent", BODY).header("idempotency-key", "k"));
        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");
        TestIngress.answer(pending);

        HttpResponse<String> other = ingress.answer(
                ingress.post("/v1beta/models/secure:generateContent", BODY).header("idempotency-key", "k"));

        assertThat(other.statusCode()).isEqualTo(422);
    }
}
