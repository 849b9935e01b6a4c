package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Request;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentAddressTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true";

    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/deployments/smart/chat/completions?api-version=2024-10-21, OPENAI_CHAT, true",
        "/engines/smart/chat/completions, OPENAI_CHAT, true",
        "/v1/engines/sm%61rt/chat/completions, OPENAI_CHAT, true",
        "/engines/smart/completions, OPENAI_COMPLETIONS, true",
        "/openai/deployments/smart/completions, OPENAI_COMPLETIONS, true",
        "/openai/deployments/smart/embeddings, OPENAI_EMBEDDINGS, false",
        "/engines/smart/embeddings, OPENAI_EMBEDDINGS, false"
    })
    void shouldTakeTheModelFromTheAddress(String path, Dialect dialect, boolean stream) throws Exception {
        String body = "{" + MESSAGES + ",\"prompt\":\"hi\",\"input\":\"hi\"}";
        ingress.send(ingress.post(path, body));

        FakeOutbox.Published published = ingress.outbox.next();

        Request request = published.request();
        assertThat(request.route()).isEqualTo("smart");
        assertThat(request.dialect()).isEqualTo(dialect);
        assertThat(request.stream()).isEqualTo(stream);
        assertThat(new String(published.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @Test
    void shouldGoByTheAddressWhereTheBodyNamesAnotherModel() throws Exception {
        ingress.send(
                ingress.post("/openai/deployments/smart/chat/completions", "{\"model\":\"gpt-4o\"," + MESSAGES + "}"));

        assertThat(ingress.outbox.next().request().route()).isEqualTo("smart");
    }

    @Test
    void shouldTakeTheAddressForAPartOfWhatAKeyNames() throws Exception {
        String body = "{" + MESSAGES + "}";
        ingress.send(ingress.post("/engines/smart/chat/completions", body).header("idempotency-key", "k"));
        ingress.outbox.next();

        HttpResponse<String> other = ingress.answer(
                ingress.post("/engines/secure/chat/completions", body).header("idempotency-key", "k"));

        assertThat(other.statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/deployments/nobody/chat/completions, 404",
        "/openai/deployments/smart/nothing, 404",
        "/engines, 404"
    })
    void shouldRefuseInOpenAisWords(String path, int status) {
        HttpResponse<String> answer = ingress.answer(ingress.post(path, "{" + MESSAGES + "}"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("type"))
                .isNotBlank();
    }

    @Test
    void shouldTellTheMethod() {
        HttpResponse<String> answer =
                ingress.answer(ingress.post("/engines/smart/completions", "").GET());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("POST, OPTIONS");
    }
}
