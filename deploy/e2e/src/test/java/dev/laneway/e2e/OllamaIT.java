package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.wire.Vendor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ollama's clients before every vendor, and every client before an Ollama server. */
class OllamaIT extends OneGateway {
    private static final String WEATHER = """
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object",
            "properties":{"city":{"type":"string"}},"required":["city"]}}}]""";

    @Override
    String config() {
        return "model_list:\n"
                + Configs.openAi("oai", "sim", simulator.baseUrl())
                + Configs.anthropic("ant", "sim", simulator.baseUrl())
                + ollama("home", "sim~ttft=1", ", num_ctx: 8192, keep_alive: 1h")
                + ollama("home-thinks", "sim~reasoning=5", "")
                + ollama("home-busy", "sim-fault-503", "")
                + ollama("home-broken", "sim-fault-error-mid-stream~at=3", "")
                + """
                lanes:
                  private: {privacy: local_only}
                  premium: {privacy: cloud_allowed}
                routes:
                  home: {lane: private, chain: [home]}
                  thinks: {lane: private, chain: [home-thinks]}
                  busy: {lane: private, chain: [home-busy]}
                  broken: {lane: private, chain: [home-broken]}
                  smart: {lane: premium, chain: [oai]}
                  claude: {lane: premium, chain: [ant]}
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 30}
                """;
    }

    private String ollama(String name, String model, String more) {
        return """
                  - model_name: %s
                    litellm_params: {model: "ollama/%s", api_base: "%s", timeout: 5, stream_timeout: 5%s}
                """.formatted(name, model, simulator.baseUrl(), more);
    }

    private static String ask(String model, String content, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]" + more
                + "}";
    }

    private static List<JsonNode> lines(HttpResponse<String> response) {
        return response.body()
                .lines()
                .map(line -> {
                    try {
                        return Http.JSON.readTree(line);
                    } catch (Exception e) {
                        throw new AssertionError("not JSON: " + line, e);
                    }
                })
                .toList();
    }

    private static String said(List<JsonNode> lines, String pointer) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.at(pointer).asText()));
        return text.toString();
    }

    @Test
    void shouldHaveLoadedTheModelsAheadOfRequests() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(simulator.loads())
                        .extracting(Call::model)
                        .contains("sim~ttft=1", "sim~reasoning=5"));
        assertThat(simulator.loads()).allMatch(load -> load.attemptId().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "home:latest", "smart", "claude"})
    void shouldChat(String model) throws Exception {
        HttpResponse<String> response =
                Http.post(gateway, "/api/chat", ask(model, "say: one lane", ",\"stream\":false,\"think\":false"));

        JsonNode answer = Http.json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(answer.at("/message/content").asText()).isEqualTo("one lane");
        assertThat(answer.path("done").asBoolean()).isTrue();
        assertThat(answer.path("eval_count").asInt())
                .isEqualTo(lastCall().usage().completion());
        assertThat(answer.path("total_duration").asLong()).isPositive();
        assertThat(answer.path("model").asText()).isEqualTo(model.replace(":latest", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "smart", "claude"})
    void shouldStreamUnasked(String model) throws Exception {
        HttpResponse<String> response = Http.post(gateway, "/api/chat", ask(model, "say: one lane for each", ""));

        List<JsonNode> lines = lines(response);
        assertThat(Http.header(response, "content-type")).isEqualTo("application/x-ndjson");
        assertThat(said(lines, "/message/content")).isEqualTo("one lane for each");
        assertThat(lines.getLast().path("done").asBoolean()).isTrue();
        assertThat(lines.getLast().path("done_reason").asText()).isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "smart", "claude"})
    void shouldGenerate(String model) throws Exception {
        HttpResponse<String> response = Http.post(
                gateway,
                "/api/generate",
                "{\"model\":\"" + model + "\",\"prompt\":\"say: a text\",\"system\":\"Be brief.\"}");

        List<JsonNode> lines = lines(response);
        assertThat(said(lines, "/response")).isEqualTo("a text");
        assertThat(lines.getLast().path("done").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "smart", "claude"})
    void shouldUseATool(String model) throws Exception {
        String question = "{\"role\":\"user\",\"content\":\"call get_weather\"}";
        List<JsonNode> asked = lines(Http.post(
                gateway, "/api/chat", "{\"model\":\"" + model + "\",\"messages\":[" + question + "]," + WEATHER + "}"));
        JsonNode call = asked.stream()
                .map(line -> line.at("/message/tool_calls/0"))
                .filter(found -> !found.isMissingNode())
                .findFirst()
                .orElseThrow();

        HttpResponse<String> answered = Http.post(
                gateway,
                "/api/chat",
                "{\"model\":\"" + model + "\",\"stream\":false,\"truncate\":false,\"shift\":false,\"messages\":["
                        + question
                        + ",{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[" + call
                        + "]},{\"role\":\"tool\",\"tool_name\":\"get_weather\",\"tool_call_id\":" + call.path("id")
                        + ",\"content\":\"18 C\"}]," + WEATHER + "}");

        assertThat(call.at("/function/name").asText()).isEqualTo("get_weather");
        assertThat(call.at("/function/arguments/city").isTextual()).isTrue();
        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
        assertThat(Http.json(answered).at("/message/content").asText()).contains("18 C");
    }

    @Test
    void shouldSendTheDeploymentsOptionsAndTheClientsBytes() throws Exception {
        Http.post(gateway, "/api/chat", ask("home", "say: hm", ",\"brand_new\":[1],\"options\":{\"top_k\":3}"));

        JsonNode sent = Http.JSON.readTree(simulator.body(lastCall().seq()).orElseThrow());

        assertThat(sent.path("model").asText()).isEqualTo("sim~ttft=1");
        assertThat(sent.path("brand_new").path(0).asInt()).isEqualTo(1);
        assertThat(sent.path("keep_alive").asText()).isEqualTo("1h");
        assertThat(sent.at("/options/num_ctx").asInt()).isEqualTo(8192);
        assertThat(sent.at("/options/top_k").asInt()).isEqualTo(3);
        assertThat(lastCall().path()).endsWith("/api/chat");
        assertThat(lastCall().vendor()).isEqualTo(Vendor.OLLAMA);
    }

    @Test
    void shouldThink() throws Exception {
        JsonNode answer = Http.json(Http.chat(gateway, Http.question("thinks")));

        assertThat(answer.at("/choices/0/message/reasoning_content").asText()).isNotBlank();
    }

    @Test
    void shouldListAndShowRoutes() throws Exception {
        JsonNode tags = Http.json(Http.get(gateway, "/api/tags"));
        JsonNode shown = Http.json(Http.post(gateway, "/api/show", "{\"model\":\"home\"}"));

        assertThat(tags.path("models").findValuesAsText("name")).contains("home", "smart", "claude");
        assertThat(shown.path("capabilities").path(0).asText()).isEqualTo("completion");
    }

    @Test
    void shouldAnswerALoadItself() throws Exception {
        int before = simulator.calls().size();

        JsonNode load = Http.json(Http.post(gateway, "/api/generate", "{\"model\":\"smart\"}"));

        assertThat(load.path("done_reason").asText()).isEqualTo("load");
        assertThat(simulator.calls()).hasSize(before);
    }

    @Test
    void shouldSayWhatWentWrong() throws Exception {
        HttpResponse<String> unknown = Http.post(gateway, "/api/chat", ask("nope", "hi", ""));
        HttpResponse<String> busy = Http.post(gateway, "/api/chat", ask("busy", "hi", ""));
        List<JsonNode> broken = lines(Http.post(gateway, "/api/chat", ask("broken", "Tell me of lanes.", "")));

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Http.json(unknown).path("error").asText()).isEqualTo("model 'nope' not found");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(Http.json(busy).path("error").isTextual()).isTrue();
        assertThat(broken.getLast().path("error").isTextual()).isTrue();
        assertThat(broken).noneMatch(line -> line.path("done").asBoolean());
    }

    @Test
    void shouldServeOpenAisClient() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.api() + "/v1")
                .apiKey(Gateway.KEY)
                .maxRetries(0)
                .responseValidation(true)
                .build();
        ChatCompletionCreateParams.Builder asked =
                ChatCompletionCreateParams.builder().model("home").addUserMessage("say: from home");
        ChatCompletionAccumulator streamed = ChatCompletionAccumulator.create();

        String whole = client.chat()
                .completions()
                .create(asked.build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElse("");
        try (var chunks = client.chat().completions().createStreaming(asked.build())) {
            chunks.stream().forEach(streamed::accumulate);
        }
        client.close();

        assertThat(whole).isEqualTo("from home");
        assertThat(streamed.chatCompletion().choices().getFirst().message().content())
                .hasValue("from home");
    }

    @Test
    void shouldServeAnthropicsClient() {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.api().toString())
                .apiKey(Gateway.KEY)
                .maxRetries(0)
                .build();

        Message message = client.messages()
                .create(MessageCreateParams.builder()
                        .model("home")
                        .maxTokens(100)
                        .addUserMessage("say: from home")
                        .build());
        client.close();

        assertThat(message.content().getFirst().asText().text()).isEqualTo("from home");
        assertThat(message.usage().outputTokens()).isEqualTo(lastCall().usage().completion());
    }
}
