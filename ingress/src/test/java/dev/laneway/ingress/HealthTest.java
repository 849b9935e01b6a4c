package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.runtime.health.HealthBoard;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {
    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldSayThatAllIsWell() {
        HttpResponse<String> answer = get("/health");

        JsonObject body = new JsonObject(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body.getInteger("uptime_seconds")).isBetween(0, 60);
        body.remove("uptime_seconds");
        assertThat(body)
                .isEqualTo(new JsonObject(
                        "{\"status\":\"ok\",\"database\":\"healthy\",\"cache\":\"healthy\",\"broker\":\"healthy\"}"));
    }

    @ParameterizedTest
    @CsvSource({"database, degraded", "cache, degraded", "broker, down"})
    void shouldSayWhatIsMissing(String server, String status) {
        ingress.servers.put(server, false);

        await().untilAsserted(() -> {
            HttpResponse<String> answer = get("/health");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo(status);
            assertThat(new JsonObject(answer.body()).getString(server)).isEqualTo("unhealthy");
        });
    }

    @Test
    void shouldBelieveARequestThatFailedBeforeItBelievesACheck() {
        ingress.outbox.available = false;

        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(answer.body()).getString("broker")).isEqualTo("unhealthy");
    }

    @Test
    void shouldRecover() {
        ingress.servers.put(HealthBoard.CACHE, false);
        await().until(() -> get("/health").statusCode() == 503);

        ingress.servers.put(HealthBoard.CACHE, true);

        await().until(() -> get("/health").statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/liveliness", "/health/liveness", "/health/readiness", "/", "/api/hello"})
    void shouldAnswerWithoutAKey(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/hello", "/health"})
    void shouldAnswerTheProbesOfAgents(String path) throws Exception {
        RawClient client = new RawClient(ingress.port);

        String answer = client.send("HEAD " + path + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
                .readAll();

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
        client.close();
    }

    private HttpResponse<String> get(String path) {
        return ingress.answer(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ingress.port + path)));
    }
}
