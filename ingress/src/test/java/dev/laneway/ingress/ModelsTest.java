package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.config.GatewayConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
    private static final GatewayConfig WILDCARD = TestConfig.load("""
            model_list:
              - model_name: "anthropic/*"
                litellm_params: {model: "anthropic/*", api_key: os.environ/ANTHROPIC_API_KEY}
              - model_name: plain
                litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY}
            """);

    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/models", "/v1/models/"})
    void shouldListRoutesAsOpenAiDoes(String path) {
        JsonObject list = json(ingress.request(path));

        assertThat(list.getString("object")).isEqualTo("list");
        assertThat(list.getJsonArray("data").stream().map(model -> ((JsonObject) model).getString("id")))
                .containsExactly("secure", "smart");
        assertThat(list.getJsonArray("data").getJsonObject(1)).isEqualTo(new JsonObject("""
                        {"id":"smart","object":"model","created":1767225600,"owned_by":"laneway","laneway":
                         {"lane":"premium","privacy":"cloud_allowed","zone":"cloud","mode":"chat","purpose":"hard questions"}}"""));
    }

    @Test
    void shouldListRoutesAsAnthropicDoes() {
        JsonObject list = json(ingress.request("/v1/models").header("anthropic-version", "2023-06-01"));

        assertThat(list).isEqualTo(new JsonObject("""
                {"data":[{"type":"model","id":"secure","display_name":"secure","created_at":"2026-01-01T00:00:00Z"},
                {"type":"model","id":"smart","display_name":"smart","created_at":"2026-01-01T00:00:00Z"}],
                "has_more":false,"first_id":"secure","last_id":"smart"}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=1, secure, true",
        "limit=1&after_id=secure, smart, false",
        "limit=1&before_id=smart, secure, false",
        "limit=1000, secure, false"
    })
    void shouldPageAsAnthropicDoes(String query, String first, boolean more) {
        JsonObject list = json(ingress.request("/v1/models?" + query).header("anthropic-version", "2023-06-01"));

        assertThat(list.getString("first_id")).isEqualTo(first);
        assertThat(list.getBoolean("has_more")).isEqualTo(more);
    }

    @Test
    void shouldRefuseAPageOfNoSize() {
        HttpRequest.Builder request = ingress.request("/v1/models?limit=0").header("anthropic-version", "2023-06-01");

        HttpResponse<String> answer = ingress.answer(request);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"type\":\"error\"");
    }

    @ParameterizedTest
    @CsvSource({"/v1/models/smart, 200", "/models/secure, 200", "/v1/models/claude, 404", "/v1/models/%zz, 400"})
    void shouldShowOneRoute(String path, int status) throws Exception {
        RawClient client = new RawClient(ingress.port)
                .send("GET " + path + " HTTP/1.1\r\nhost: x\r\nx-api-key: " + TestIngress.KEY + "\r\n\r\n");

        assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 " + status);
        client.close();
    }

    @Test
    void shouldNotListWhatIsHidden() {
        ingress.routes.put(WILDCARD);

        JsonObject list = json(ingress.request("/v1/models"));

        assertThat(list.getJsonArray("data")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/anthropic/claude-x", "/v1/models/anthropic%2Fclaude-x"})
    void shouldShowAModelThatFitsAPattern(String path) {
        ingress.routes.put(WILDCARD);

        assertThat(json(ingress.request(path)).getString("id")).isEqualTo("anthropic/claude-x");
    }

    @Test
    void shouldCallAModelThatFitsAPatternByItsOwnName() throws Exception {
        ingress.routes.put(WILDCARD);
        var pending = ingress.send(ingress.chat("anthropic/claude-x", false));
        var request = ingress.outbox.next().request();

        ingress.wholeAnswer(request.id(), "{}");

        assertThat(request.route()).isEqualTo("anthropic/claude-x");
        assertThat(TestIngress.answer(pending).headers().firstValue("x-laneway-route"))
                .hasValue("anthropic/claude-x");
    }

    @Test
    void shouldNeedAKey() {
        assertThat(ingress.answer(ingress.request("/v1/models").setHeader("authorization", "none"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldEstimateTokens() {
        String body =
                "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(400) + "\"}]}";

        JsonObject answer = json(ingress.post("/v1/messages/count_tokens", body));

        assertThat(answer.getInteger("input_tokens")).isBetween(400, 600);
        assertThat(ingress.memory.held()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"gone","messages":[{"role":"user","content":"x"}]} | 404
            {"model":"smart"}                                           | 400
            []                                                          | 400
            """)
    void shouldRefuseToCountWhatCannotBeCalled(String body, int status) {
        assertThat(ingress.answer(ingress.post("/v1/messages/count_tokens", body))
                        .statusCode())
                .isEqualTo(status);
        assertThat(ingress.memory.held()).isZero();
    }

    private JsonObject json(HttpRequest.Builder request) {
        HttpResponse<String> answer = ingress.answer(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }
}
