package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Legacy completions through the whole gateway: to vendors that have them, and to ones that only chat. */
class CompletionsIT extends OneGateway {
    private OpenAIClient client;

    @Override
    String config() {
        return "model_list:\n"
                + Configs.openAi("oai", "sim", simulator.baseUrl())
                + Configs.openAi("text", "sim", simulator.baseUrl()).replace("openai/", "text-completion-openai/")
                + Configs.openAi("vllm", "sim", simulator.baseUrl()).replace("openai/", "hosted_vllm/")
                + Configs.anthropic("ant", "sim", simulator.baseUrl())
                + Configs.openAi("cut", "sim-fault-cut~at=5", simulator.baseUrl())
                        .replace("openai/", "hosted_vllm/")
                + """
                lanes:
                  premium: {privacy: cloud_allowed}
                routes:
                  smart: {lane: premium, chain: [oai]}
                  claude: {lane: premium, chain: [ant]}
                  text: {lane: premium, chain: [text]}
                  vllm: {lane: premium, chain: [vllm]}
                  either: {lane: premium, chain: [ant, vllm]}
                  rescued: {lane: premium, chain: [cut, ant], continue_streams: true}
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 30}
                """;
    }

    @BeforeAll
    void connect() {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.api() + "/v1")
                .apiKey(Gateway.KEY)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    @AfterAll
    void disconnect() {
        client.close();
    }

    private static CompletionCreateParams.Builder to(String route, String prompt) {
        return CompletionCreateParams.builder().model(route).prompt(prompt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "text", "vllm"})
    void shouldComplete(String route) {
        Completion completion = client.completions()
                .create(to(route, "say: one lane for each purpose")
                        .maxTokens(100)
                        .build());

        assertThat(completion.choices()).hasSize(1);
        assertThat(completion.choices().getFirst().text()).isEqualTo("one lane for each purpose");
        assertThat(completion.choices().getFirst().finishReason().asString()).isEqualTo("stop");
        assertThat(completion.model()).isEqualTo(route);
        assertThat(completion.usage().orElseThrow().promptTokens())
                .isEqualTo(lastCall().usage().prompt());
        assertThat(completion.usage().orElseThrow().completionTokens())
                .isEqualTo(lastCall().usage().completion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "text", "vllm"})
    void shouldStream(String route) {
        List<String> finishes = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        // unchecked, as clients are unless told: its types want a reason to stop in every chunk, which OpenAI's have in
        // the last
        try (StreamResponse<Completion> chunks = client.withOptions(options -> options.responseValidation(false))
                .completions()
                .createStreaming(to(route, "say: every event has its lane").build())) {
            chunks.stream().flatMap(chunk -> chunk.choices().stream()).forEach(choice -> {
                text.append(choice.text());
                choice._finishReason().asKnown().ifPresent(reason -> finishes.add(reason.asString()));
            });
        }

        assertThat(text).hasToString("every event has its lane");
        assertThat(finishes).containsExactly("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "vllm"})
    void shouldPassOnToAVendorThatHasThem(String route) throws Exception {
        HttpResponse<String> response = Http.post(
                gateway,
                "/completions",
                "{\"model\":\"" + route + "\",\"prompt\":[\"say: a\",\"say: b\"],\"echo\":true}");

        assertThat(lastCall().path()).isEqualTo("/v1/completions");
        assertThat(Http.json(response).path("choices")).hasSize(2);
        assertThat(Http.json(response).at("/choices/1/text").textValue()).startsWith("say: b");
    }

    @Test
    void shouldSayThatAChatIsNotQuiteTheSame() throws Exception {
        HttpResponse<String> response =
                Http.post(gateway, "/v1/completions", "{\"model\":\"claude\",\"prompt\":\"say: a\",\"best_of\":2}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Http.header(response, "x-laneway-dropped")).contains("dropped best_of", "approximated prompt");
    }

    @Test
    void shouldRefuseWhatNoChatCanDo() {
        assertThatThrownBy(() -> client.completions()
                        .create(to("claude", "a").suffix("z").build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("suffix");
    }

    @Test
    void shouldFallBackToAVendorThatCan() throws Exception {
        HttpResponse<String> response =
                Http.post(gateway, "/v1/completions", "{\"model\":\"either\",\"prompt\":\"say: a\",\"echo\":true}");

        assertThat(Http.json(response).at("/choices/0/text").textValue()).isEqualTo("say: aa");
        assertThat(Http.header(response, "x-laneway-fallbacks")).isEqualTo("1");
    }

    @Test
    void shouldRescueAStreamThatBreaks() throws Exception {
        HttpResponse<String> response = Http.post(
                gateway,
                "/v1/completions",
                "{\"model\":\"rescued\",\"prompt\":\"say: every event has a lane, and each lane its own rule\","
                        + "\"stream\":true}");

        StringBuilder text = new StringBuilder();
        for (String data : Sse.data(response.body())) {
            if (!data.equals("[DONE]")) {
                text.append(Http.JSON.readTree(data).at("/choices/0/text").asText(""));
            }
        }
        assertThat(text).hasToString("every event has a lane, and each lane its own rule");
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
    }
}
