package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's own client, unmodified, with Google's and with other wire formats behind the gateway. */
class GeminiSdkIT extends OneGateway {
    private static final GenerateContentConfig PLAIN =
            GenerateContentConfig.builder().build();

    private Client client;

    @Override
    String config() {
        return SdkConfig.of(simulator.baseUrl());
    }

    @BeforeAll
    void connect() {
        client = client(Gateway.KEY);
    }

    @AfterAll
    void disconnect() {
        client.close();
    }

    /** It doesn't try again. */
    private Client client(String key) {
        return Client.builder()
                .apiKey(key)
                .httpOptions(HttpOptions.builder()
                        .baseUrl(gateway.api().toString())
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
    }

    private static Tool tool(String... names) {
        List<FunctionDeclaration> declarations = new ArrayList<>();
        for (String name : names) {
            declarations.add(FunctionDeclaration.builder()
                    .name(name)
                    .description("looks it up")
                    .parameters(Schema.builder()
                            .type(Type.Known.OBJECT)
                            .properties(Map.of(
                                    "city",
                                    Schema.builder().type(Type.Known.STRING).build()))
                            .required(List.of("city"))
                            .build())
                    .build());
        }
        return Tool.builder().functionDeclarations(declarations).build();
    }

    private static Content user(Part... parts) {
        return Content.builder().role("user").parts(List.of(parts)).build();
    }

    private List<GenerateContentResponse> stream(String route, List<Content> contents, GenerateContentConfig config) {
        List<GenerateContentResponse> chunks = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(route, contents, config)) {
            stream.forEach(chunks::add);
        }
        return chunks;
    }

    private static String text(List<GenerateContentResponse> chunks) {
        StringBuilder text = new StringBuilder();
        for (GenerateContentResponse chunk : chunks) {
            for (Part part : chunk.parts()) {
                if (!part.thought().orElse(false)) {
                    text.append(part.text().orElse(""));
                }
            }
        }
        return text.toString();
    }

    private static List<Part> answer(GenerateContentResponse response) {
        return response.candidates()
                .orElseThrow()
                .getFirst()
                .content()
                .orElseThrow()
                .parts()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "smart", "claude"})
    void shouldAnswer(String route) {
        GenerateContentResponse response = client.models.generateContent(
                route,
                "say: one lane for each purpose",
                GenerateContentConfig.builder()
                        .systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
                        .build());

        assertThat(response.text()).isEqualTo("one lane for each purpose");
        assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(response.modelVersion()).contains(route);
        assertThat(response.usageMetadata().orElseThrow().promptTokenCount())
                .contains(lastCall().usage().prompt());
        assertThat(response.usageMetadata().orElseThrow().candidatesTokenCount())
                .contains(lastCall().usage().completion());
        assertThat(lastCall().vendor()).isEqualTo(SdkConfig.vendor(route));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "smart", "claude"})
    void shouldStream(String route) {
        List<GenerateContentResponse> chunks =
                stream(route, List.of(user(Part.fromText("say: every event has its lane, and naïve 🚦 too"))), PLAIN);

        assertThat(text(chunks)).isEqualTo("every event has its lane, and naïve 🚦 too");
        assertThat(chunks.getLast().finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(chunks.getLast().usageMetadata().orElseThrow().candidatesTokenCount())
                .contains(lastCall().usage().completion());
        assertThat(lastCall().stream()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "smart", "claude"})
    void shouldEndAtTheLimitOfTokens(String route) {
        GenerateContentResponse response = client.models.generateContent(
                route,
                "Tell me of lanes.",
                GenerateContentConfig.builder().maxOutputTokens(5).build());

        assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.MAX_TOKENS);
        assertThat(response.usageMetadata().orElseThrow().candidatesTokenCount())
                .contains(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "smart", "claude"})
    void shouldCallAToolAndTakeItsResult(String route) {
        GenerateContentConfig config =
                GenerateContentConfig.builder().tools(tool("get_weather")).build();
        Content question = user(Part.fromText("Please call get_weather for me."));
        GenerateContentResponse asked = client.models.generateContent(route, List.of(question), config);
        FunctionCall call = asked.functionCalls().getFirst();

        GenerateContentResponse answered = client.models.generateContent(
                route,
                List.of(
                        question,
                        asked.candidates().orElseThrow().getFirst().content().orElseThrow(),
                        user(Part.fromFunctionResponse("get_weather", Map.of("output", "sunny, 21 degrees")))),
                config);

        assertThat(asked.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(call.name()).contains("get_weather");
        assertThat(call.args().orElseThrow()).containsOnlyKeys("city");
        assertThat(answered.text()).isEqualTo("The tool said: sunny, 21 degrees");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "smart", "claude"})
    void shouldStreamParallelCallsAndTakeTheirResults(String route) {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .tools(tool("get_weather", "get_time"))
                .build();
        Content question = user(Part.fromText("Do it in parallel."));
        List<Part> asked = new ArrayList<>();
        stream(route, List.of(question), config).forEach(chunk -> asked.addAll(chunk.parts()));
        List<FunctionCall> calls =
                asked.stream().flatMap(part -> part.functionCall().stream()).toList();
        List<Part> results = new ArrayList<>();
        calls.forEach(
                call -> results.add(Part.fromFunctionResponse(call.name().orElseThrow(), Map.of("output", "done"))));
        results.add(Part.fromText("say: both are done"));

        GenerateContentResponse answered = client.models.generateContent(
                route,
                List.of(
                        question,
                        Content.builder().role("model").parts(asked).build(),
                        user(results.toArray(Part[]::new))),
                config);

        assertThat(calls)
                .extracting(call -> call.name().orElseThrow())
                .containsExactlyInAnyOrder("get_weather", "get_time");
        assertThat(answered.text()).isEqualTo("both are done");
    }

    /** So the tests above prove something: the vendor does look for signatures. */
    @Test
    void shouldBringASignatureWithACall() {
        GenerateContentResponse asked = client.models.generateContent(
                "gemini",
                "Please call get_weather for me.",
                GenerateContentConfig.builder().tools(tool("get_weather")).build());

        assertThat(answer(asked).getFirst().thoughtSignature()).isPresent();
    }

    @Test
    void shouldGoOnBehindGoogleWithACallThatAnotherVendorMade() {
        GenerateContentConfig config =
                GenerateContentConfig.builder().tools(tool("get_weather")).build();
        Content question = user(Part.fromText("Please call get_weather for me."));
        GenerateContentResponse asked = client.models.generateContent("claude", List.of(question), config);

        GenerateContentResponse answered = client.models.generateContent(
                "gemini",
                List.of(
                        question,
                        asked.candidates().orElseThrow().getFirst().content().orElseThrow(),
                        user(Part.fromFunctionResponse("get_weather", Map.of("output", "sunny")))),
                config);

        assertThat(answered.text()).isEqualTo("The tool said: sunny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "claude"})
    void shouldShowThoughts(String route) {
        GenerateContentResponse response = client.models.generateContent(
                route,
                "say: thought over",
                GenerateContentConfig.builder()
                        .maxOutputTokens(8_000)
                        .thinkingConfig(ThinkingConfig.builder()
                                .includeThoughts(true)
                                .thinkingBudget(2_048)
                                .build())
                        .build());

        assertThat(answer(response).getFirst().thought()).contains(true);
        assertThat(answer(response).getFirst().text().orElse("")).isNotBlank();
        assertThat(response.text()).isEqualTo("thought over");
        assertThat(response.usageMetadata().orElseThrow().thoughtsTokenCount().orElse(0))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "smart", "claude"})
    void shouldHoldAnAnswerToASchema(String route) {
        GenerateContentResponse response = client.models.generateContent(
                route,
                "Which city?",
                GenerateContentConfig.builder()
                        .responseMimeType("application/json")
                        .responseSchema(Schema.builder()
                                .type(Type.Known.OBJECT)
                                .properties(Map.of(
                                        "city",
                                        Schema.builder().type(Type.Known.STRING).build()))
                                .required(List.of("city"))
                                .build())
                        .build());

        assertThat(response.text()).startsWith("{\"city\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "smart", "claude"})
    void shouldCountTokens(String route) {
        assertThat(client.models
                        .countTokens(route, "How many tokens is this?", null)
                        .totalTokens()
                        .orElse(0))
                .isPositive();
    }

    @Test
    void shouldListTheRoutesAsModels() {
        List<String> names = new ArrayList<>();
        for (Model model : client.models.list(ListModelsConfig.builder().build())) {
            names.add(model.name().orElseThrow());
        }

        assertThat(names).contains("models/smart", "models/gemini").doesNotContain("models/gem");
        assertThat(client.models.get("models/gemini", null).name()).contains("models/gemini");
    }

    @Test
    void shouldRefuseAWrongKey() {
        Client stranger = client("sk-wrong");

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> stranger.models.generateContent("gemini", "hi", PLAIN))
                .satisfies(error -> assertThat(error.code()).isEqualTo(401))
                .satisfies(error -> assertThat(error.status()).isEqualTo("UNAUTHENTICATED"));
        stranger.close();
    }

    @Test
    void shouldNotKnowEveryModel() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> client.models.generateContent("nobody", "hi", PLAIN))
                .satisfies(error -> assertThat(error.code()).isEqualTo(404))
                .satisfies(error -> assertThat(error.status()).isEqualTo("NOT_FOUND"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limited-gemini", "limited-smart"})
    void shouldPassARateLimitOn(String route) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> client.models.generateContent(route, "hi", PLAIN))
                .satisfies(error -> assertThat(error.code()).isEqualTo(429))
                .satisfies(error -> assertThat(error.status()).isEqualTo("RESOURCE_EXHAUSTED"));
    }

    @Test
    void shouldSayThatAPromptWasBlocked() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> client.models.generateContent("blocked-gemini", "hi", PLAIN))
                .withMessageContaining("PROHIBITED_CONTENT")
                .satisfies(error -> assertThat(error.code()).isEqualTo(400));
    }

    @Test
    void shouldReadAStreamThatIsContinuedAsOne() {
        List<Content> question = List.of(user(Part.fromText("Tell me of rescues.")));
        String whole = text(stream("gemini", question, PLAIN));

        List<GenerateContentResponse> chunks = stream("rescued-gemini", question, PLAIN);

        assertThat(text(chunks)).isEqualTo(whole);
        assertThat(chunks)
                .extracting(chunk -> chunk.responseId().orElseThrow())
                .containsOnly(chunks.getFirst().responseId().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken-gemini", "broken-smart", "cut-gemini", "cut-claude"})
    void shouldThrowWhereAStreamBreaks(String route) {
        List<Content> question = List.of(user(Part.fromText("Tell me of lanes.")));

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> stream(route, question, PLAIN))
                .satisfies(error -> assertThat(error.code()).isGreaterThanOrEqualTo(500));
    }
}
