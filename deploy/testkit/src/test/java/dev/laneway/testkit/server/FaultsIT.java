package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.events;
import static dev.laneway.testkit.server.Sim.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import dev.laneway.testkit.server.RawExchange.End;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsIT {
    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim();
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    @BeforeEach
    void reset() {
        sim.simulator.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, invalid_request_error",
        "401, invalid_request_error, authentication_error",
        "403, invalid_request_error, permission_error",
        "404, invalid_request_error, not_found_error",
        "408, timeout, timeout_error",
        "413, invalid_request_error, request_too_large",
        "429, requests, rate_limit_error",
        "500, server_error, api_error",
        "503, service_unavailable, api_error",
        "529, server_error, overloaded_error",
    })
    void shouldSendEachStatusWithTheVendorsBody(int status, String openAi, String anthropic) throws Exception {
        HttpResponse<String> chat = chat(Integer.toString(status), false);
        HttpResponse<String> message = messages(Integer.toString(status), true);

        assertThat(chat.statusCode()).isEqualTo(status);
        assertThat(json(chat).at("/error/type").asText()).isEqualTo(openAi);
        assertThat(message.statusCode()).isEqualTo(status);
        assertThat(json(message).at("/error/type").asText()).isEqualTo(anthropic);
        assertThat(sim.simulator.calls()).allMatch(call -> call.status() == status && call.priceMicros() == 0);
    }

    @Test
    void shouldSendRetryAfterInBothFormsOrNotAtAll() throws Exception {
        assertThat(chat("429~retry-after=7", false).headers().firstValue("retry-after"))
                .hasValue("7");
        assertThat(chat("503~retry-after=date:7", false).headers().firstValue("retry-after"))
                .hasValueSatisfying(
                        date -> assertThat(date).matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"));
        assertThat(chat("429~retry-after=none", false).headers().firstValue("retry-after"))
                .isEmpty();
    }

    @Test
    void shouldSayThatThePromptIsTooLong() throws Exception {
        JsonNode chat = json(chat("context-window", false));
        JsonNode message = json(messages("context-window", false));

        assertThat(chat.at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(message.at("/error/message").asText()).startsWith("prompt is too long: ");
    }

    @Test
    void shouldSayThatARealPromptIsTooLong() throws Exception {
        HttpResponse<String> chat = sim.chat(
                "{\"model\":\"sim~context=5\",\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}");

        assertThat(chat.statusCode()).isEqualTo(400);
        assertThat(json(chat).at("/error/code").asText()).isEqualTo("context_length_exceeded");
    }

    @Test
    void shouldRefuseByPolicy() throws Exception {
        assertThat(json(chat("content-policy", false)).at("/error/code").asText())
                .isEqualTo("content_policy_violation");
        assertThat(json(messages("content-policy", false)).at("/error/message").asText())
                .contains("content filtering policy");
    }

    @Test
    void shouldEndByFilterOrRefusal() throws Exception {
        assertThat(json(chat("content-filter", false))
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo("content_filter");
        JsonNode refused = json(chat("refusal", false)).at("/choices/0/message");
        assertThat(refused.get("content").isNull()).isTrue();
        assertThat(refused.get("refusal").asText()).isNotBlank();
        for (String fault : List.of("content-filter", "refusal")) {
            JsonNode message = json(messages(fault, false));
            assertThat(message.get("stop_reason").asText()).isEqualTo("refusal");
            assertThat(message.at("/stop_details/type").asText()).isEqualTo("refusal");
        }
    }

    @Test
    void shouldAnswerNothing() throws Exception {
        assertThat(json(chat("empty", false)).at("/choices/0/message/content").asText("-"))
                .isEmpty();
        assertThat(json(chat("no-choices", false)).get("choices")).isEmpty();
        assertThat(chat("empty-body", false).body()).isEmpty();
        assertThat(chat("empty-body", true).body()).isEmpty();
        assertThat(json(messages("empty", false)).get("content")).isEmpty();
        assertThat(events(messages("empty", true).body()))
                .extracting(event -> event.get("type").asText())
                .containsExactly("message_start", "ping", "message_delta", "message_stop");
        assertThat(events(chat("empty", true).body())).hasSize(2);
    }

    @Test
    void shouldSendAnErrorInside200() throws Exception {
        HttpResponse<String> whole = chat("error-in-200", false);
        HttpResponse<String> streamed = messages("error-in-200", true);

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(json(whole).at("/error/type").asText()).isEqualTo("server_error");
        assertThat(streamed.statusCode()).isEqualTo(200);
        assertThat(streamed.body()).startsWith("event: error\ndata: {\"type\":\"error\"");
    }

    @Test
    void shouldSendAnErrorInTheMiddleOfAStream() throws Exception {
        List<JsonNode> chat = events(chat("error-mid-stream~at=3", true).body());
        List<JsonNode> message = events(messages("error-mid-stream~at=3", true).body());

        assertThat(chat).hasSize(1 + 3 + 1);
        assertThat(chat.getLast().has("error")).isTrue();
        assertThat(message.getLast().get("type").asText()).isEqualTo("error");
        assertThat(message.getLast().at("/error/type").asText()).isEqualTo("api_error");
        assertThat(events(messages("error-mid-stream~status=529", true).body())
                        .getLast()
                        .at("/error/type")
                        .asText())
                .isEqualTo("overloaded_error");
    }

    @Test
    void shouldSendHtml() throws Exception {
        HttpResponse<String> ok = chat("html-200", true);
        HttpResponse<String> bad = messages("html-502", false);

        assertThat(ok.statusCode()).isEqualTo(200);
        assertThat(ok.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(bad.statusCode()).isEqualTo(502);
        assertThat(bad.body()).startsWith("<html>");
    }

    @Test
    void shouldLeaveOutTheEnd() throws Exception {
        assertThat(chat("no-end", true).body()).doesNotContain("[DONE]").contains("\"finish_reason\":\"stop\"");
        assertThat(chat("no-finish", true).body()).contains("[DONE]").doesNotContain("\"finish_reason\":\"stop\"");
        assertThat(messages("no-end", true).body())
                .doesNotContain("message_stop")
                .contains("message_delta");
        assertThat(messages("no-finish", true).body())
                .contains("message_stop")
                .doesNotContain("message_delta")
                .doesNotContain("content_block_stop");
    }

    @Test
    void shouldBreakOffTheJson() throws Exception {
        HttpResponse<String> whole = chat("truncated-json", false);
        String streamed = chat("truncated-json~at=2", true).body();

        assertThatThrownBy(() -> json(whole)).isInstanceOf(com.fasterxml.jackson.core.JsonProcessingException.class);
        assertThat(streamed).doesNotContain("[DONE]");
        assertThat(streamed.split("\n\n")).hasSize(1 + 2 + 1);
        assertThat(streamed).doesNotEndWith("}\n\n");
    }

    @Test
    void shouldSendAChunkTwice() throws Exception {
        List<JsonNode> once = events(sim.chat(body("sim", true)).body());

        List<JsonNode> twice = events(chat("duplicate-chunk~at=1", true).body());

        assertThat(twice).hasSize(once.size() + 1);
        assertThat(twice.get(2).at("/choices/0/delta")).isEqualTo(twice.get(3).at("/choices/0/delta"));
    }

    @Test
    void shouldSendAHugeChunk() throws Exception {
        List<JsonNode> chunks = events(chat("huge-chunk", true).body());

        assertThat(chunks).hasSize(3);
        assertThat(chunks.get(1).at("/choices/0/delta/content").asText()).hasSize(1_000_000);
    }

    @Test
    void shouldForgetUsageOrTheStream() throws Exception {
        assertThat(json(chat("no-usage", false)).has("usage")).isFalse();
        assertThat(messages("no-usage", true).body()).contains("message_delta");
        HttpResponse<String> whole = chat("not-streamed", true);
        assertThat(whole.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(json(whole).get("object").asText()).isEqualTo("chat.completion");
    }

    @Test
    void shouldSendTheFirstTokenLate() throws Exception {
        long before = System.nanoTime();

        HttpResponse<String> response = chat("slow-first-token~for=300", true);

        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(299);
        assertThat(last().firstByteMicros().orElseThrow()).isGreaterThanOrEqualTo(299_000);
    }

    @Test
    void shouldDripByteByByte() throws Exception {
        try (RawExchange exchange = raw("slow-drip", true, "~tokens=1")) {
            Awaitility.await()
                    .until(() ->
                            sim.simulator.calls().getFirst().firstByteMicros().isPresent());

            exchange.read(300);

            String stream = exchange.received().substring(exchange.received().indexOf("\r\n\r\n") + 4);
            assertThat(stream).matches("(?s)(1\r\n.\r\n)+(0\r\n\r\n)?");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cut-before-headers, CLOSED, false, false",
        "cut-after-headers, CLOSED, true, false",
        "cut, CLOSED, true, true",
        "reset-before-headers, RESET, false, false",
        "reset-after-headers, RESET, true, false",
        "reset, RESET, true, true",
    })
    void shouldBreakTheConnection(String fault, End end, boolean headers, boolean content) throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            try (RawExchange exchange = raw(fault, stream, "")) {
                assertThat(exchange.read(5000)).as("stream %s", stream).isEqualTo(end);

                // A reset may overtake what was sent before it, so only what must not come is certain there.
                if (end == End.CLOSED) {
                    assertThat(exchange.received().startsWith("HTTP/1.1 200")).isEqualTo(headers);
                    assertThat(exchange.received().contains("\"choices\"")).isEqualTo(content);
                }
                assertThat(exchange.received()).doesNotContain("[DONE]").doesNotContain("\r\n0\r\n");
            }
            assertThat(last().finish()).isEqualTo(end == End.RESET ? Finish.RESET : Finish.CUT);
        }
    }

    @Test
    void shouldChargeACutStreamForWhatItSent() throws Exception {
        try (RawExchange exchange = raw("cut~at=5", true, "")) {
            exchange.read(5000);

            Call call = last();
            assertThat(call.usage().completion()).isEqualTo(5);
            assertThat(call.usage().prompt()).isEqualTo(7);
            assertThat(call.priceMicros()).isEqualTo(7 + 5 * 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"stall-before-headers, false, 0", "stall-after-headers, true, 0", "stall~at=4, true, 4"})
    void shouldStallUntilTheClientLeaves(String fault, boolean headers, int chunks) throws Exception {
        try (RawExchange exchange = raw(fault, true, "")) {
            assertThat(exchange.read(300)).isEqualTo(End.SILENCE);
            assertThat(exchange.received().startsWith("HTTP/1.1 200")).isEqualTo(headers);
            assertThat(exchange.received().split("\"content\":\"[^\"]", -1)).hasSize(chunks + 1);
            assertThat(last().finish()).isEqualTo(Finish.IN_PROGRESS);
        }

        Awaitility.await().until(() -> last().finish() == Finish.STALLED);
        assertThat(last().clientClosed()).isTrue();
        assertThat(last().usage().completion()).isEqualTo(chunks);
    }

    @Test
    void shouldGoOnAfterAStallThatEnds() throws Exception {
        HttpResponse<String> streamed = chat("stall~for=200", true);
        HttpResponse<String> whole = chat("stall~for=200", false);

        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
        assertThat(json(whole).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(last().endMicros().orElseThrow()).isGreaterThanOrEqualTo(199_000);
        assertThat(last().finish()).isEqualTo(Finish.COMPLETE);
    }

    @Test
    void shouldTakeRulesInPlaceOfEarlierOnes() throws Exception {
        put("[{\"match\":{\"model\":\"sim\",\"first\":1},\"fault\":\"500\"}]");
        assertThat(sim.chat(body("sim", false)).statusCode()).isEqualTo(500);
        assertThat(sim.chat(body("sim", false)).statusCode()).isEqualTo(200);

        put("[{\"match\":{\"path\":\"*messages\"},\"fault\":{\"kind\":\"529\"}}]");

        assertThat(sim.chat(body("sim", false)).statusCode()).isEqualTo(200);
        assertThat(sim.messages(body("sim", false)).statusCode()).isEqualTo(529);
        assertThat(json(sim.get("/sim/faults")).at("/0/fault").asText()).isEqualTo("529~retry-after=none");
    }

    @Test
    void shouldRefuseRulesItCannotRead() throws Exception {
        HttpResponse<String> response = sim.send("PUT", "/sim/faults", "[{\"fault\":\"nonsense\"}]");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("error").asText()).startsWith("rule 0: no fault is called 'nonsense'");
    }

    @Test
    void shouldFailOtherPathsToo() throws Exception {
        put(
                "[{\"match\":{\"path\":\"*/models\"},\"fault\":\"503\"},{\"match\":{\"path\":\"*/embeddings\"},\"fault\":\"truncated-json\"}]");

        assertThat(sim.get("/v1/models").statusCode()).isEqualTo(503);
        assertThat(sim.post("/v1/embeddings", "{\"model\":\"e\",\"input\":\"x\"}")
                        .body())
                .doesNotEndWith("}");
    }

    private static void put(String rules) throws Exception {
        assertThat(sim.send("PUT", "/sim/faults", rules).statusCode()).isEqualTo(200);
    }

    private static Call last() {
        return sim.simulator.calls().getLast();
    }

    private static HttpResponse<String> chat(String fault, boolean stream) throws Exception {
        return sim.chat(body("sim-fault-" + fault, stream));
    }

    private static HttpResponse<String> messages(String fault, boolean stream) throws Exception {
        return sim.messages(body("sim-fault-" + fault, stream));
    }

    private static RawExchange raw(String fault, boolean stream, String options) throws Exception {
        return new RawExchange(
                sim.simulator.port(), "/v1/chat/completions", body("sim-fault-" + fault + options, stream));
    }

    private static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":100,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
