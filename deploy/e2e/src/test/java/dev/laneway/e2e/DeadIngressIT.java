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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An ingress is killed while the vendor works on calls that it took. Their answers are fetched at another one: by the names that the client
 * gave, or by the same call again; the vendor is called once. What both ingresses count is one, and a place that the dead one held comes free.
 */
@Tag("processes")
class DeadIngressIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MORTAL = "ingress-2";
    /** Of the other roles one each: whatever they do here, they do for an ingress. */
    private static final List<String> PROCESSES = Stream.concat(
                    SeparateProcesses.ONE_OF_EACH.stream(), Stream.of("ingress-1", MORTAL))
            .toList();

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String KEY_HEADER = "idempotency-key";
    private static final String LABEL_HEADER = "x-client-request-id";
    private static final String CLAUDE = "{\"model\":\"claude\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"What is a lane?\"}]}";

    /**
     * A call that the dead ingress took.
     *
     * @param name the client's, in the header of that kind
     * @param id the request's
     */
    private record Orphan(
            String path, String body, String name, String id, CompletableFuture<HttpResponse<String>> lost) {}

    private final HttpClient client = HttpClient.newHttpClient();

    private Orphan repeated;
    private Orphan streamed;
    private Orphan anthropic;
    private Orphan keyed;
    private Orphan labelled;

    /** What another ingress said of them while the vendor worked. */
    private HttpResponse<String> repeatedMeanwhile;

    private HttpResponse<String> anthropicMeanwhile;
    private HttpResponse<String> placeMeanwhile;
    private String keyedMeanwhile = "";
    private String labelledMeanwhile = "";

    @Override
    String config() {
        return "model_list:\n"
                + patient(Configs.openAi("slow", "sim~ttft=15000", simulator.baseUrl()))
                + patient(Configs.openAi("paced", "sim~ttft=8000~gap=100~chunks=40", simulator.baseUrl()))
                + patient(Configs.anthropic("ant", "sim~ttft=15000", simulator.baseUrl()))
                + Configs.openAi("quick", "sim", simulator.baseUrl())
                + patient(Configs.openAi("calm", "sim~ttft=6000", simulator.baseUrl()))
                + """
                lanes: {premium: {privacy: cloud_allowed}, kept: {privacy: cloud_allowed, durable: true}}
                routes:
                  slow: {lane: premium, chain: [slow]}
                  paced: {lane: premium, chain: [paced]}
                  claude: {lane: premium, chain: [ant]}
                  kept: {lane: kept, chain: [calm]}
                  counted: {lane: premium, chain: [quick]}
                  placed: {lane: premium, chain: [calm]}
                holders:
                  - {scope: model, id: counted, rpm_limit: 40}
                  - {scope: model, id: placed, max_parallel_requests: 1}
                """;
    }

    private static String patient(String deployment) {
        return deployment.replace("timeout: 3", "timeout: 40").replace("stream_timeout: 2", "stream_timeout: 40");
    }

    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder, PROCESSES);
    }

    private SeparateProcesses processes() {
        return (SeparateProcesses) gateway;
    }

    @BeforeAll
    void killAnIngressThatHasCalls() throws Exception {
        repeated = send(CHAT, Http.question("slow"), KEY_HEADER);
        anthropic = send(MESSAGES, CLAUDE, KEY_HEADER);
        keyed = send(CHAT, Http.question("slow"), KEY_HEADER);
        labelled = send(CHAT, Http.question("slow"), LABEL_HEADER);
        streamed = send(CHAT, Http.question("paced", true), KEY_HEADER);
        Orphan placed = send(CHAT, Http.question("placed"), LABEL_HEADER);

        processes().crash(MORTAL);

        placeMeanwhile = Http.chat(gateway, Http.question("placed"));
        repeatedMeanwhile = again(repeated);
        anthropicMeanwhile = again(anthropic);
        keyedMeanwhile = page(keyed.name()).at("/status").asText();
        labelledMeanwhile = page(labelled.name()).at("/status").asText();
        for (Orphan each : List.of(repeated, anthropic, keyed, labelled, streamed, placed)) {
            await().atMost(PATIENCE).until(each.lost()::isCompletedExceptionally);
        }
    }

    private HttpRequest.Builder call(URI ingress, String path, String body) {
        return HttpRequest.newBuilder(ingress.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer " + Gateway.KEY)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Sends a call to the ingress that will die; returns when the vendor has it. */
    private Orphan send(String path, String body, String header) {
        String name = "name-" + UUID.randomUUID();
        int before = simulator.calls().size();
        CompletableFuture<HttpResponse<String>> lost = client.sendAsync(
                call(processes().api(MORTAL), path, body).header(header, name).build(),
                HttpResponse.BodyHandlers.ofString());
        await().atMost(PATIENCE).until(() -> simulator.calls().size() > before);
        String attempt = lastCall().attemptId();
        return new Orphan(path, body, name, attempt.substring(0, attempt.indexOf(':')), lost);
    }

    /** The same call, at an ingress that lives. */
    private HttpResponse<String> again(Orphan orphan) throws Exception {
        return Http.send(call(gateway.api(), orphan.path(), orphan.body())
                .header(KEY_HEADER, orphan.name())
                .build());
    }

    private HttpResponse<String> awaitAnswer(Orphan orphan) {
        return await().atMost(PATIENCE).until(() -> again(orphan), found -> found.statusCode() != 409);
    }

    private JsonNode page(String name) throws Exception {
        return Http.json(Http.get(gateway, "/v1/requests/" + name));
    }

    private JsonNode awaitPage(String name) {
        return await().atMost(PATIENCE)
                .until(() -> page(name), found -> found.at("/status").asText().equals("completed"));
    }

    private long calls(Orphan orphan) {
        return simulator.calls().stream()
                .filter(call -> call.attemptId().startsWith(orphan.id() + ":"))
                .count();
    }

    @Test
    void shouldAnswerTheSameCallAgain() throws Exception {
        HttpResponse<String> answer = awaitAnswer(repeated);

        assertThat(repeatedMeanwhile.statusCode()).isEqualTo(409);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Http.header(answer, "x-request-id")).isEqualTo(repeated.id());
        assertThat(Http.json(answer).at("/choices/0/message/content").asText()).isNotBlank();
        assertThat(calls(repeated)).isEqualTo(1);
    }

    @Test
    void shouldStreamTheSameCallAgain() {
        HttpResponse<String> answer = awaitAnswer(streamed);

        assertThat(Http.header(answer, "x-request-id")).isEqualTo(streamed.id());
        assertThat(Sse.data(answer.body()).getLast()).isEqualTo("[DONE]");
        assertThat(Sse.data(answer.body())).hasSizeGreaterThan(40);
        assertThat(calls(streamed)).isEqualTo(1);
    }

    @Test
    void shouldAnswerAnthropicsClientToo() throws Exception {
        HttpResponse<String> answer = awaitAnswer(anthropic);

        assertThat(Http.json(anthropicMeanwhile).at("/error/type").asText()).isEqualTo("conflict_error");
        assertThat(Http.header(answer, "x-request-id")).isEqualTo(anthropic.id());
        assertThat(Http.json(answer).at("/type").asText()).isEqualTo("message");
        assertThat(calls(anthropic)).isEqualTo(1);
    }

    @Test
    void shouldShowTheAnswerByTheIdempotencyKey() throws Exception {
        JsonNode page = awaitPage(keyed.name());

        assertThat(keyedMeanwhile).isEqualTo("in_progress");
        assertThat(page.at("/id").asText()).isEqualTo(keyed.id());
        assertThat(Http.JSON
                        .readTree(page.at("/answer/body").asText())
                        .at("/object")
                        .asText())
                .isEqualTo("chat.completion");
        assertThat(calls(keyed)).isEqualTo(1);
    }

    @Test
    void shouldShowTheAnswerByTheClientsRequestId() {
        JsonNode page = awaitPage(labelled.name());

        assertThat(labelledMeanwhile).isEqualTo("in_progress");
        assertThat(page.at("/id").asText()).isEqualTo(labelled.id());
        assertThat(calls(labelled)).isEqualTo(1);
    }

    @Test
    void shouldLetInExactlyAsManyAsTheLimitOverBothIngresses() throws Exception {
        List<HttpRequest> requests = Stream.of("ingress-0", "ingress-1")
                .map(processes()::api)
                .flatMap(api -> Stream.generate(
                                () -> call(api, CHAT, Http.question("counted")).build())
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
    void shouldFreeThePlaceThatTheDeadOneHeld() {
        HttpResponse<String> free = await().atMost(PATIENCE)
                .until(() -> Http.chat(gateway, Http.question("placed")), each -> each.statusCode() != 429);

        assertThat(placeMeanwhile.statusCode()).as(placeMeanwhile.body()).isEqualTo(429);
        assertThat(placeMeanwhile.body()).contains("1 parallel requests");
        assertThat(free.statusCode()).as(free.body()).isEqualTo(200);
    }

    @Test
    void shouldFinishWhatADurableLaneWasAskedByAClientThatLeaves() throws Exception {
        String label = "name-" + UUID.randomUUID();
        int before = simulator.calls().size();
        CompletableFuture<HttpResponse<String>> left = client.sendAsync(
                call(gateway.api(), CHAT, Http.question("kept"))
                        .header(LABEL_HEADER, label)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await().atMost(PATIENCE).until(() -> simulator.calls().size() > before);

        left.cancel(true);

        assertThat(awaitPage(label).at("/answer/body").asText()).contains("chat.completion");
        assertThat(simulator.calls()).hasSize(before + 1);
    }
}
