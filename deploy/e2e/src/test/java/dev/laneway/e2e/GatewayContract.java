package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.Beside;
import dev.laneway.testkit.calls.Call;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client finds, whichever way the gateway was started. After each test, {@link Oracle} holds the logs against each other. */
abstract class GatewayContract extends OneGateway {
    @Override
    String config() {
        return Configs.of(simulator.baseUrl());
    }

    @AfterEach
    void holdWhatThereIsAgainstEachOther() {
        oracle.check();
    }

    @Test
    void shouldAnswerAChatCompletion() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("smart"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = Http.json(response);
        assertThat(body.at("/object").asText()).isEqualTo("chat.completion");
        assertThat(body.at("/model").asText()).isEqualTo("smart");
        assertThat(body.at("/choices/0/message/content").asText()).isNotBlank();
        assertThat(body.at("/usage/total_tokens").asLong()).isPositive();
    }

    @Test
    void shouldSayInHeadersWhatHappened() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("smart"));

        assertThat(Http.header(response, "x-request-id")).startsWith("req_");
        assertThat(Http.header(response, "x-laneway-route")).isEqualTo("smart");
        assertThat(Http.header(response, "x-laneway-lane")).isEqualTo("premium");
        assertThat(Http.header(response, "x-laneway-zone")).isEqualTo("cloud");
        assertThat(Http.header(response, "x-laneway-attempts")).isEqualTo("1");
        assertThat(Http.header(response, "x-laneway-fallbacks")).isEqualTo("0");
        assertThat(Http.header(response, "x-litellm-model-group")).isEqualTo("smart");
        BigDecimal bill = BigDecimal.valueOf(simulator.calls().getLast().pricePicos(), 12);
        assertThat(new BigDecimal(Http.header(response, "x-litellm-response-cost")))
                .isEqualByComparingTo(bill);
    }

    @Test
    void shouldBillSoundAndTheTierThatTheVendorSays() throws Exception {
        String question = "{\"model\":\"smart\",\"service_tier\":\"priority\",\"modalities\":[\"text\",\"audio\"],"
                + "\"audio\":{\"voice\":\"alloy\",\"format\":\"wav\"},\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"Who is it?\"},"
                + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklGRg==\",\"format\":\"wav\"}}]}]}";

        HttpResponse<String> response = Http.chat(gateway, question);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Call call = simulator.calls().getLast();
        assertThat(call.usage().beside()).isEqualTo(new Beside(0, 8, 8, Beside.Tier.PRIORITY));
        assertBilled(response, call);
    }

    @Test
    void shouldBillTheSearchesOfAMessage() throws Exception {
        String question = "{\"model\":\"claude\",\"max_tokens\":50,"
                + "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":2}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"search: 5\"}]}";

        HttpResponse<String> response = Http.post(gateway, "/v1/messages", question);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Call call = simulator.calls().getLast();
        assertThat(call.usage().beside().searches()).isEqualTo(2);
        assertBilled(response, call);
    }

    @Test
    void shouldBillTheSearchesOfAStreamedResponseInFlex() throws Exception {
        String question = "{\"model\":\"responses\",\"stream\":true,\"service_tier\":\"flex\",\"max_tool_calls\":3,"
                + "\"tools\":[{\"type\":\"web_search\"}],\"input\":\"search: 3\"}";

        HttpResponse<String> response = Http.post(gateway, "/v1/responses", question);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        // that the ledger has as much is what the oracle finds after each test
        assertThat(simulator.calls().getLast().usage().beside()).isEqualTo(new Beside(3, 0, 0, Beside.Tier.FLEX));
    }

    @Test
    void shouldNotBillAToolThatTheVendorIsNotSent() throws Exception {
        String question = "{\"model\":\"smart\",\"max_tokens\":50,"
                + "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"},"
                + "{\"name\":\"look\",\"input_schema\":{\"type\":\"object\"}}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"search: 5\"}]}";

        HttpResponse<String> response = Http.post(gateway, "/v1/messages", question);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertBilled(response, simulator.calls().getLast());
        assertThat(simulator.calls().getLast().usage().beside()).isEqualTo(Beside.NOTHING);
    }

    private static void assertBilled(HttpResponse<String> response, Call call) {
        assertThat(new BigDecimal(Http.header(response, "x-litellm-response-cost")))
                .isEqualByComparingTo(BigDecimal.valueOf(call.pricePicos(), 12));
    }

    @Test
    void shouldStreamAsTheVendorDoes() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("paced", true));

        List<String> data = Sse.data(response.body());
        assertThat(Http.header(response, "content-type")).startsWith("text/event-stream");
        assertThat(data.getLast()).isEqualTo("[DONE]");
        assertThat(Sse.text(data)).isNotBlank();
        assertThat(data).noneMatch(frame -> frame.contains("\"usage\":{"));
    }

    @Test
    void shouldShowUsageOfAStreamOnlyWhenAsked() throws Exception {
        String body = "{\"model\":\"smart\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"What is a lane?\"}]}";

        List<String> data = Sse.data(Http.chat(gateway, body).body());

        JsonNode last = Http.JSON.readTree(data.get(data.size() - 2));
        assertThat(last.at("/choices").size()).isZero();
        assertThat(last.at("/usage/total_tokens").asLong()).isPositive();
    }

    @Test
    void shouldPassTheBytesOfTheSameDialectThrough() throws Exception {
        String body = "{ \"temperature\" : 0.5,\"model\":\"smart\", \"my_own_field\":[1, 2,3],\n"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"pass through \\u00e9\"}]}";

        Http.chat(gateway, body);

        Call call = simulator.calls().getLast();
        assertThat(new String(simulator.body(call.seq()).orElseThrow()))
                .isEqualTo(body.replace("\"smart\"", "\"sim\""));
    }

    @Test
    void shouldGiveTheVendorTheAttemptId() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("smart"));

        assertThat(simulator.calls().getLast().attemptId()).isEqualTo(Http.header(response, "x-request-id") + ":0:0");
    }

    @Test
    void shouldFallBackWhenTheFirstHopFails() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("survive-503"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Http.header(response, "x-laneway-attempts")).isEqualTo("2");
        assertThat(Http.header(response, "x-laneway-fallbacks")).isEqualTo("1");
    }

    @Test
    void shouldKeepPrivateWorkInTheNetwork() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("secure"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Http.header(response, "x-laneway-zone")).isEqualTo("local");
    }

    @Test
    void shouldLeaveTheNetworkOnlyForWhatWasApproved() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("home-first"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Http.header(response, "x-laneway-zone")).isEqualTo("cloud");
        assertThat(Http.header(response, "x-laneway-fallbacks")).isEqualTo("1");
    }

    @Test
    void shouldCarryALargeBody() throws Exception {
        String large = "x".repeat(3_000_000);
        String body = "{\"model\":\"roomy\",\"messages\":[{\"role\":\"user\",\"content\":\"" + large + "\"}]}";

        HttpResponse<String> response = Http.chat(gateway, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(simulator.body(simulator.calls().getLast().seq()).orElseThrow())
                .hasSize(body.length() - "roomy".length() + "sim~context=1000000".length());
    }

    @Test
    void shouldRefuseABodyOverTheLimit() throws Exception {
        String body = "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + "x".repeat(21 * 1024 * 1024) + "\"}]}";

        HttpResponse<String> response = Http.chat(gateway, body);

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void shouldSendHeadersAndCommentsWhereTheFirstTokenIsSlow() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("slow-start", true));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith(":").contains(": x-laneway-zone: cloud");
        assertThat(Sse.data(response.body()).getLast()).isEqualTo("[DONE]");
    }

    @Test
    void shouldCloseTheVendorsCallWhenTheClientLeaves() throws Exception {
        var request = Http.request(gateway, "/v1/chat/completions")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Http.question("endless", true)))
                .build();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().readNBytes(200);

            response.body().close();
            client.shutdownNow();
        }

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(10))
                .until(() -> simulator.calls().getLast().clientClosed());
    }

    @Test
    void shouldServeManyAtOnce() throws Exception {
        List<Future<HttpResponse<String>>> calls = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < 300; i++) {
                boolean stream = i % 2 == 0;
                String route = i % 3 == 0 ? "claude" : "smart";
                calls.add(clients.submit(() -> Http.chat(gateway, Http.question(route, stream))));
            }
            for (Future<HttpResponse<String>> call : calls) {
                assertThat(call.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldListRoutesAsModels() throws Exception {
        JsonNode models = Http.json(Http.get(gateway, "/v1/models"));

        assertThat(models.at("/object").asText()).isEqualTo("list");
        assertThat(models.findValuesAsText("id")).contains("smart", "secure").doesNotContain("oai", "home");
    }

    @Test
    void shouldRefuseWithoutTheRightKey() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.api() + "/v1/chat/completions"))
                .header("authorization", "Bearer wrong")
                .POST(HttpRequest.BodyPublishers.ofString(Http.question("smart")))
                .build();

        HttpResponse<String> response = Http.send(request);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(Http.json(response).at("/error/message").asText()).isNotBlank();
    }

    @Test
    void shouldNotKnowADeploymentWhereRoutesExist() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("oai"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Http.json(response).at("/error/code").asText()).isEqualTo("model_not_found");
    }

    @Test
    void shouldTellWhereARequestWent() throws Exception {
        HttpResponse<String> answer = Http.chat(gateway, Http.question("survive-503"));
        String id = Http.header(answer, "x-request-id");
        oracle.awaitTerminal(id);

        HttpResponse<String> trace = Http.send(HttpRequest.newBuilder(URI.create(gateway.management() + "/trace/" + id))
                .build());

        assertThat(trace.body())
                .contains("lw.cloud.requests.coding.interactive")
                .contains("lw.cloud.failures.coding.interactive")
                .contains("lw.cloud.replies")
                .contains("lw.usage");
        assertThat(trace.body().lines().filter(line -> line.contains("lw.cloud.attempts.")))
                .hasSize(2);
    }

    @Test
    void shouldTellWhatACallCost() throws Exception {
        HttpResponse<String> answer = Http.chat(gateway, Http.question("survive-503"));
        String id = Http.header(answer, "x-request-id");
        oracle.awaitTerminal(id);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        Http.get(gateway, "/spend/logs?request_id=" + id).body().contains(id));

        JsonNode request = Http.json(Http.get(gateway, "/v1/spend/requests/" + id));
        JsonNode model = Http.json(Http.get(
                        gateway,
                        "/cost/by_model?route=survive-503&model="
                                + request.at("/attempts/1/model_name").asText()))
                .path(request.at("/attempts/1/model_name").asText());

        assertThat(request.at("/cost").decimalValue())
                .isEqualByComparingTo(new BigDecimal(Http.header(answer, "x-litellm-response-cost")));
        assertThat(request.at("/attempts/0/failure").asText()).isEqualTo("overloaded");
        assertThat(request.at("/attempts/1/price").asText()).isNotBlank();
        assertThat(model.at("/requests").asLong()).isPositive();
        assertThat(model.at("/avg_cost_per_request").decimalValue()).isPositive();
    }

    @Test
    void shouldBeHealthy() throws Exception {
        HttpResponse<String> response = Http.get(gateway, "/health");

        JsonNode health = Http.json(response);
        assertThat(health.at("/status").asText()).isEqualTo("ok");
        assertThat(health.at("/database").asText()).isEqualTo("healthy");
        assertThat(health.at("/cache").asText()).isEqualTo("healthy");
        assertThat(health.at("/broker").asText()).isEqualTo("healthy");
    }
}
