package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.laneway.testkit.calls.Call;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings of OpenAI's and Ollama's APIs through the whole gateway, to vendors of both, and to one that has none. */
class EmbeddingsIT extends OneGateway {
    private OpenAIClient client;

    /** Time enough for many megabytes on a busy machine. */
    @Override
    String config() {
        return models().replace("timeout: 3, stream_timeout: 2", "timeout: 25, stream_timeout: 25");
    }

    private String models() {
        return "model_list:\n"
                + Configs.openAi("oai", "embed", simulator.baseUrl())
                + "    model_info: {mode: embedding}\n"
                + Configs.openAi("oai-503", "embed-fault-503", simulator.baseUrl())
                + "    model_info: {account: broken}\n"
                + Configs.openAi("oai-cut", "embed-fault-truncated-json", simulator.baseUrl())
                + "    model_info: {account: cut}\n"
                + Configs.openAi("oai", "embed", simulator.baseUrl())
                        .replace("openai/", "mistral/")
                        .replace("name: oai", "name: plain")
                + Configs.openAi("oai", "embed", simulator.baseUrl())
                        .replace("openai/", "ollama/")
                        .replace("/v1", "/ollama")
                        .replace("name: oai", "name: home")
                + Configs.anthropic("ant", "sim", simulator.baseUrl())
                + """
                lanes:
                  premium: {privacy: cloud_allowed}
                routes:
                  embed: {lane: premium, chain: [oai]}
                  plain: {lane: premium, chain: [plain]}
                  home: {lane: premium, chain: [home]}
                  rescued: {lane: premium, chain: [oai-503, oai-cut, ant, oai]}
                  claude: {lane: premium, chain: [ant]}
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

    private CreateEmbeddingResponse embed(String route, List<String> inputs) {
        return client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(route)
                        .inputOfArrayOfStrings(inputs)
                        .build());
    }

    private static JsonNode vectors(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Http.json(response).path("data");
    }

    private static List<Float> unpacked(String base64) {
        ByteBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        List<Float> numbers = new ArrayList<>();
        while (floats.hasRemaining()) {
            numbers.add(floats.getFloat());
        }
        return numbers;
    }

    private static List<Float> numbers(JsonNode vector) {
        List<Float> numbers = new ArrayList<>();
        vector.forEach(number -> numbers.add(number.floatValue()));
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"embed", "plain", "home"})
    void shouldEmbedForOpenAisClient(String route) {
        CreateEmbeddingResponse response = embed(route, List.of("one lane", "another lane", "one lane"));

        List<Embedding> data = response.data();
        assertThat(data).extracting(Embedding::index).containsExactly(0L, 1L, 2L);
        assertThat(data.getFirst().embedding())
                .hasSize(64)
                .isEqualTo(data.getLast().embedding());
        assertThat(data.get(1).embedding()).isNotEqualTo(data.getFirst().embedding());
        assertThat(response.model()).isEqualTo(route);
        assertThat(response.usage().promptTokens()).isEqualTo(lastCall().usage().prompt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"embed", "plain", "home"})
    void shouldSayTheSamePackedAndNot(String route) throws Exception {
        String body =
                "{\"model\":\"" + route + "\",\"input\":[\"a\",\"b\"],\"dimensions\":32,\"encoding_format\":\"%s\"}";

        JsonNode floats = vectors(Http.post(gateway, "/v1/embeddings", body.formatted("float")));
        JsonNode packed = vectors(Http.post(gateway, "/embeddings", body.formatted("base64")));

        for (int i = 0; i < 2; i++) {
            assertThat(numbers(floats.get(i).path("embedding"))).hasSize(32);
            assertThat(unpacked(packed.get(i).path("embedding").textValue()))
                    .isEqualTo(numbers(floats.get(i).path("embedding")));
        }
    }

    @Test
    void shouldKeepTheOrderOfManyInputs() {
        List<String> inputs =
                IntStream.range(0, 2_048).mapToObj(i -> "input " + i).toList();

        List<Embedding> all = embed("embed", inputs).data();

        assertThat(all).hasSize(2_048);
        assertThat(all.get(1_777).embedding())
                .isEqualTo(
                        embed("embed", List.of("input 1777")).data().getFirst().embedding());
    }

    @Test
    void shouldCarryAnAnswerOfManyMegabytes() throws Exception {
        String inputs = "\"a\"" + ",\"b\"".repeat(199);

        HttpResponse<String> response = Http.post(
                gateway, "/v1/embeddings", "{\"model\":\"embed\",\"dimensions\":3072,\"input\":[" + inputs + "]}");

        assertThat(vectors(response)).hasSize(200);
        assertThat(response.body().length()).isGreaterThan(5_000_000);
    }

    @Test
    void shouldTakeTokens() throws Exception {
        JsonNode data = vectors(
                Http.post(gateway, "/v1/embeddings", "{\"model\":\"embed\",\"input\":[[1,2,3],[4]],\"dimensions\":8}"));

        assertThat(data).hasSize(2);
    }

    @Test
    void shouldFallBackFromVendorsThatFailOrHaveNone() throws Exception {
        HttpResponse<String> response =
                Http.post(gateway, "/v1/embeddings", "{\"model\":\"rescued\",\"input\":\"a\",\"dimensions\":8}");

        assertThat(vectors(response)).hasSize(1);
        assertThat(Http.header(response, "x-laneway-fallbacks")).isEqualTo("3");
        assertThat(lastCall().model()).isEqualTo("embed");
    }

    @Test
    void shouldRefuseWhereNobodyHasEmbeddings() {
        assertThatThrownBy(() -> embed("claude", List.of("a")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("This vendor makes no embeddings.");
    }

    @Test
    void shouldRefuseNothingToEmbed() {
        int before = simulator.calls().size();

        assertThatThrownBy(() -> embed("embed", List.of("a", ""))).isInstanceOf(BadRequestException.class);

        assertThat(simulator.calls()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embed", "home"})
    void shouldSpeakToOllamasClients(String route) throws Exception {
        JsonNode present = Http.json(Http.post(
                gateway, "/api/embed", "{\"model\":\"" + route + "\",\"input\":[\"a\",\"b\"],\"dimensions\":8}"));
        Call call = lastCall();

        assertThat(present.path("embeddings")).hasSize(2);
        assertThat(present.path("embeddings").path(0)).hasSize(8);
        assertThat(present.path("prompt_eval_count").asInt())
                .isEqualTo(call.usage().prompt());
        assertThat(present.path("model").textValue()).isEqualTo(route);
    }

    /** To a vendor that tells usage: Ollama doesn't in this form. */
    @Test
    void shouldSpeakToOllamasClientsOfLongAgo() throws Exception {
        JsonNode former = Http.json(Http.post(gateway, "/api/embeddings", "{\"model\":\"embed\",\"prompt\":\"a\"}"));

        assertThat(former.path("embedding")).hasSize(64);
    }

    @Test
    void shouldTellOllamasClientsOfErrorsInTheirForm() throws Exception {
        HttpResponse<String> unknown = Http.post(gateway, "/api/embed", "{\"model\":\"nobody\",\"input\":\"a\"}");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Http.json(unknown).path("error").isTextual()).isTrue();
    }

    @Test
    void shouldTellTheMostModelsThatOneAsksFor() throws Exception {
        JsonNode models = Http.json(Http.get(gateway, "/v1/models?limit=1000"));

        assertThat(models.path("data"))
                .extracting(model -> model.path("id").textValue() + " "
                        + model.path("laneway").path("mode").asText())
                .contains("embed embedding", "claude chat");
    }
}
