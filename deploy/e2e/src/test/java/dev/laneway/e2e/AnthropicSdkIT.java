package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ThinkingBlock;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.UrlImageSource;
import com.anthropic.models.models.ModelInfo;
import dev.laneway.testkit.wire.Vendor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's own client, unmodified, with Anthropic's and with OpenAI's wire format behind the gateway. */
class AnthropicSdkIT extends OneGateway {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private AnthropicClient client;

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

    /** It checks every answer against Anthropic's types, and doesn't try again. */
    private AnthropicClient client(String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(gateway.api().toString())
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    private static MessageCreateParams.Builder to(String route) {
        return MessageCreateParams.builder().model(route).maxTokens(200);
    }

    private static Tool tool(String name, String property) {
        return Tool.builder()
                .name(name)
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty(property, JsonValue.from(Map.of("type", "string")))
                                .build())
                        .addRequired(property)
                        .build())
                .build();
    }

    private Message ask(MessageCreateParams.Builder params) {
        return client.messages().create(params.build());
    }

    private Message stream(MessageCreateParams.Builder params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params.build())) {
            events.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    private static List<ToolUseBlock> calls(Message message) {
        return message.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .toList();
    }

    private static ThinkingBlock thinking(Message message) {
        ContentBlock first = message.content().getFirst();
        assertThat(first.isThinking()).as(first.toString()).isTrue();
        return first.asThinking();
    }

    private static ContentBlockParam result(ToolUseBlock call, String text) {
        return ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                .toolUseId(call.id())
                .content(text)
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldAnswerAMessage(String route) {
        Message message = ask(to(route).system("Be brief.").addUserMessage("say: one lane for each purpose"));

        assertThat(text(message)).isEqualTo("one lane for each purpose");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.model().asString()).isEqualTo(route);
        assertThat(message.usage().inputTokens()).isEqualTo(lastCall().usage().prompt());
        assertThat(message.usage().outputTokens()).isEqualTo(lastCall().usage().completion());
        assertThat(lastCall().vendor()).isEqualTo(SdkConfig.vendor(route));
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldEndAtTheLimitOfTokens(String route) {
        Message message = ask(to(route).maxTokens(5).addUserMessage("Tell me of lanes."));

        assertThat(message.stopReason()).contains(StopReason.MAX_TOKENS);
        assertThat(message.usage().outputTokens()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldStream(String route) {
        Message message = stream(to(route).addUserMessage("say: every event has its lane, and naïve 🚦 too"));

        assertThat(text(message)).isEqualTo("every event has its lane, and naïve 🚦 too");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().outputTokens()).isEqualTo(lastCall().usage().completion());
        assertThat(lastCall().stream()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldCallAToolAndTakeItsResult(String route) {
        MessageCreateParams.Builder talk =
                to(route).addTool(tool("get_weather", "city")).addUserMessage("Please call get_weather for me.");
        Message asked = ask(talk);
        ToolUseBlock call = calls(asked).getFirst();

        Message answered = ask(
                talk.addMessage(asked).addUserMessageOfContentBlockParams(List.of(result(call, "sunny, 21 degrees"))));

        assertThat(asked.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call._input().convert(Map.class)).containsOnlyKeys("city");
        assertThat(text(answered)).isEqualTo("The tool said: sunny, 21 degrees");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldTakeToolResultsThatAreFollowedByText(String route) {
        MessageCreateParams.Builder talk = to(route)
                .addTool(tool("get_weather", "city"))
                .addTool(tool("get_time", "zone"))
                .addUserMessage("Do it in parallel.");
        Message asked = ask(talk);
        List<ContentBlockParam> blocks = new ArrayList<>();
        calls(asked).forEach(call -> blocks.add(result(call, "done")));
        blocks.add(ContentBlockParam.ofText("say: both are done"));

        Message answered = ask(talk.addMessage(asked).addUserMessageOfContentBlockParams(blocks));

        assertThat(calls(asked)).extracting(ToolUseBlock::id).hasSize(2).doesNotHaveDuplicates();
        assertThat(text(answered)).isEqualTo("both are done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldStreamTheInputsOfParallelCalls(String route) {
        Message asked = stream(to(route)
                .addTool(tool("get_weather", "city"))
                .addTool(tool("get_time", "zone"))
                .addUserMessage("Do it in parallel."));

        assertThat(asked.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(calls(asked)).extracting(ToolUseBlock::name).containsExactlyInAnyOrder("get_weather", "get_time");
        assertThat(calls(asked)).extracting(ToolUseBlock::id).doesNotHaveDuplicates();
        assertThat(calls(asked))
                .allSatisfy(call -> assertThat(call._input().convert(Map.class)).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "streamed"})
    void shouldBringThinkingBackAsItWasSigned(String way) {
        Function<MessageCreateParams.Builder, Message> asking = way.equals("streamed") ? this::stream : this::ask;
        MessageCreateParams.Builder talk = to("claude")
                .maxTokens(4_000)
                .enabledThinking(1_024)
                .addTool(tool("get_weather", "city"))
                .addUserMessage("Please call get_weather for me.");
        Message asked = asking.apply(talk);

        Message answered = asking.apply(talk.addMessage(asked)
                .addUserMessageOfContentBlockParams(List.of(result(calls(asked).getFirst(), "sunny"))));

        assertThat(thinking(asked).thinking()).isNotBlank();
        assertThat(thinking(asked).signature()).isNotBlank();
        assertThat(text(answered)).isEqualTo("The tool said: sunny");
    }

    /** So the test above proves something: the vendor does look at what comes back. */
    @Test
    void shouldSayThatAlteredThinkingIsRefused() {
        MessageCreateParams.Builder talk =
                to("claude").maxTokens(4_000).enabledThinking(1_024).addUserMessage("say: first");
        ThinkingBlock altered =
                thinking(ask(talk)).toBuilder().thinking("another thought").build();

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> ask(talk.addAssistantMessageOfContentBlockParams(List.of(
                                ContentBlockParam.ofThinking(altered.toParam()), ContentBlockParam.ofText("first")))
                        .addUserMessage("say: second")))
                .satisfies(error -> assertThat(error.type()).contains(ErrorType.INVALID_REQUEST_ERROR));
    }

    @Test
    void shouldGoOnBehindAnotherVendorWithAThoughtInTheTalk() {
        MessageCreateParams.Builder talk =
                to("claude").maxTokens(4_000).enabledThinking(1_024).addUserMessage("say: first");
        Message first = ask(talk);

        Message second =
                ask(talk.addMessage(first).addUserMessage("say: second").model("smart"));

        assertThat(text(second)).isEqualTo("second");
        assertThat(lastCall().vendor()).isEqualTo(Vendor.OPENAI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldShowImages(String route) {
        Message message = ask(to(route)
                .addUserMessageOfContentBlockParams(List.of(
                        ContentBlockParam.ofImage(UrlImageSource.builder()
                                .url("https://example.com/lane.png")
                                .build()),
                        ContentBlockParam.ofImage(Base64ImageSource.builder()
                                .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                                .data(PIXEL)
                                .build()),
                        ContentBlockParam.ofText("say: two pictures"))));

        assertThat(text(message)).isEqualTo("two pictures");
        assertThat(lastCall().images()).isEqualTo(2);
        assertThat(new String(simulator.body(lastCall().seq()).orElseThrow()))
                .contains("https://example.com/lane.png")
                .contains(PIXEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldStopWhereItIsTold(String route) {
        Message message = ask(to(route).addUserMessage("say: first STOP second").addStopSequence("STOP"));

        assertThat(text(message)).isEqualTo("first ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "smart", "gemini"})
    void shouldCountTokens(String route) {
        long tokens = client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(route)
                        .addUserMessage("How many tokens is this?")
                        .build())
                .inputTokens();

        assertThat(tokens).isPositive();
    }

    @Test
    void shouldListTheRoutesAsModels() {
        // unchecked, as clients are unless told: a route has no lifecycle, which the newest types require
        List<ModelInfo> models = client.withOptions(options -> options.responseValidation(false))
                .models()
                .list()
                .data();

        assertThat(models).extracting(ModelInfo::id).contains("smart", "claude").doesNotContain("oai", "ant");
        assertThat(models).allSatisfy(model -> {
            assertThat(model.displayName()).isNotBlank();
            assertThat(model.createdAt()).isNotNull();
        });
    }

    @Test
    void shouldRefuseAWrongKey() {
        AnthropicClient stranger = client("sk-wrong");
        MessageCreateParams params = to("claude").addUserMessage("hi").build();

        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> stranger.messages().create(params))
                .satisfies(error -> {
                    assertThat(error.type()).contains(ErrorType.AUTHENTICATION_ERROR);
                    assertThat(error.requestId()).isPresent();
                });
        stranger.close();
    }

    @Test
    void shouldNotKnowEveryModel() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> ask(to("nobody").addUserMessage("hi")))
                .satisfies(error -> assertThat(error.type()).contains(ErrorType.NOT_FOUND_ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limited-claude", "limited-smart", "limited-gemini"})
    void shouldPassARateLimitOn(String route) {
        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(() -> ask(to(route).addUserMessage("hi")))
                .satisfies(error -> {
                    assertThat(error.type()).contains(ErrorType.RATE_LIMIT_ERROR);
                    assertThat(error.headers().values("retry-after")).isNotEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"rescued-claude", "rescued-smart", "rescued-gemini"})
    void shouldReadAStreamThatIsContinuedAsOne(String route) {
        String whole = text(
                stream(to(route.equals("rescued-gemini") ? "gemini" : "claude").addUserMessage("Tell me of rescues.")));

        Message message = stream(to(route).addUserMessage("Tell me of rescues."));

        assertThat(text(message)).isEqualTo(whole);
        assertThat(message.content()).hasSize(1);
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken-claude", "broken-smart", "broken-gemini", "cut-claude", "cut-smart", "cut-gemini"})
    void shouldThrowWhereAStreamBreaks(String route) {
        assertThatExceptionOfType(AnthropicException.class)
                .isThrownBy(() -> stream(to(route).addUserMessage("Tell me of lanes.")))
                .withMessageContaining("api_error");
    }
}
