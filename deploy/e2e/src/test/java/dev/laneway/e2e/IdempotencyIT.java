package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls with an {@code Idempotency-Key}, repeated; and what is told of a request. The vendor is called once for a key. */
class IdempotencyIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private String key = "";

    @BeforeEach
    void takeANewKey() {
        key = "key-" + UUID.randomUUID();
    }

    @Override
    String config() {
        return "model_list:\n"
                + Configs.openAi("oai", "sim", simulator.baseUrl())
                + Configs.anthropic("ant", "sim", simulator.baseUrl())
                + Configs.openAi("slow", "sim~ttft=4000", simulator.baseUrl()).replace("timeout: 3", "timeout: 30")
                + Configs.openAi("long", "sim~tokens=8000", simulator.baseUrl())
                        .replace("timeout: 3", "timeout: 30")
                        .replace("stream_timeout: 2", "stream_timeout: 30")
                + Configs.openAi("busy", "sim-fault-503", simulator.baseUrl())
                + """
                lanes: {premium: {privacy: cloud_allowed}}
                routes:
                  smart: {lane: premium, chain: [oai]}
                  claude: {lane: premium, chain: [ant]}
                  slow: {lane: premium, chain: [slow]}
                  long: {lane: premium, chain: [long]}
                  busy: {lane: premium, chain: [busy]}
                router_settings: {num_retries: 0}
                """;
    }

    private HttpRequest request(String path, String body, String idempotencyKey) {
        return Http.request(gateway, path)
                .header("content-type", "application/json")
                .header("idempotency-key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> keyed(String body) throws Exception {
        return Http.send(request("/v1/chat/completions", body, key));
    }

    private HttpResponse<String> claude(boolean stream) throws Exception {
        String body = "{\"model\":\"claude\",\"max_tokens\":50,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"What is a lane?\"}]}";
        return Http.send(request("/v1/messages", body, key));
    }

    private void assertReplayed(HttpResponse<String> first, HttpResponse<String> repeat, int callsBefore) {
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(repeat.statusCode()).as(repeat.body()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(Http.header(repeat, "idempotent-replayed")).isEqualTo("true");
        for (String same : List.of("content-type", "x-request-id", "x-laneway-zone", "x-laneway-attempts")) {
            assertThat(Http.header(repeat, same)).isNotEmpty().isEqualTo(Http.header(first, same));
        }
        assertThat(simulator.calls()).hasSize(callsBefore + 1);
    }

    @Test
    void shouldGiveTheFirstAnswerAgain() throws Exception {
        int before = simulator.calls().size();
        HttpResponse<String> first = keyed(Http.question("smart"));

        HttpResponse<String> repeat = keyed(Http.question("smart"));

        assertReplayed(first, repeat, before);
    }

    @Test
    void shouldGiveAStreamAgainByteByByte() throws Exception {
        int before = simulator.calls().size();
        HttpResponse<String> first = keyed(Http.question("smart", true));

        HttpResponse<String> repeat = keyed(Http.question("smart", true));

        assertReplayed(first, repeat, before);
    }

    @Test
    void shouldGiveAnAnswerOfAnthropicsAgain() throws Exception {
        int before = simulator.calls().size();
        HttpResponse<String> first = claude(false);

        HttpResponse<String> repeat = claude(false);

        assertReplayed(first, repeat, before);
        assertThat(Http.header(repeat, "request-id")).isEqualTo(Http.header(first, "request-id"));
    }

    @Test
    void shouldGiveAStreamOfAnthropicsAgain() throws Exception {
        int before = simulator.calls().size();
        HttpResponse<String> first = claude(true);

        HttpResponse<String> repeat = claude(true);

        assertReplayed(first, repeat, before);
    }

    @Test
    void shouldFindTheFramesOfALongAnswerAmongThoseOfOthers() throws Exception {
        List<HttpResponse<String>> first = new ArrayList<>();
        List<String> keys = List.of("a" + key, "b" + key, "c" + key);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> asked = new ArrayList<>();
            for (String each : keys) {
                asked.add(clients.submit(
                        () -> Http.send(request("/v1/chat/completions", Http.question("long", true), each))));
            }
            for (Future<HttpResponse<String>> one : asked) {
                first.add(one.get());
            }
        }
        int before = simulator.calls().size();

        for (int i = 0; i < keys.size(); i++) {
            HttpResponse<String> repeat =
                    Http.send(request("/v1/chat/completions", Http.question("long", true), keys.get(i)));
            assertThat(repeat.body()).isEqualTo(first.get(i).body());
        }

        assertThat(first.getFirst().body().length()).isGreaterThan(1_000_000);
        assertThat(simulator.calls()).hasSize(before);
    }

    @Test
    void shouldCallTheVendorOnceForManyCallsAtOnce() throws Exception {
        int before = simulator.calls().size();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                asked.add(clients.submit(() -> keyed(Http.question("slow"))));
            }
            for (Future<HttpResponse<String>> one : asked) {
                statuses.add(one.get().statusCode());
            }
        }

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(simulator.calls()).hasSize(before + 1);
    }

    @Test
    void shouldRefuseTheKeyForAnotherBody() throws Exception {
        keyed(Http.question("smart"));

        HttpResponse<String> other = keyed(Http.question("smart", true));

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(Http.json(other).at("/error/code").asText()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void shouldTryAgainWhatFailedWithoutAnAnswer() throws Exception {
        int before = simulator.calls().size();
        HttpResponse<String> first = keyed(Http.question("busy"));

        HttpResponse<String> repeat = keyed(Http.question("busy"));

        assertThat(first.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(repeat.statusCode()).isEqualTo(first.statusCode());
        assertThat(Http.header(repeat, "x-request-id")).isNotEqualTo(Http.header(first, "x-request-id"));
        assertThat(simulator.calls()).hasSize(before + 2);
    }

    @Test
    void shouldTellWhatBecameOfARequest() throws Exception {
        HttpResponse<String> first = keyed(Http.question("smart"));
        String id = Http.header(first, "x-request-id");
        oracle.awaitTerminal(id);

        JsonNode page = Http.json(Http.get(gateway, "/v1/requests/" + id));

        assertThat(page.at("/id").asText()).isEqualTo(id);
        assertThat(page.at("/status").asText()).isEqualTo("completed");
        assertThat(page.at("/attempts/0/id").asText()).isEqualTo(id + ":0:0");
        assertThat(page.at("/attempts/0/outcome").asText()).isEqualTo("succeeded");
        assertThat(page.at("/answer/body").asText()).isEqualTo(first.body());
        HttpResponse<String> answer = Http.get(gateway, page.at("/answer/url").asText());
        assertThat(answer.body()).isEqualTo(first.body());
        assertThat(Http.header(answer, "content-type")).isEqualTo(Http.header(first, "content-type"));
    }

    @Test
    void shouldTellOfARequestThatHasNoNameAndNoFactYet() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            int before = simulator.calls().size();
            Future<HttpResponse<String>> asked = clients.submit(() -> Http.chat(gateway, Http.question("slow")));
            await().atMost(PATIENCE).until(() -> simulator.calls().size() > before);
            String attempt = lastCall().attemptId();
            String id = attempt.substring(0, attempt.indexOf(':'));

            HttpResponse<String> page = Http.get(gateway, "/v1/requests/" + id);

            assertThat(Http.json(page).at("/status").asText()).as(page.body()).isEqualTo("in_progress");
            assertThat(Http.header(asked.get(), "x-request-id")).isEqualTo(id);
        }
    }

    @Test
    void shouldKnowNothingOfAnIdThatNobodyGave() throws Exception {
        HttpResponse<String> page = Http.get(gateway, "/v1/requests/req_01kb0000000000000000000000");

        assertThat(page.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldKnowAKeyAgainAfterRedisWasEmptied() throws Exception {
        HttpResponse<String> first = keyed(Http.question("smart"));
        oracle.awaitTerminal(Http.header(first, "x-request-id"));
        int before = simulator.calls().size();

        RedisConsole.empty(Objects.requireNonNull(servers.redisUrl()));

        HttpResponse<String> repeat = await().atMost(PATIENCE)
                .until(() -> keyed(Http.question("smart")), answer -> answer.statusCode() != 503);
        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(simulator.calls()).hasSize(before);
    }

    @Test
    void shouldNotCallAgainForWhatRanWhenRedisWasEmptied() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            int before = simulator.calls().size();
            Future<HttpResponse<String>> first = clients.submit(() -> keyed(Http.question("slow")));
            await().atMost(PATIENCE).until(() -> simulator.calls().size() > before);

            RedisConsole.empty(Objects.requireNonNull(servers.redisUrl()));

            HttpResponse<String> repeat = await().atMost(PATIENCE)
                    .until(() -> keyed(Http.question("slow")), answer -> answer.statusCode() == 200);
            assertThat(repeat.body()).isEqualTo(first.get().body());
            assertThat(simulator.calls()).hasSize(before + 1);
        }
    }
}
