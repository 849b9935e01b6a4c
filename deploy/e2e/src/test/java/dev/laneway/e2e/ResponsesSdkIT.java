package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStreamEvent;
import dev.laneway.testkit.wire.Vendor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenAI's own client by the Responses API, unmodified: in front of OpenAI's chat ({@code smart}), of Anthropic ({@code claude}) and of
 * a vendor of the same API ({@code native}).
 */
class ResponsesSdkIT extends OneGateway {
    private OpenAIClient client;

    @Override
    String config() {
        return SdkConfig.of(simulator.baseUrl());
    }

    /** It checks every answer against OpenAI's types, and doesn't try again. */
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

    private static ResponseCreateParams.Builder to(String route) {
        return ResponseCreateParams.builder().model(route);
    }

    private Response ask(ResponseCreateParams.Builder params) {
        return client.responses().create(params.build());
    }

    private ResponseAccumulator stream(ResponseCreateParams.Builder params) {
        ResponseAccumulator whole = ResponseAccumulator.createWithSnapshots();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(params.build())) {
            events.stream().forEach(whole::accumulate);
        }
        return whole;
    }

    private static String text(Response response) {
        StringBuilder text = new StringBuilder();
        response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(part -> part.outputText().stream())
                .forEach(part -> text.append(part.text()));
        return text.toString();
    }

    private static List<ResponseFunctionToolCall> calls(Response response) {
        return response.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .toList();
    }

    private static String status(Response response) {
        return response.status().orElseThrow().asString();
    }

    private static FunctionTool weather() {
        return FunctionTool.builder()
                .name("get_weather")
                .description("a tool of the tests")
                .strict(false)
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .build())
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "native"})
    void shouldAnswer(String route) {
        Response response = ask(to(route)
                .instructions("Be brief.")
                .input("say: one lane for each purpose")
                .maxOutputTokens(100));

        assertThat(text(response)).isEqualTo("one lane for each purpose");
        assertThat(status(response)).isEqualTo("completed");
        assertThat(response.model().asString()).isEqualTo(route);
        assertThat(response.id()).startsWith("resp_");
        assertThat(response.usage().orElseThrow().inputTokens())
                .isEqualTo(lastCall().usage().prompt());
        assertThat(response.usage().orElseThrow().outputTokens())
                .isEqualTo(lastCall().usage().completion());
        assertThat(lastCall().vendor()).isEqualTo(route.equals("claude") ? Vendor.ANTHROPIC : Vendor.OPENAI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "native"})
    void shouldStreamWhatItWouldSay(String route) {
        String whole = text(ask(to(route).input("Tell me of lanes.").maxOutputTokens(100)));

        ResponseAccumulator streamed =
                stream(to(route).input("Tell me of lanes.").maxOutputTokens(100));

        assertThat(text(streamed.response())).isEqualTo(whole);
        assertThat(streamed.reconstructedResponse().output())
                .as("what the events say")
                .isEqualTo(streamed.response().output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "native"})
    void shouldBeIncompleteAtTheLimitOfTokens(String route) {
        Response response =
                ask(to(route).input("say: " + "one more word ".repeat(20)).maxOutputTokens(16));

        assertThat(status(response)).isEqualTo("incomplete");
        assertThat(response.incompleteDetails()
                        .orElseThrow()
                        .reason()
                        .orElseThrow()
                        .asString())
                .isEqualTo("max_output_tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "native"})
    void shouldCallAToolAndTakeItsResult(String route) {
        Response asked = stream(
                        to(route).input("Please call get_weather for me.").addTool(weather()))
                .response();
        ResponseFunctionToolCall call = calls(asked).getFirst();

        Response answered = ask(to(route)
                .addTool(weather())
                .store(false)
                .inputOfResponse(List.of(
                        ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                                .role(EasyInputMessage.Role.USER)
                                .content("Please call get_weather for me.")
                                .build()),
                        ResponseInputItem.ofFunctionCall(call),
                        ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                .callId(call.callId())
                                .output("sunny")
                                .build()))));

        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.arguments()).contains("city");
        assertThat(text(answered)).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "claude", "native"})
    void shouldGoOnFromAStoredResponse(String route) {
        Response first = ask(to(route).input("Please call get_weather for me.").addTool(weather()));

        Response second = ask(to(route)
                .previousResponseId(first.id())
                .addTool(weather())
                .inputOfResponse(
                        List.of(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                .callId(calls(first).getFirst().callId())
                                .output("sunny")
                                .build()))));
        Response third = ask(to(route).previousResponseId(second.id()).input("say: done"));

        assertThat(second.previousResponseId()).contains(first.id());
        assertThat(text(third)).isEqualTo("done");
        assertThat(client.responses().inputItems().list(third.id()).data()).hasSizeGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "native"})
    void shouldShowAndDeleteAStoredResponse(String route) {
        Response streamed = stream(to(route).input("say: kept")).response();

        Response shown = client.responses().retrieve(streamed.id());
        client.responses().delete(streamed.id());

        assertThat(shown.output()).isEqualTo(streamed.output());
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.responses().retrieve(streamed.id()));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(
                        () -> ask(to(route).previousResponseId(streamed.id()).input("x")))
                .satisfies(error -> assertThat(error.code()).contains("previous_response_not_found"));
    }

    @Test
    void shouldNotShowWhatWasNotToBeStored() {
        Response response = ask(to("smart").input("say: gone").store(false));

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.responses().retrieve(response.id()));
    }

    @Test
    void shouldRefuseATemperatureOutOfRange() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> ask(to("smart").input("hi").temperature(5)))
                .satisfies(error -> assertThat(error.param()).contains("temperature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limited-smart", "limited-claude", "limited-native"})
    void shouldPassARateLimitOn(String route) {
        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(() -> ask(to(route).input("hi")))
                .satisfies(error ->
                        assertThat(error.headers().values("retry-after")).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rescued-smart", "rescued-claude", "rescued-native"})
    void shouldReadAStreamThatIsContinuedAsOne(String route) {
        String whole = text(ask(to("smart").input("Tell me of rescues.")));

        ResponseAccumulator streamed = stream(to(route).input("Tell me of rescues."));

        assertThat(text(streamed.response())).isEqualTo(whole);
        assertThat(streamed.reconstructedResponse().output())
                .isEqualTo(streamed.response().output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken-smart", "broken-claude", "broken-native", "cut-smart", "cut-claude", "cut-native"})
    void shouldThrowWhereAStreamBreaks(String route) {
        assertThatExceptionOfType(OpenAIException.class)
                .isThrownBy(() -> stream(to(route).input("Tell me of lanes.")).response());
    }
}
