package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.models.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own client, unmodified, with OpenAI's and with Anthropic's wire format behind the gateway. */
class OpenAiSdkIT extends OneGateway {
    private static final String PIXEL = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private OpenAIClient client;

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

    /** It checks every answer against OpenAI's types, and doesn't try again. */
    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.api() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    private static ChatCompletionCreateParams.Builder to(String route) {
        return ChatCompletionCreateParams.builder().model(route);
    }

    private static FunctionDefinition tool(String name, String property) {
        return FunctionDefinition.builder()
                .name(name)
                .description("a tool of the tests")
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of(property, Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of(property)))
                        .build())
                .build();
    }

    private ChatCompletion ask(ChatCompletionCreateParams.Builder params) {
        return client.chat().completions().create(params.build());
    }

    private ChatCompletion stream(ChatCompletionCreateParams.Builder params) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(params.build())) {
            chunks.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static ChatCompletionMessage message(ChatCompletion completion) {
        assertThat(completion.choices()).hasSize(1);
        return completion.choices().getFirst().message();
    }

    private static String text(ChatCompletion completion) {
        return message(completion).content().orElse("");
    }

    private static String finish(ChatCompletion completion) {
        return completion.choices().getFirst().finishReason().asString();
    }

    private static List<ChatCompletionMessageFunctionToolCall> calls(ChatCompletion completion) {
        return message(completion).toolCalls().orElse(List.of()).stream()
                .map(call -> call.asFunction())
                .toList();
    }

    private static ChatCompletionToolMessageParam result(ChatCompletionMessageFunctionToolCall call, String text) {
        return ChatCompletionToolMessageParam.builder()
                .toolCallId(call.id())
                .content(text)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldComplete(String route) {
        ChatCompletion completion = ask(to(route)
                .addDeveloperMessage("Be brief.")
                .addUserMessage("say: one lane for each purpose")
                .maxCompletionTokens(100));

        assertThat(text(completion)).isEqualTo("one lane for each purpose");
        assertThat(finish(completion)).isEqualTo("stop");
        assertThat(completion.model()).isEqualTo(route);
        assertThat(completion.usage().orElseThrow().promptTokens())
                .isEqualTo(lastCall().usage().prompt());
        assertThat(completion.usage().orElseThrow().completionTokens())
                .isEqualTo(lastCall().usage().completion());
        assertThat(lastCall().vendor()).isEqualTo(SdkConfig.vendor(route));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldEndAtTheLimitOfTokens(String route) {
        ChatCompletion completion =
                ask(to(route).addUserMessage("Tell me of lanes.").maxCompletionTokens(5));

        assertThat(finish(completion)).isEqualTo("length");
        assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldStream(String route) {
        ChatCompletion completion = stream(to(route)
                .addUserMessage("say: every event has its lane, and naïve 🚦 too")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build()));

        assertThat(text(completion)).isEqualTo("every event has its lane, and naïve 🚦 too");
        assertThat(finish(completion)).isEqualTo("stop");
        assertThat(completion.usage().orElseThrow().promptTokens())
                .isEqualTo(lastCall().usage().prompt());
        assertThat(completion.usage().orElseThrow().completionTokens())
                .isEqualTo(lastCall().usage().completion());
        assertThat(lastCall().stream()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldNotShowUsageOfAStreamUnasked(String route) {
        ChatCompletion completion = stream(to(route).addUserMessage("say: no bill"));

        assertThat(completion.usage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldCallAToolAndTakeItsResult(String route) {
        ChatCompletionCreateParams.Builder talk = to(route)
                .addFunctionTool(tool("get_weather", "city"))
                .addUserMessage("Please call get_weather for me.");
        ChatCompletion asked = ask(talk);
        ChatCompletionMessageFunctionToolCall call = calls(asked).getFirst();

        ChatCompletion answered = ask(talk.addMessage(message(asked)).addMessage(result(call, "sunny, 21 degrees")));

        assertThat(finish(asked)).isEqualTo("tool_calls");
        assertThat(call.function().name()).isEqualTo("get_weather");
        assertThat(call.function().arguments(JsonNode.class).at("/city").isTextual())
                .isTrue();
        assertThat(text(answered)).isEqualTo("The tool said: sunny, 21 degrees");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldCallToolsInParallelAndGoOnWithAUserMessage(String route) {
        ChatCompletionCreateParams.Builder talk = to(route)
                .addFunctionTool(tool("get_weather", "city"))
                .addFunctionTool(tool("get_time", "zone"))
                .addUserMessage("Do it in parallel.");
        ChatCompletion asked = ask(talk);
        talk.addMessage(message(asked));
        calls(asked).forEach(call -> talk.addMessage(result(call, "done")));

        ChatCompletion answered = ask(talk.addUserMessage("say: both are done"));

        assertThat(calls(asked)).hasSize(2);
        assertThat(calls(asked))
                .extracting(ChatCompletionMessageFunctionToolCall::id)
                .doesNotHaveDuplicates();
        assertThat(text(answered)).isEqualTo("both are done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldStreamTheArgumentsOfParallelCalls(String route) {
        ChatCompletionCreateParams.Builder talk = to(route)
                .addFunctionTool(tool("get_weather", "city"))
                .addFunctionTool(tool("get_time", "zone"))
                .addUserMessage("Do it in parallel.");

        ChatCompletion asked = stream(talk);

        assertThat(finish(asked)).isEqualTo("tool_calls");
        assertThat(calls(asked))
                .extracting(call -> call.function().name())
                .containsExactlyInAnyOrder("get_weather", "get_time");
        assertThat(calls(asked))
                .extracting(ChatCompletionMessageFunctionToolCall::id)
                .doesNotHaveDuplicates();
        assertThat(calls(asked))
                .allSatisfy(call -> assertThat(
                                call.function().arguments(JsonNode.class).size())
                        .isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldShowImages(String route) {
        List<ChatCompletionContentPart> parts = new ArrayList<>();
        parts.add(ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                .text("say: two pictures")
                .build()));
        for (String url : List.of("https://example.com/lane.png", PIXEL)) {
            parts.add(ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                    .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                            .url(url)
                            .build())
                    .build()));
        }

        ChatCompletion completion = ask(to(route).addUserMessageOfArrayOfContentParts(parts));

        assertThat(text(completion)).isEqualTo("two pictures");
        assertThat(lastCall().images()).isEqualTo(2);
        assertThat(new String(simulator.body(lastCall().seq()).orElseThrow()))
                .contains("https://example.com/lane.png")
                .contains(PIXEL.substring(PIXEL.indexOf(',') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldAnswerByASchema(String route) throws Exception {
        ResponseFormatJsonSchema.JsonSchema schema = ResponseFormatJsonSchema.JsonSchema.builder()
                .name("verdict")
                .strict(true)
                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                                "properties",
                                JsonValue.from(Map.of(
                                        "lane", Map.of("enum", List.of("private")),
                                        "fits", Map.of("type", "boolean"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("lane", "fits")))
                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                        .build())
                .build();

        ChatCompletion completion = ask(to(route).addUserMessage("Which lane?").jsonSchemaResponseFormat(schema));

        JsonNode answer = Http.JSON.readTree(text(completion));
        assertThat(answer.at("/lane").asText()).isEqualTo("private");
        assertThat(answer.at("/fits").isBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "gemini"})
    void shouldStopWhereItIsTold(String route) {
        ChatCompletion completion =
                ask(to(route).addUserMessage("say: first STOP second").stop("STOP"));

        assertThat(text(completion)).isEqualTo("first ");
        assertThat(finish(completion)).isEqualTo("stop");
    }

    @Test
    void shouldListTheRoutesAsModels() {
        List<Model> models = client.models().list().data();

        assertThat(models).extracting(Model::id).contains("smart", "claude").doesNotContain("oai", "ant");
    }

    @Test
    void shouldRefuseAWrongKey() {
        OpenAIClient stranger = client("sk-wrong");
        ChatCompletionCreateParams params = to("smart").addUserMessage("hi").build();

        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> stranger.chat().completions().create(params))
                .satisfies(error ->
                        assertThat(error.headers().values("x-request-id")).isNotEmpty());
        stranger.close();
    }

    @Test
    void shouldNotKnowEveryModel() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> ask(to("nobody").addUserMessage("hi")))
                .satisfies(error -> assertThat(error.code()).contains("model_not_found"));
    }

    @Test
    void shouldRefuseATemperatureOutOfRange() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> ask(to("smart").addUserMessage("hi").temperature(5)))
                .satisfies(error -> {
                    assertThat(error.param()).contains("temperature");
                    assertThat(error.type()).contains("invalid_request_error");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"limited-smart", "limited-claude", "limited-gemini"})
    void shouldPassARateLimitOn(String route) {
        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(() -> ask(to(route).addUserMessage("hi")))
                .satisfies(error ->
                        assertThat(error.headers().values("retry-after")).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rescued-smart", "rescued-claude", "rescued-gemini"})
    void shouldReadAStreamThatIsContinuedAsOne(String route) {
        String uncut =
                route.equals("rescued-gemini") ? "gemini" : "smart"; // the simulator's models differ in their words
        String whole = text(ask(to(uncut).addUserMessage("Tell me of rescues.")));

        ChatCompletion completion = stream(to(route).addUserMessage("Tell me of rescues."));

        assertThat(text(completion)).isEqualTo(whole);
        assertThat(completion.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken-smart", "broken-claude", "broken-gemini", "cut-smart", "cut-claude", "cut-gemini"})
    void shouldThrowWhereAStreamBreaks(String route) {
        assertThatExceptionOfType(OpenAIException.class)
                .isThrownBy(() -> stream(to(route).addUserMessage("Tell me of lanes.")));
    }
}
