package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.wire.Vendor;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's and Anthropic's own clients before Bedrock, which checks signatures, and before Azure. */
class CloudVendorsIT extends OneGateway {
    private static final String SIGNED = "aws_region_name: eu-west-1, aws_access_key_id: AKIDSIM, "
            + "aws_secret_access_key: \"secret-of-AKIDSIM\", aws_session_token: \"a-session\"";

    private OpenAIClient openAi;
    private AnthropicClient anthropic;

    private static final String STS = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
              <AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>secret-of-AKIDROLE</SecretAccessKey>
              <SessionToken>a-session</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """;

    private HttpServer sts;

    @Override
    String config() {
        sts = vertx.createHttpServer()
                .requestHandler(asked -> asked.body().onSuccess(form -> {
                    boolean allowed = form.toString().contains("role%2Fallowed");
                    asked.response()
                            .setStatusCode(allowed ? 200 : 403)
                            .end(
                                    allowed
                                            ? STS
                                            : "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>");
                }));
        try {
            sts.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return "model_list:\n"
                + bedrock("bed-role", "sim", role("allowed"))
                + bedrock("bed-refused", "sim", role("refused"))
                + bedrock("bed", "sim:0", SIGNED)
                + bedrock("bed-bearer", "sim", "api_key: os.environ/SIM_KEY")
                + bedrock("bed-missigned", "sim", SIGNED.replace("secret-of-", "another-secret-of-"))
                + bedrock("bed-throttled", "sim-fault-429", SIGNED.replace("AKIDSIM", "AKIDTHROTTLED"))
                + bedrock("bed-broken", "sim-fault-error-mid-stream~at=3", SIGNED)
                + bedrock("bed-cut", "sim-fault-cut~at=3", SIGNED)
                + bedrock("titan", "us-west-2/titan-embed-sim", SIGNED.replace("aws_region_name: eu-west-1, ", ""))
                + bedrock("cohere", "cohere.embed-sim", SIGNED)
                + azure("az", "sim", "")
                + azure("az-filtered", "sim-fault-content-policy", "")
                + azure("az-v1", "sim", "/openai/v1")
                + Configs.openAi("oai", "sim", simulator.baseUrl())
                + """
                lanes:
                  premium: {privacy: cloud_allowed}
                routes:
                  bedrock: {lane: premium, chain: [bed]}
                  bedrock-bearer: {lane: premium, chain: [bed-bearer]}
                  role: {lane: premium, chain: [bed-role]}
                  signed-out: {lane: premium, chain: [bed-refused, oai]}
                  titan: {lane: premium, chain: [titan]}
                  cohere: {lane: premium, chain: [cohere]}
                  azure: {lane: premium, chain: [az]}
                  azure-v1: {lane: premium, chain: [az-v1]}
                  filtered: {lane: premium, chain: [az-filtered, bed]}
                  missigned: {lane: premium, chain: [bed-missigned, oai]}
                  throttled: {lane: premium, chain: [bed-throttled, oai]}
                  broken: {lane: premium, chain: [bed-broken]}
                  cut: {lane: premium, chain: [bed-cut]}
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 30}
                """;
    }

    private String role(String name) {
        return SIGNED + ", aws_role_name: \"arn:aws:iam::123456789012:role/" + name
                + "\", aws_sts_endpoint: \"http://127.0.0.1:" + sts.actualPort() + "\"";
    }

    private String bedrock(String name, String model, String access) {
        return """
                  - model_name: %s
                    litellm_params: {model: "bedrock/%s", api_base: "%s", %s, timeout: 3, stream_timeout: 2}
                """.formatted(name, model, simulator.baseUrl(), access);
    }

    private String azure(String name, String model, String path) {
        return """
                  - model_name: %s
                    litellm_params: {model: "azure/%s", api_base: "%s/azure%s", api_key: os.environ/SIM_KEY, api_version: "2024-10-21", timeout: 3, stream_timeout: 2}
                """.formatted(name, model, simulator.baseUrl(), path);
    }

    @BeforeAll
    void connect() {
        openAi = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.api() + "/v1")
                .apiKey(Gateway.KEY)
                .maxRetries(0)
                .responseValidation(true)
                .build();
        anthropic = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.api().toString())
                .apiKey(Gateway.KEY)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    @AfterAll
    void disconnect() {
        openAi.close();
        anthropic.close();
    }

    @ParameterizedTest
    @CsvSource({
        "bedrock, BEDROCK, /model/sim%3A0/converse",
        "bedrock-bearer, BEDROCK, /model/sim/converse",
        "role, BEDROCK, /model/sim/converse",
        "azure, OPENAI, /azure/openai/deployments/sim/chat/completions",
        "azure-v1, OPENAI, /azure/openai/v1/chat/completions"
    })
    void shouldAnswerOpenAisClient(String route, Vendor vendor, String path) {
        ChatCompletion completion =
                ask(to(route).addDeveloperMessage("Be brief.").addUserMessage("say: by another cloud"));

        assertThat(text(completion)).isEqualTo("by another cloud");
        assertThat(completion.model()).isEqualTo(route);
        assertThat(finish(completion)).isEqualTo("stop");
        assertThat(lastCall().vendor()).isEqualTo(vendor);
        assertThat(lastCall().path()).isEqualTo(path);
        assertBilled(completion, lastCall());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bedrock", "azure"})
    void shouldStreamToOpenAisClient(String route) {
        ChatCompletion completion = stream(to(route)
                .addUserMessage("say: every event has its lane, and naïve 🚦 too")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build()));

        assertThat(text(completion)).isEqualTo("every event has its lane, and naïve 🚦 too");
        assertThat(finish(completion)).isEqualTo("stop");
        assertThat(lastCall().stream()).isTrue();
        assertBilled(completion, lastCall());
    }

    @ParameterizedTest
    @CsvSource({"bedrock, false", "bedrock, true", "azure, false", "azure, true"})
    void shouldCallAToolForOpenAisClient(String route, boolean streamed) {
        ChatCompletionCreateParams.Builder talk =
                to(route).addFunctionTool(weather()).addUserMessage("Please call get_weather for me.");
        ChatCompletion asked = streamed ? stream(talk) : ask(talk);
        ChatCompletionMessageFunctionToolCall call = asked.choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction();
        talk.addMessage(asked.choices().getFirst().message())
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content("sunny, 21 degrees")
                        .build());

        ChatCompletion answered = streamed ? stream(talk) : ask(talk);

        assertThat(finish(asked)).isEqualTo("tool_calls");
        assertThat(call.function().name()).isEqualTo("get_weather");
        assertThat(call.function().arguments(JsonNode.class).at("/city").isTextual())
                .isTrue();
        assertThat(text(answered)).isEqualTo("The tool said: sunny, 21 degrees");
    }

    @ParameterizedTest
    @CsvSource({"bedrock, false", "bedrock, true", "azure, false", "azure, true"})
    void shouldCallAToolForAnthropicsClient(String route, boolean streamed) {
        MessageCreateParams.Builder talk = MessageCreateParams.builder()
                .model(route)
                .maxTokens(200)
                .addTool(Tool.builder()
                        .name("get_weather")
                        .inputSchema(Tool.InputSchema.builder()
                                .properties(Tool.InputSchema.Properties.builder()
                                        .putAdditionalProperty(
                                                "city", com.anthropic.core.JsonValue.from(Map.of("type", "string")))
                                        .build())
                                .addRequired("city")
                                .build())
                        .build())
                .addUserMessage("Please call get_weather for me.");
        Message asked = message(talk, streamed);
        ToolUseBlock call = asked.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .findFirst()
                .orElseThrow();
        talk.addMessage(asked)
                .addUserMessageOfContentBlockParams(List.of(
                        com.anthropic.models.messages.ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                .toolUseId(call.id())
                                .content("sunny")
                                .build())));

        Message answered = message(talk, streamed);

        assertThat(asked.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(text(answered)).isEqualTo("The tool said: sunny");
        assertThat(answered.usage().outputTokens()).isEqualTo(lastCall().usage().completion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttled", "missigned"})
    void shouldFallBackFromBedrock(String route) {
        ChatCompletion completion = ask(to(route).addUserMessage("say: by the next hop"));

        assertThat(text(completion)).isEqualTo("by the next hop");
        assertThat(lastCall().vendor()).isEqualTo(Vendor.OPENAI);
        Call before = simulator.calls().get(simulator.calls().size() - 2);
        assertThat(before.vendor()).isEqualTo(Vendor.BEDROCK);
        assertThat(before.status()).isEqualTo(route.equals("throttled") ? 429 : 403);
    }

    @Test
    void shouldLeaveOutWhoseRoleIsRefused() {
        int before = simulator.calls().size();

        ChatCompletion completion = ask(to("signed-out").addUserMessage("say: by the next hop"));

        assertThat(text(completion)).isEqualTo("by the next hop");
        assertThat(simulator.calls().subList(before, simulator.calls().size()))
                .extracting(Call::vendor)
                .containsExactly(Vendor.OPENAI);
    }

    @Test
    void shouldFallBackFromAzuresFilterToBedrock() {
        ChatCompletion completion = stream(to("filtered").addUserMessage("say: not filtered here"));

        assertThat(text(completion)).isEqualTo("not filtered here");
        assertThat(lastCall().vendor()).isEqualTo(Vendor.BEDROCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "cut"})
    void shouldEndABrokenStreamByAnError(String route) {
        assertThatExceptionOfType(OpenAIException.class)
                .isThrownBy(() -> stream(to(route).addUserMessage("Tell me of lanes.")));
    }

    @ParameterizedTest
    @CsvSource({"titan, titan-embed-sim", "cohere, cohere.embed-sim"})
    void shouldEmbedByBedrock(String route, String model) throws Exception {
        CreateEmbeddingResponse vectors = openAi.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(route)
                        .input("a lane")
                        .build());

        assertThat(vectors.data().getFirst().embedding()).hasSize(64);
        assertThat(lastCall().path()).isEqualTo("/model/" + model + "/invoke");
    }

    private static ChatCompletionCreateParams.Builder to(String route) {
        return ChatCompletionCreateParams.builder().model(route);
    }

    private ChatCompletion ask(ChatCompletionCreateParams.Builder params) {
        return openAi.chat().completions().create(params.build());
    }

    private ChatCompletion stream(ChatCompletionCreateParams.Builder params) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        ChatCompletionCreateParams asked = params.build();
        try (StreamResponse<ChatCompletionChunk> chunks =
                openAi.chat().completions().createStreaming(asked)) {
            chunks.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private Message message(MessageCreateParams.Builder params, boolean streamed) {
        if (!streamed) {
            return anthropic.messages().create(params.build());
        }
        MessageAccumulator whole = MessageAccumulator.create();
        try (com.anthropic.core.http.StreamResponse<RawMessageStreamEvent> events =
                anthropic.messages().createStreaming(params.build())) {
            events.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static FunctionDefinition weather() {
        return FunctionDefinition.builder()
                .name("get_weather")
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .build())
                .build();
    }

    private static void assertBilled(ChatCompletion completion, Call call) {
        assertThat(completion.usage().orElseThrow().promptTokens())
                .isEqualTo(call.usage().prompt());
        assertThat(completion.usage().orElseThrow().completionTokens())
                .isEqualTo(call.usage().completion());
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().getFirst().message().content().orElse("");
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    private static String finish(ChatCompletion completion) {
        return completion.choices().getFirst().finishReason().asString();
    }
}
