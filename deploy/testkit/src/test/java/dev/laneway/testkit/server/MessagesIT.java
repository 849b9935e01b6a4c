package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.events;
import static dev.laneway.testkit.server.Sim.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesIT {
    private static final String HI = "\"max_tokens\":3000,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String TOOLS =
            "\"tools\":[{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\",\"required\":[\"city\"],"
                    + "\"properties\":{\"city\":{\"type\":\"string\"}}}}]";
    private static final String THINK = "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}";

    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim();
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    @Test
    void shouldAnswerInBlocks() throws Exception {
        JsonNode message = json(sim.messages("{\"model\":\"sim\"," + HI + "}"));

        assertThat(message.get("type").asText()).isEqualTo("message");
        assertThat(message.at("/content/0/type").asText()).isEqualTo("text");
        assertThat(message.get("stop_reason").asText()).isEqualTo("end_turn");
        assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(7);
        assertThat(message.at("/usage/output_tokens").asInt()).isEqualTo(16);
    }

    @Test
    void shouldSayWhatItSaysToOpenAisClients() throws Exception {
        String openAi = json(sim.chat("{\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                .at("/choices/0/message/content")
                .asText();

        String anthropic = json(sim.messages("{\"model\":\"sim\"," + HI + "}"))
                .at("/content/0/text")
                .asText();

        assertThat(anthropic).isEqualTo(openAi);
    }

    @Test
    void shouldStreamTheEventsInTheirOrder() throws Exception {
        String stream = sim.messages("{\"model\":\"sim~tokens=2\",\"stream\":true," + HI + "}")
                .body();

        assertThat(events(stream))
                .extracting(event -> event.get("type").asText())
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        stream.lines()
                .filter(line -> line.startsWith("event: "))
                .forEach(line -> assertThat(stream).contains(line + "\ndata: "));
    }

    @Test
    void shouldStreamWhatItSaysUnstreamed() throws Exception {
        String body = THINK + "," + TOOLS + ",\"model\":\"sim\",\"max_tokens\":3000,\"messages\":["
                + "{\"role\":\"user\",\"content\":\"call get_weather\"}]}";
        JsonNode whole = json(sim.messages("{" + body)).get("content");

        List<JsonNode> events = events(sim.messages("{\"stream\":true," + body).body());

        assertThat(rebuilt(events)).isEqualTo(whole);
        assertThat(whole)
                .extracting(block -> block.get("type").asText())
                .containsExactly("thinking", "text", "tool_use");
    }

    @Test
    void shouldTellUsageAtTheStartAndTheEnd() throws Exception {
        List<JsonNode> events = events(
                sim.messages("{\"model\":\"sim\",\"stream\":true," + HI + "}").body());

        assertThat(events.getFirst().at("/message/usage/input_tokens").asInt()).isEqualTo(7);
        JsonNode delta = events.get(events.size() - 2);
        assertThat(delta.at("/delta/stop_reason").asText()).isEqualTo("end_turn");
        assertThat(delta.at("/usage/output_tokens").asInt()).isEqualTo(16);
    }

    @Test
    void shouldAcceptItsOwnThinkingBack() throws Exception {
        assertThat(sim.messages(withThinking(thinking())).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseThinkingThatWasAltered() throws Exception {
        JsonNode text = thinking();
        ((ObjectNode) text).put("thinking", text.get("thinking").asText() + " really");
        JsonNode signature = thinking();
        ((ObjectNode) signature)
                .put("signature", "A" + signature.get("signature").asText().substring(1) + "A");

        HttpResponse<String> otherText = sim.messages(withThinking(text));
        HttpResponse<String> otherSignature = sim.messages(withThinking(signature));

        for (HttpResponse<String> response : List.of(otherText, otherSignature)) {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).at("/error/message").asText())
                    .isEqualTo("messages.1.content.0: Invalid `signature` in `thinking` block");
        }
    }

    @Test
    void shouldOmitThinkingWhereAskedAndStillRecogniseIt() throws Exception {
        JsonNode block = json(sim.messages("{\"model\":\"sim\",\"thinking\":{\"type\":\"enabled\","
                        + "\"budget_tokens\":1024,\"display\":\"omitted\"}," + HI + "}"))
                .at("/content/0");

        assertThat(block.get("thinking").asText()).isEmpty();
        assertThat(sim.messages(withThinking(block)).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldReportWhatItCaches() throws Exception {
        String body = "{\"model\":\"sim\",\"system\":[{\"type\":\"text\",\"text\":\"" + "word ".repeat(1200)
                + "\",\"cache_control\":{\"type\":\"ephemeral\"}}]," + HI + "}";

        JsonNode first = json(sim.messages(body)).get("usage");
        JsonNode second = json(sim.messages(body)).get("usage");

        assertThat(first.get("cache_creation_input_tokens").asInt()).isEqualTo(3 + 3 + 1500);
        assertThat(first.get("cache_read_input_tokens").asInt()).isZero();
        assertThat(first.get("input_tokens").asInt()).isEqualTo(4);
        assertThat(second.get("cache_read_input_tokens").asInt()).isEqualTo(1506);
        assertThat(second.get("cache_creation_input_tokens").asInt()).isZero();
    }

    @Test
    void shouldQuoteAToolsResult() throws Exception {
        JsonNode message = json(
                sim.messages(
                        "{\"model\":\"sim\",\"max_tokens\":100," + TOOLS + ",\"messages\":["
                                + "{\"role\":\"user\",\"content\":\"call get_weather\"},"
                                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"get_weather\",\"input\":{}}]},"
                                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":\"rain\"}]}]}"));

        assertThat(message.at("/content/0/text").asText()).isEqualTo("The tool said: rain");
    }

    @Test
    void shouldObeyAToolChoice() throws Exception {
        JsonNode message = json(sim.messages("{\"model\":\"sim\"," + TOOLS
                + ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"get_weather\"}," + HI + "}"));

        assertThat(message.at("/stop_reason").asText()).isEqualTo("tool_use");
        assertThat(message.at("/content/0/input/city").isTextual()).isTrue();
    }

    @Test
    void shouldStopAtAStopSequence() throws Exception {
        JsonNode message = json(sim.messages("{\"model\":\"sim\",\"max_tokens\":100,\"stop_sequences\":[\"two\"],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"say: one two\"}]}"));

        assertThat(message.get("stop_reason").asText()).isEqualTo("stop_sequence");
        assertThat(message.get("stop_sequence").asText()).isEqualTo("two");
    }

    @Test
    void shouldAnswerJsonThatFitsTheSchema() throws Exception {
        JsonNode message =
                json(sim.messages("{\"model\":\"sim\",\"output_config\":{\"format\":{\"type\":\"json_schema\","
                        + "\"schema\":{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"const\":7}}}}},"
                        + HI
                        + "}"));

        assertThat(Sim.JSON
                        .readTree(message.at("/content/0/text").asText())
                        .get("a")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void shouldCountTokens() throws Exception {
        JsonNode count = json(sim.post(
                "/v1/messages/count_tokens",
                "{\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "anthropic-version",
                "2023-06-01"));

        assertThat(count.get("input_tokens").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | max_tokens: Field required",
                "{\"model\":\"sim\",\"max_tokens\":5} | messages: Field required",
                "{\"model\":\"sim\",\"max_tokens\":5,\"messages\":[]} | at least one message",
                "{\"model\":\"sim\",\"max_tokens\":\"5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | valid integer",
                "{\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | model: Field required",
                "{\"model\":\"sim\",\"max_tokens\":5,\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | n: Extra inputs are not permitted",
                "{\"model\":\"sim\",\"max_tokens\":5,\"messages\":[{\"role\":\"tool\",\"content\":\"hi\"}]} | messages.0.role",
                "{\"model\":\"sim\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"\"}]} | must be non-empty",
                "{\"model\":\"sim\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"x\",\"content\":\"\"}]}]} | unexpected `tool_use_id` found in `tool_result` blocks: x",
                "{\"model\":\"sim\",\"max_tokens\":5,\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"x\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":\"hi\"}]} | without `tool_result` blocks immediately after: x",
                "{\"model\":\"sim\",\"max_tokens\":5,\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a b\",\"name\":\"f\",\"input\":{}}]}]} | should match pattern",
                "{\"model\":\"sim\",\"max_tokens\":5,\"tools\":[{\"name\":\"f\"}],\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | input_schema: Field required",
                "{\"model\":\"sim\",\"max_tokens\":5,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":5},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | greater than or equal to 1024",
                "{\"model\":\"sim\",\"max_tokens\":5,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]} | must be greater than",
            })
    void shouldRefuseWhatAnthropicRefuses(String body, String said) throws Exception {
        HttpResponse<String> response = sim.messages(body);

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response);
        assertThat(error.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("type", "error", "request_id");
        assertThat(error.at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.at("/error/message").asText()).contains(said);
        assertThat(response.headers().firstValue("request-id"))
                .hasValue(error.get("request_id").asText());
    }

    @Test
    void shouldRefuseToolCallsWithoutTheThinkingThatLedToThem() throws Exception {
        HttpResponse<String> response = sim.messages(
                "{\"model\":\"sim\",\"max_tokens\":3000," + THINK + "," + TOOLS
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},"
                        + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"get_weather\",\"input\":{}}]},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"y\"}]}]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("Expected `thinking` or `redacted_thinking`, but found `tool_use`");
    }

    @Test
    void shouldTakeMessagesOfOneRoleForOneTurn() throws Exception {
        String asked = "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"get_weather\",\"input\":{}},"
                + "{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"get_weather\",\"input\":{}}]},";

        HttpResponse<String> apart = turn(asked + user(result("a")) + "," + user(result("b") + "," + text("and?")));
        HttpResponse<String> textFirst = turn(asked + user(text("and?") + "," + result("a") + "," + result("b")));
        HttpResponse<String> oneLeft = turn(asked + user(result("a")));

        assertThat(apart.statusCode()).isEqualTo(200);
        assertThat(json(textFirst).at("/error/message").asText())
                .startsWith(
                        "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: a, b");
        assertThat(json(oneLeft).at("/error/message").asText()).contains("immediately after: b.");
    }

    private static HttpResponse<String> turn(String messages) throws Exception {
        return sim.messages("{\"model\":\"sim\",\"max_tokens\":100," + TOOLS + ",\"messages\":[" + messages + "]}");
    }

    private static String user(String blocks) {
        return "{\"role\":\"user\",\"content\":[" + blocks + "]}";
    }

    private static String result(String id) {
        return "{\"type\":\"tool_result\",\"tool_use_id\":\"" + id + "\",\"content\":\"y\"}";
    }

    private static String text(String text) {
        return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
    }

    @Test
    void shouldWantAVersion() throws Exception {
        HttpResponse<String> response = sim.post("/v1/messages", "{\"model\":\"sim\"," + HI + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("anthropic-version: header is required");
    }

    @Test
    void shouldRefuseSamplingParametersFromTheNewVersionOn() throws Exception {
        String body = "{\"model\":\"sim\",\"temperature\":1.0," + HI + "}";

        assertThat(sim.messages(body).statusCode()).isEqualTo(200);
        HttpResponse<String> newer = sim.post("/v1/messages", body, "anthropic-version", "2026-10-21");
        assertThat(newer.statusCode()).isEqualTo(400);
        assertThat(newer.body()).contains("temperature: Extra inputs are not permitted");
    }

    @Test
    void shouldTolerateUnknownFieldsOfBetas() throws Exception {
        assertThat(sim.messages("{\"model\":\"sim\",\"context_management\":{}," + HI + "}", "anthropic-beta", "x-2026")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldTakeTheKeyFromEitherHeader() throws Exception {
        String body = "{\"model\":\"sim\"," + HI + "}";

        assertThat(sim.messages(body, "x-api-key", "k").statusCode()).isEqualTo(200);
        assertThat(sim.messages(body).statusCode()).isEqualTo(200);
        assertThat(json(sim.messages(body, "no-key", "")).at("/error/type").asText())
                .isEqualTo("authentication_error");
    }

    @Test
    void shouldSendTheVendorsHeaders() throws Exception {
        HttpResponse<String> response = sim.messages("{\"model\":\"sim\"," + HI + "}");

        assertThat(response.headers().map())
                .containsKeys(
                        "request-id",
                        "anthropic-ratelimit-requests-limit",
                        "anthropic-ratelimit-requests-remaining",
                        "anthropic-ratelimit-requests-reset",
                        "anthropic-ratelimit-input-tokens-limit",
                        "anthropic-ratelimit-output-tokens-remaining",
                        "anthropic-ratelimit-tokens-reset");
    }

    private static JsonNode thinking() throws Exception {
        return json(sim.messages("{\"model\":\"sim\"," + THINK + "," + HI + "}"))
                .at("/content/0");
    }

    private static String withThinking(JsonNode block) {
        return "{\"model\":\"sim\",\"max_tokens\":3000," + THINK
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":["
                + block + ",{\"type\":\"text\",\"text\":\"hello\"}]},{\"role\":\"user\",\"content\":\"more\"}]}";
    }

    /** The content that a stream's events build. */
    private static JsonNode rebuilt(List<JsonNode> events) throws Exception {
        var content = Sim.JSON.createArrayNode();
        StringBuilder input = new StringBuilder();
        for (JsonNode event : events) {
            if (event.get("type").asText().equals("content_block_start")) {
                content.add(event.get("content_block").deepCopy());
                input.setLength(0);
            } else if (event.get("type").asText().equals("content_block_delta")) {
                ObjectNode block = (ObjectNode) content.get(event.get("index").asInt());
                JsonNode delta = event.get("delta");
                switch (delta.get("type").asText()) {
                    case "input_json_delta" -> {
                        input.append(delta.get("partial_json").asText());
                        if (input.toString().endsWith("}")) {
                            block.set("input", Sim.JSON.readTree(input.toString()));
                        }
                    }
                    case "signature_delta" -> block.set("signature", delta.get("signature"));
                    case "thinking_delta" ->
                        block.put(
                                "thinking",
                                block.get("thinking").asText()
                                        + delta.get("thinking").asText());
                    default ->
                        block.put(
                                "text",
                                block.get("text").asText() + delta.get("text").asText());
                }
            }
        }
        return content;
    }
}
