package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.events;
import static dev.laneway.testkit.server.Sim.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatIT {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object",
              "properties":{"city":{"type":"string"},"unit":{"enum":["C","F"]}},"required":["city","unit"]}}},
             {"type":"function","function":{"name":"get_time"}}]""";

    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim();
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions",
                "/chat/completions",
                "/openai/v1/chat/completions",
                "/openai/deployments/sim/chat/completions?api-version=2026-01-01"
            })
    void shouldAnswerUnderAnyPrefix(String path) throws Exception {
        HttpResponse<String> response = sim.post(path, "{\"model\":\"sim\"," + HI + "}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("/choices/0/message/content").asText()).isNotBlank();
    }

    @Test
    void shouldTellUsageThatMatchesTheDocumentedEstimate() throws Exception {
        JsonNode usage = json(sim.chat("{\"model\":\"sim\"," + HI + "}")).get("usage");

        assertThat(usage.get("prompt_tokens").asInt()).isEqualTo(3 + 3 + 1);
        assertThat(usage.get("completion_tokens").asInt()).isEqualTo(16);
        assertThat(usage.get("total_tokens").asInt()).isEqualTo(23);
    }

    @Test
    void shouldStreamWhatItSaysUnstreamed() throws Exception {
        String whole = json(sim.chat("{\"model\":\"sim\"," + HI + "}"))
                .at("/choices/0/message/content")
                .asText();

        HttpResponse<String> streamed = sim.chat("{\"model\":\"sim\",\"stream\":true," + HI + "}");

        assertThat(streamed.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
        assertThat(content(streamed)).isEqualTo(whole);
    }

    @Test
    void shouldBeginWithTheRoleAndEndWithTheReason() throws Exception {
        List<JsonNode> chunks = events(
                sim.chat("{\"model\":\"sim\",\"stream\":true," + HI + "}").body());

        assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(chunks).noneMatch(chunk -> chunk.has("usage"));
        assertThat(chunks.stream().map(chunk -> chunk.get("id").asText()).distinct())
                .hasSize(1);
    }

    @Test
    void shouldTellUsageInAChunkOfItsOwnWhereAsked() throws Exception {
        List<JsonNode> chunks = events(
                sim.chat("{\"model\":\"sim\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + HI + "}")
                        .body());

        JsonNode last = chunks.getLast();
        assertThat(last.get("choices")).isEmpty();
        assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(16);
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allMatch(chunk -> chunk.has("usage") && chunk.get("usage").isNull());
    }

    @Test
    void shouldSendAsManyChunksAsTheModelsNameSays() throws Exception {
        List<JsonNode> chunks = events(sim.chat("{\"model\":\"sim~chunks=5~tokens=50\",\"stream\":true," + HI + "}")
                .body());

        assertThat(chunks).hasSize(1 + 5 + 1);
    }

    @Test
    void shouldHonourMaxTokensStopAndN() throws Exception {
        JsonNode cut = json(sim.chat("{\"model\":\"sim\",\"max_completion_tokens\":4," + HI + "}"));
        JsonNode stopped = json(sim.chat("{\"model\":\"sim\",\"stop\":\"three\",\"messages\":["
                + "{\"role\":\"user\",\"content\":\"say: one two three four\"}]}"));
        JsonNode three = json(sim.chat("{\"model\":\"sim\",\"n\":3," + HI + "}"));

        assertThat(cut.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(cut.at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(stopped.at("/choices/0/message/content").asText()).isEqualTo("one two ");
        assertThat(three.get("choices")).hasSize(3);
        assertThat(three.at("/usage/completion_tokens").asInt()).isEqualTo(48);
    }

    @Test
    void shouldStreamSeveralChoices() throws Exception {
        JsonNode whole = json(sim.chat("{\"model\":\"sim\",\"n\":2," + HI + "}"));

        List<JsonNode> chunks = events(sim.chat("{\"model\":\"sim\",\"stream\":true,\"n\":2," + HI + "}")
                .body());

        for (int i = 0; i < 2; i++) {
            int index = i;
            String said = String.join(
                    "",
                    chunks.stream()
                            .filter(chunk -> chunk.at("/choices/0/index").asInt() == index)
                            .map(chunk -> chunk.at("/choices/0/delta/content").asText(""))
                            .toList());
            assertThat(said)
                    .isEqualTo(whole.at("/choices/" + i + "/message/content").asText());
        }
    }

    @Test
    void shouldCallToolsWithArgumentsThatFit() throws Exception {
        JsonNode answer = json(sim.chat("{\"model\":\"sim\"," + TOOLS
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"call get_weather and call get_time\"}]}"));

        JsonNode calls = answer.at("/choices/0/message/tool_calls");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(answer.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(calls).hasSize(2);
        assertThat(calls.at("/0/id").asText()).startsWith("call_");
        JsonNode arguments = Sim.JSON.readTree(calls.at("/0/function/arguments").asText());
        assertThat(arguments.get("unit").asText()).isEqualTo("C");
        assertThat(arguments.get("city").isTextual()).isTrue();
        assertThat(calls.at("/1/function/arguments").asText()).isEqualTo("{}");
    }

    @Test
    void shouldStreamToolCallsInPieces() throws Exception {
        String body = "\"model\":\"sim\"," + TOOLS + ",\"messages\":[{\"role\":\"user\",\"content\":\"parallel\"}]}";
        JsonNode whole = json(sim.chat("{" + body)).at("/choices/0/message/tool_calls");

        List<JsonNode> chunks = events(sim.chat("{\"stream\":true," + body).body());

        StringBuilder arguments = new StringBuilder();
        int pieces = 0;
        for (JsonNode chunk : chunks) {
            JsonNode call = chunk.at("/choices/0/delta/tool_calls/0");
            if (!call.isMissingNode() && call.get("index").asInt() == 0) {
                pieces++;
                arguments.append(call.at("/function/arguments").asText());
            }
        }
        assertThat(pieces).isGreaterThan(3);
        assertThat(arguments.toString())
                .isEqualTo(whole.at("/0/function/arguments").asText());
        assertThat(chunks.getFirst()
                        .at("/choices/0/delta/tool_calls/0/function/name")
                        .asText())
                .isEqualTo("get_weather");
    }

    @Test
    void shouldQuoteAToolsResult() throws Exception {
        JsonNode answer = json(sim.chat("{\"model\":\"sim\"," + TOOLS
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"call get_time\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"get_time\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"12:00\"}]}"));

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("The tool said: 12:00");
    }

    @Test
    void shouldAnswerJsonThatFitsTheSchema() throws Exception {
        JsonNode answer = json(sim.chat("{\"model\":\"sim\",\"response_format\":{\"type\":\"json_schema\","
                + "\"json_schema\":{\"name\":\"x\",\"schema\":{\"type\":\"object\",\"required\":[\"n\"],"
                + "\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":100}}}}}," + HI + "}"));

        JsonNode content =
                Sim.JSON.readTree(answer.at("/choices/0/message/content").asText());
        assertThat(content.get("n").asInt()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void shouldSpendReasoningTokensWhereAsked() throws Exception {
        JsonNode answer = json(sim.chat("{\"model\":\"sim\",\"reasoning_effort\":\"low\"," + HI + "}"));

        assertThat(answer.at("/usage/completion_tokens_details/reasoning_tokens")
                        .asInt())
                .isEqualTo(64);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(80);
    }

    @Test
    void shouldAcceptAndCountImages() throws Exception {
        JsonNode answer = json(sim.chat("{\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"hi\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]}]}"));

        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(7 + 2 * 256);
        assertThat(sim.simulator.calls().getLast().images()).isEqualTo(2);
    }

    @Test
    void shouldReportARepeatedPrefixAsCached() throws Exception {
        String system = "{\"role\":\"system\",\"content\":\"" + "long ".repeat(2000) + "\"}";
        sim.chat("{\"model\":\"sim\",\"messages\":[" + system + ",{\"role\":\"user\",\"content\":\"a\"}]}");

        JsonNode second = json(
                sim.chat("{\"model\":\"sim\",\"messages\":[" + system + ",{\"role\":\"user\",\"content\":\"b\"}]}"));

        assertThat(second.at("/usage/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo((3 + 3 + 2500) / 128 * 128);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | model",
                "{\"model\":\"sim\"} | 'messages'",
                "{\"model\":\"sim\",\"messages\":[]} | empty array",
                "{\"model\":\"sim\",\"messages\":\"hi\"} | expected an array of objects, but got a string",
                "{\"model\":\"sim\",\"messages\":[{\"role\":\"boss\",\"content\":\"hi\"}]} | Invalid value: 'boss'",
                "{\"model\":\"sim\",\"messages\":[{\"role\":\"user\"}]} | messages[0].content",
                "{\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":5}]} | but got an integer",
                "{\"model\":\"sim\",\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"x\",\"content\":\"y\"}]} | role 'tool'",
                "{\"model\":\"sim\",\"n\":0,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | Expected a value >= 1",
                "{\"model\":\"sim\",\"max_tokens\":\"5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | expected an integer",
                "{\"model\":\"sim\",\"temperature\":3,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | Expected a value <= 2",
                "{\"model\":\"sim\",\"tools\":[],\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | Invalid 'tools'",
                "{\"model\":\"sim\",\"tool_choice\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | tool_choice",
                "{\"model\":\"sim\",\"stream_options\":{},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | stream_options",
                "{oops | could not parse the JSON body",
                "[] | could not parse the JSON body",
            })
    void shouldRefuseWhatOpenAiRefuses(String body, String said) throws Exception {
        HttpResponse<String> response = sim.chat(body);

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response).get("error");
        assertThat(error.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.get("message").asText()).contains(said);
    }

    @Test
    void shouldRefuseToolCallsLeftUnanswered() throws Exception {
        HttpResponse<String> response = sim.chat("{\"model\":\"sim\",\"messages\":["
                + "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"user\",\"content\":\"y\"}]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("did not have response messages: c1");
    }

    @Test
    void shouldLetUnknownFieldsPass() throws Exception {
        assertThat(sim.chat("{\"model\":\"sim\",\"no_such_field\":{\"a\":1}," + HI + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldWantAKey() throws Exception {
        String body = "{\"model\":\"sim\"," + HI + "}";

        assertThat(sim.chat(body, "no-key", "").statusCode()).isEqualTo(401);
        assertThat(sim.chat(body, "x-api-key", "bad-key").statusCode()).isEqualTo(401);
        assertThat(sim.chat(body, "x-api-key", "good").statusCode()).isEqualTo(200);
        assertThat(sim.post("/ollama/v1/chat/completions", body, "no-key", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldSendTheVendorsHeaders() throws Exception {
        HttpResponse<String> response = sim.chat("{\"model\":\"sim\"," + HI + "}");

        assertThat(response.headers().map())
                .containsKeys(
                        "x-request-id",
                        "x-ratelimit-limit-requests",
                        "x-ratelimit-remaining-requests",
                        "x-ratelimit-reset-requests",
                        "x-ratelimit-limit-tokens",
                        "x-ratelimit-remaining-tokens",
                        "x-ratelimit-reset-tokens");
    }

    @Test
    void shouldListModels() throws Exception {
        assertThat(json(sim.get("/v1/models")).at("/data/0/object").asText()).isEqualTo("model");
        assertThat(json(sim.get("/v1/models/gpt-9")).get("id").asText()).isEqualTo("gpt-9");
        assertThat(json(sim.get("/v1/models", "anthropic-version", "2023-06-01"))
                        .at("/data/0/type")
                        .asText())
                .isEqualTo("model");
    }

    @Test
    void shouldEmbedTexts() throws Exception {
        JsonNode floats =
                json(sim.post("/v1/embeddings", "{\"model\":\"e\",\"input\":[\"a\",\"b\"],\"dimensions\":8}"));
        JsonNode base64 =
                json(sim.post("/v1/embeddings", "{\"model\":\"e\",\"input\":\"a\",\"encoding_format\":\"base64\"}"));

        assertThat(floats.at("/data")).hasSize(2);
        assertThat(floats.at("/data/0/embedding")).hasSize(8);
        assertThat(floats.at("/data/0/embedding")).isNotEqualTo(floats.at("/data/1/embedding"));
        assertThat(java.util.Base64.getDecoder()
                        .decode(base64.at("/data/0/embedding").asText()))
                .hasSize(64 * 4);
        assertThat(sim.post("/v1/embeddings", "{\"model\":\"e\",\"input\":\"\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldAnswer404ForAPathNobodyHas() throws Exception {
        HttpResponse<String> response = sim.post("/v1/nonsense", "{}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).at("/error/message").asText()).isEqualTo("Invalid URL (POST /v1/nonsense)");
    }

    @Test
    void shouldShowDeepSeeksReasoning() throws Exception {
        HttpResponse<String> response =
                sim.chat("{\"model\":\"deepseek-reasoner~reasoning=8\",\"stream\":true," + HI + "}");

        List<JsonNode> chunks = events(response.body());
        assertThat(chunks.stream()
                        .filter(chunk -> !chunk.at("/choices/0/delta/reasoning_content")
                                .asText("")
                                .isEmpty()))
                .hasSize(8);
        assertThat(chunks.getLast().at("/usage/prompt_cache_miss_tokens").isInt())
                .isTrue();
    }

    private static String content(HttpResponse<String> streamed) {
        StringBuilder content = new StringBuilder();
        events(streamed.body())
                .forEach(chunk ->
                        content.append(chunk.at("/choices/0/delta/content").asText("")));
        return content.toString();
    }
}
