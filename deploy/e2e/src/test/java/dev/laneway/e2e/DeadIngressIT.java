package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The ingress that took a call is killed while the vendor works. The answer is fetched at another one: by the names that the client gave,
 * or by the same call again; the vendor is called once. What both ingresses count is one, and a place that the dead one held comes free.
 */
class DeadIngressIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CLAUDE = "{\"model\":\"claude\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"What is a lane?\"}]}";

    private final HttpClient client = HttpClient.newHttpClient();
    private String key = "";
    private String label = "";

    @BeforeEach
    void takeNewNames() {
        key = "key-" + UUID.randomUUID();
        label = "label-" + UUID.randomUUID();
    }

    @Override
    String config() {
        return "model_list:\n"
                + patient(Configs.openAi("slow", "sim~ttft=6000", simulator.baseUrl()))
                + patient(Configs.openAi("paced", "sim~ttft=3000~gap=100~chunks=40", simulator.baseUrl()))
                + patient(Configs.anthropic("ant", "sim~ttft=6000", simulator.baseUrl()))
                + Configs.openAi("quick", "sim", simulator.baseUrl())
                + """
                lanes: {premium: {privacy: cloud_allowed}, kept: {privacy: cloud_allowed, durable: true}}
                routes:
                  slow: {lane: premium, chain: [slow]}
                  paced: {lane: premium, chain: [paced]}
                  claude: {lane: premium, chain: [ant]}
                  kept: {lane: kept, chain: [slow]}
                  counted: {lane: premium, chain: [quick]}
                  placed: {lane: premium, chain: [slow]}
                holders:
                  - {scope: model, id: counted, rpm_limit: 40}
                  - {scope: model, id: placed, max_parallel_requests: 1}
                """;
    }

    private static String patient(String deployment) {
        return deployment.replace("timeout: 3", "timeout: 30").replace("stream_timeout: 2", "stream_timeout: 30");
    }

    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder);
    }

    private SeparateProcesses processes() {
        return (SeparateProcesses) gateway;
    }

    private HttpRequest.Builder call(URI ingress, String path, String body) {
        return HttpRequest.newBuilder(ingress.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer " + Gateway.KEY)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Sends a call to an ingress that is killed when the vendor has the call. @return the request's id */
    private String orphan(String path, String body, String... headers) throws Exception {
        processes().launch(List.of("ingress-2"));
        int before = simulator.calls().size();
        CompletableFuture<HttpResponse<String>> lost = client.sendAsync(
                call(processes().api("ingress-2"), path, body).headers(headers).build(),
                HttpResponse.BodyHandlers.ofString());
        await().atMost(PATIENCE).until(() -> simulator.calls().size() > before);
        String attempt = lastCall().attemptId();
        processes().crash("ingress-2");
        await().atMost(PATIENCE).until(lost::isCompletedExceptionally);
        return attempt.substring(0, attempt.indexOf(':'));
    }

    private HttpResponse<String> repeat(String path, String body) throws Exception {
        return Http.send(
                call(gateway.api(), path, body).header("idempotency-key", key).build());
    }

    private JsonNode page(String name) throws Exception {
        return Http.json(Http.get(gateway, "/v1/requests/" + name));
    }

    private JsonNode awaitPage(String name) {
        return await().atMost(PATIENCE)
                .until(() -> page(name), found -> found.at("/status").asText().equals("completed"));
    }

    @Test
    void shouldAnswerTheSameCallAgain() throws Exception {
        String body = Http.question("slow");
        String id = orphan("/v1/chat/completions", body, "idempotency-key", key);
        int calls = simulator.calls().size();
        int running = repeat("/v1/chat/completions", body).statusCode();

        HttpResponse<String> answer = await().atMost(PATIENCE)
                .until(() -> repeat("/v1/chat/completions", body), found -> found.statusCode() != 409);

        assertThat(running).isEqualTo(409);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Http.header(answer, "x-request-id")).isEqualTo(id);
        assertThat(Http.json(answer).at("/choices/0/message/content").asText()).isNotBlank();
        assertThat(simulator.calls()).hasSize(calls);
    }

    @Test
    void shouldStreamTheSameCallAgain() throws Exception {
        String body = Http.question("paced", true);
        orphan("/v1/chat/completions", body, "idempotency-key", key);
        int calls = simulator.calls().size();

        HttpResponse<String> answer = await().atMost(PATIENCE)
                .until(() -> repeat("/v1/chat/completions", body), found -> found.statusCode() != 409);

        assertThat(Sse.data(answer.body()).getLast()).isEqualTo("[DONE]");
        assertThat(Sse.data(answer.body())).hasSizeGreaterThan(40);
        assertThat(simulator.calls()).hasSize(calls);
    }

    @Test
    void shouldAnswerAnthropicsClientToo() throws Exception {
        orphan("/v1/messages", CLAUDE, "idempotency-key", key);
        int calls = simulator.calls().size();
        HttpResponse<String> running = repeat("/v1/messages", CLAUDE);

        HttpResponse<String> answer = await().atMost(PATIENCE)
                .until(() -> repeat("/v1/messages", CLAUDE), found -> found.statusCode() != 409);

        assertThat(Http.json(running).at("/error/type").asText()).isEqualTo("conflict_error");
        assertThat(Http.json(answer).at("/type").asText()).isEqualTo("message");
        assertThat(simulator.calls()).hasSize(calls);
    }

    @Test
    void shouldShowTheAnswerByTheIdempotencyKey() throws Exception {
        String id = orphan("/v1/chat/completions", Http.question("slow"), "idempotency-key", key);
        int calls = simulator.calls().size();
        String running = page(key).at("/status").asText();

        JsonNode page = awaitPage(key);

        assertThat(running).isEqualTo("in_progress");
        assertThat(page.at("/id").asText()).isEqualTo(id);
        assertThat(Http.JSON
                        .readTree(page.at("/answer/body").asText())
                        .at("/object")
                        .asText())
                .isEqualTo("chat.completion");
        assertThat(simulator.calls()).hasSize(calls);
    }

    @Test
    void shouldShowTheAnswerByTheClientsRequestId() throws Exception {
        String id = orphan("/v1/chat/completions", Http.question("slow"), "x-client-request-id", label);
        int calls = simulator.calls().size();
        String running = page(label).at("/status").asText();

        JsonNode page = awaitPage(label);

        assertThat(running).isEqualTo("in_progress");
        assertThat(page.at("/id").asText()).isEqualTo(id);
        assertThat(simulator.calls()).hasSize(calls);
    }

    @Test
    void shouldLetInExactlyAsManyAsTheLimitOverBothIngresses() throws Exception {
        List<HttpRequest> requests = Stream.of("ingress-0", "ingress-1")
                .map(processes()::api)
                .flatMap(api -> Stream.generate(() -> call(api, "/v1/chat/completions", Http.question("counted"))
                                .build())
                        .limit(40))
                .toList();

        List<CompletableFuture<HttpResponse<String>>> asked = requests.stream()
                .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();

        List<Integer> statuses =
                asked.stream().map(each -> each.join().statusCode()).toList();
        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(40);
    }

    @Test
    void shouldFreeThePlaceThatTheDeadOneHeld() throws Exception {
        String body = Http.question("placed");
        orphan("/v1/chat/completions", body, "x-client-request-id", label);
        HttpResponse<String> held = Http.chat(gateway, body);

        HttpResponse<String> free =
                await().atMost(PATIENCE).until(() -> Http.chat(gateway, body), each -> each.statusCode() != 429);

        assertThat(held.statusCode()).as(held.body()).isEqualTo(429);
        assertThat(held.body()).contains("1 parallel requests");
        assertThat(free.statusCode()).as(free.body()).isEqualTo(200);
    }

    @Test
    void shouldFinishWhatADurableLaneWasAskedByAClientThatLeaves() throws Exception {
        int before = simulator.calls().size();
        CompletableFuture<HttpResponse<String>> left = client.sendAsync(
                call(gateway.api(), "/v1/chat/completions", Http.question("kept"))
                        .header("x-client-request-id", label)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await().atMost(PATIENCE).until(() -> simulator.calls().size() > before);

        left.cancel(true);

        assertThat(awaitPage(label).at("/answer/body").asText()).contains("chat.completion");
        assertThat(simulator.calls()).hasSize(before + 1);
    }
}
