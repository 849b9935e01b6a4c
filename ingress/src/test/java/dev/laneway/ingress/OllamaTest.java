package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Request;
import dev.laneway.ingress.limits.Waits;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of Ollama. */
class OllamaTest {
    private static final String LINE =
            "{\"model\":\"smart\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}\n";

    private static final Waits IMPATIENT = new Waits(
            Duration.ofMillis(400),
            Duration.ofMillis(150),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(10));

    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    private static String chat(String model, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + more + "}";
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    private static void frame(TestIngress ingress, String id, Reply.Head head, String value, boolean last) {
        ingress.reply(new Reply.Frame(id, id + ":0:0", 0, head, last ? TestIngress.END : null), value);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "',\"stream\":false', false"})
    void shouldStreamUnlessToldNotTo(String more, boolean stream) throws Exception {
        var pending = ingress.send(ingress.post("/api/chat", chat("smart", more)));

        Request request = ingress.outbox.next().request();

        assertThat(request.stream()).isEqualTo(stream);
        assertThat(request.dialect()).isEqualTo(Dialect.OLLAMA_CHAT);
        pending.cancel(true);
    }

    @Test
    void shouldHandOnLines() throws Exception {
        var pending = ingress.send(ingress.post("/api/chat", chat("smart:latest", "")));
        Request request = ingress.outbox.next().request();

        frame(ingress, request.id(), TestIngress.head(1, 0, "application/x-ndjson"), LINE + LINE, true);

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(request.route()).as("without what Ollama adds").isEqualTo("smart");
        assertThat(answer.body()).isEqualTo(LINE + LINE);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    }

    @Test
    void shouldEndAStreamThatFailedWithALineThatSaysSo() throws Exception {
        var pending = ingress.send(ingress.post("/api/chat", chat("smart", "")));
        String id = ingress.outbox.next().request().id();
        frame(ingress, id, TestIngress.head(1, 0, "application/x-ndjson"), LINE, false);

        ingress.failed(id, FailureKind.CUT_STREAM, 502, 0);

        String[] lines = TestIngress.answer(pending).body().split("\n");
        assertThat(lines).hasSize(2);
        assertThat(new JsonObject(lines[1]).getString("error")).isEqualTo("vendor words");
        assertThat(new JsonObject(lines[1]).getString("request_id")).isEqualTo(id);
    }

    @Test
    void shouldKeepAConnectionOpenByLinesThatSayNothing() throws Exception {
        try (TestIngress impatient = TestIngress.start(IMPATIENT, TestIngress.ROOMY)) {
            var pending = impatient.client.sendAsync(
                    impatient.post("/api/chat", chat("smart", "")).build(), HttpResponse.BodyHandlers.ofInputStream());
            String id = impatient.outbox.next().request().id();
            HttpResponse<InputStream> answer = TestIngress.answer(pending);
            BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            JsonObject idle = new JsonObject(lines.readLine());

            frame(impatient, id, TestIngress.head(2, 1, "application/x-ndjson"), LINE, true);

            assertThat(idle.getString("model")).isEqualTo("smart");
            assertThat(idle.getBoolean("done")).isFalse();
            assertThat(idle.getJsonObject("message").getString("content")).isEmpty();
            List<String> rest = lines.lines().toList();
            assertThat(rest)
                    .allSatisfy(line ->
                            assertThat(new JsonObject(line).getBoolean("done")).isFalse());
            assertThat(rest.getLast()).isEqualTo(LINE.strip());
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/chat, '{\"model\":\"smart\"}', load",
        "/api/chat, '{\"model\":\"smart:latest\",\"messages\":[],\"keep_alive\":0}', unload",
        "/api/generate, '{\"model\":\"secure\",\"prompt\":\"\"}', load"
    })
    void shouldAnswerALoadWithoutAskingAVendor(String path, String body, String reason) {
        HttpResponse<String> answer = ingress.answer(ingress.post(path, body));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getString("done_reason")).isEqualTo(reason);
        assertThat(json(answer).getBoolean("done")).isTrue();
        assertThat(ingress.outbox.published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/show"})
    void shouldSayInOllamasWordsThatAModelIsUnknown(String path) {
        HttpResponse<String> answer = ingress.answer(ingress.post(path, chat("nope", "")));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).getString("error")).isEqualTo("model 'nope' not found");
    }

    @Test
    void shouldListRoutesAsModels() {
        JsonObject tags = json(ingress.answer(ingress.request("/api/tags")));

        assertThat(tags.getJsonArray("models").stream().map(model -> ((JsonObject) model).getString("name")))
                .containsExactly("secure", "smart");
        JsonObject first = tags.getJsonArray("models").getJsonObject(0);
        assertThat(first.getString("model")).isEqualTo("secure");
        assertThat(first.getString("digest")).matches("[0-9a-f]{64}");
        assertThat(first.getJsonArray("capabilities")).contains("completion", "tools");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"smart\"}", "{\"name\":\"smart:latest\"}"})
    void shouldShowARoute(String body) {
        HttpResponse<String> answer = ingress.answer(ingress.post("/api/show", body));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getJsonArray("capabilities")).contains("completion");
        assertThat(answer.body()).doesNotContain("claude");
    }

    @Test
    void shouldTellTheVersionOfTheApi() {
        assertThat(json(ingress.answer(ingress.request("/api/version"))).getString("version"))
                .isNotBlank();
        assertThat(json(ingress.answer(ingress.request("/api/ps"))).getJsonArray("models"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tags", "/api/version", "/api/ps"})
    void shouldWantAKey(String path) {
        HttpResponse<String> answer = ingress.answer(ingress.request(path).setHeader("authorization", "Bearer wrong"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).getString("error")).contains("key");
    }

    @ParameterizedTest
    @CsvSource({"ollama-js/0.6.4, Ollama is running", "curl/8, laneway"})
    void shouldGreetOllamasClientsAsTheirServerDoes(String agent, String greeting) {
        HttpResponse<String> answer = ingress.answer(ingress.request("/").setHeader("user-agent", agent));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(greeting);
    }

    @Test
    void shouldAnswerAHeadAtTheRoot() {
        HttpResponse<String> answer = ingress.answer(ingress.request("/")
                .setHeader("user-agent", "ollama/0.32")
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
