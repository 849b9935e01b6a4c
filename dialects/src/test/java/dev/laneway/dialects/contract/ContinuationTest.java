package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Continuation;
import dev.laneway.dialects.providers.ProviderCatalogue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream that breaks off at one vendor and is continued by another, for each pair of vendors and each caller. */
class ContinuationTest {
    private static final String REST = "wörld ✓ \"quoted\"\nand more";

    /** Who speaks what. */
    record Way(Dialect caller, Dialect first, Dialect second) {
        CallerEar ear() {
            return CallerEar.of(caller);
        }
    }

    static Stream<Way> ways() {
        return Stream.of(Dialect.values())
                .filter(ContinuationTest::chats)
                .flatMap(caller -> vendors().flatMap(first -> vendors().map(second -> new Way(caller, first, second))));
    }

    private static boolean chats(Dialect dialect) {
        return !Set.of(Dialect.OPENAI_COMPLETIONS, Dialect.OPENAI_EMBEDDINGS, Dialect.OLLAMA_EMBED)
                .contains(dialect);
    }

    private static Stream<Dialect> vendors() {
        return Stream.of(Dialect.values()).filter(dialect -> chats(dialect) && dialect != Dialect.OLLAMA_GENERATE);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldBeOneStreamForTheClient(Way way) {
        var told = new ByteArrayOutputStream();
        var first = open(way, way.first(), Continuation.POSSIBLE);
        told.writeBytes(first.answer().feed(voice(way.first()).beginning()));
        var second = open(
                way, way.second(), Continuation.of(Beginning.read(first.answer().beginning())));

        told.writeBytes(second.answer().feed(says(way.second(), REST)));
        told.writeBytes(second.answer().end());

        var heard = way.ear().stream(told.toByteArray());
        assertThat(heard.text()).isEqualTo(VendorVoice.TEXT_START + REST);
        assertThat(heard.whole()).isTrue();
        assertThat(heard.finish()).isEqualTo(way.ear().stop());
        assertThat(heard.model()).isEqualTo("my-route");
        assertThat(second.answer().usage()).as("of the call itself").isEqualTo(new TokenUsage(40, 9, 0, 0, 0));
        var before = first.answer().usage() == null
                ? TokenUsage.NONE
                : first.answer().usage();
        assertThat(heard.usage())
                .as("of both")
                .isEqualTo(way.ear().ofUsage(new TokenUsage(40, 9, 0, 0, 0).plus(before)));
        var text = told.toString(StandardCharsets.UTF_8);
        var once = switch (way.caller()) {
            case OPENAI_CHAT -> "\"role\":";
            case ANTHROPIC_MESSAGES -> "event: message_start";
            case OPENAI_RESPONSES -> "event: response.created";
            case OLLAMA_CHAT, OLLAMA_GENERATE -> "\"done\":true";
            case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                throw new IllegalArgumentException(way.caller().id());
            case GEMINI -> "\"finishReason\":";
        };
        assertThat(text).containsOnlyOnce(once);
        if (way.caller() == Dialect.OPENAI_CHAT || way.caller() == Dialect.GEMINI) {
            var id = way.caller() == Dialect.GEMINI ? "responseId" : "id";
            var ids = CallerEar.events(told.toByteArray()).stream()
                    .filter(event -> event.data().startsWith("{"))
                    .map(event -> CallerEar.json(event.data()).path(id).asText())
                    .distinct();
            assertThat(ids).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldAskToGoOn(Way way) {
        var first = open(way, way.first(), Continuation.POSSIBLE);
        first.answer().feed(voice(way.first()).beginning());

        var second = open(
                way, way.second(), Continuation.of(Beginning.read(first.answer().beginning())));

        JsonNode body = CallerEar.json(second.call().body());
        JsonNode messages = body.path(
                switch (way.second()) {
                    case OPENAI_CHAT, ANTHROPIC_MESSAGES, OLLAMA_CHAT -> "messages";
                    case OLLAMA_GENERATE, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                        throw new IllegalArgumentException(way.second().id());
                    case OPENAI_RESPONSES -> "input";
                    case GEMINI -> "contents";
                });
        JsonNode last = messages.path(messages.size() - 1);
        JsonNode said = messages.path(messages.size() - 2);
        switch (way.second()) {
            case ANTHROPIC_MESSAGES -> {
                assertThat(last.path("role").asText()).isEqualTo("assistant");
                assertThat(last.path("content").findValuesAsText("text"))
                        .as("no space at its end")
                        .containsExactly(VendorVoice.TEXT_START.strip());
            }
            case OPENAI_CHAT, OPENAI_RESPONSES, OLLAMA_CHAT -> {
                assertThat(last.path("role").asText()).isEqualTo("user");
                assertThat(text(last)).contains("Go on");
                assertThat(said.path("role").asText()).isEqualTo("assistant");
                assertThat(text(said)).isEqualTo(VendorVoice.TEXT_START);
            }
            case GEMINI -> {
                assertThat(last.path("role").asText()).isEqualTo("user");
                assertThat(last.findValuesAsText("text").getFirst()).contains("Go on");
                assertThat(said.path("role").asText()).isEqualTo("model");
                assertThat(said.findValuesAsText("text")).containsExactly(VendorVoice.TEXT_START);
            }
            case OLLAMA_GENERATE, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                throw new IllegalArgumentException(way.second().id());
        }
    }

    private static String text(JsonNode message) {
        var content = message.path("content");
        return content.isTextual()
                ? content.textValue()
                : content.path(0).path("text").asText();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldGoOnWithWhatTwoBrokenAttemptsSaid(Way way) {
        var told = new ByteArrayOutputStream();
        var first = open(way, way.first(), Continuation.POSSIBLE);
        told.writeBytes(first.answer().feed(voice(way.first()).beginning()));
        var second = open(
                way, way.second(), Continuation.of(Beginning.read(first.answer().beginning())));
        told.writeBytes(second.answer().feed(begins(way.second(), "wide ")));

        var third = open(
                way, way.first(), Continuation.of(Beginning.read(second.answer().beginning())));
        told.writeBytes(third.answer().feed(says(way.first(), REST)));
        told.writeBytes(third.answer().end());

        assertThat(way.ear().stream(told.toByteArray()).text()).isEqualTo("Hello, wide " + REST);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldHaveNothingToGoOnWithInTheMiddleOfMoreThanText(Way way) {
        for (byte[] answer : new byte[][] {
            voice(way.first()).calls(true),
            voice(way.first()).text(true, voice(way.first()).stop()),
            voice(way.first()).nothing(true)
        }) {
            var exchange = open(way, way.first(), Continuation.POSSIBLE);

            exchange.answer().feed(answer);

            assertThat(exchange.answer().beginning()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldFailWhereNothingNewIsSaid(Way way) {
        var second = open(way, way.second(), Continuation.of(beginning(way)));

        var shown = second.answer().feed(says(way.second(), ""));
        var last = second.answer().end();

        assertThat(shown).isEmpty();
        assertThat(last).isEmpty();
        assertThat(Objects.requireNonNull(second.failure()).kind()).isEqualTo(FailureKind.EMPTY_ANSWER);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldFailWhereTheAnswerBeginsAllOver(Way way) {
        var second = open(way, way.second(), Continuation.of(beginning(way)));
        var again = beginning(way).text().substring(0, 70);

        var shown = second.answer().feed(says(way.second(), again + " but another way"));

        assertThat(shown).isEmpty();
        assertThat(Objects.requireNonNull(second.failure()).kind()).isEqualTo(FailureKind.MALFORMED);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldKeepNothingUnasked(Way way) {
        var exchange = open(way, way.first(), Continuation.NONE);

        exchange.answer().feed(voice(way.first()).beginning());

        assertThat(exchange.answer().beginning()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldLowerTheLimitByWhatWasSaid(Way way) {
        var text = "four".repeat(10);
        var beginning = new Beginning("id", 1, 0, true, text, TokenUsage.NONE);

        var second = open(way, way.second(), Continuation.of(beginning));

        assertThat(limit(second)).isEqualTo(LIMIT - 10);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldLowerTheOperatorsLimitByWhatWasSaid(Way way) {
        var beginning = new Beginning("id", 1, 0, true, "four".repeat(10), TokenUsage.NONE);

        var second = open(way, way.second(), Continuation.of(beginning), new Target.Policy(50, Set.of()));

        assertThat(limit(second)).isEqualTo(40);
    }

    private static int limit(Exchange.Ready exchange) {
        var body = CallerEar.json(exchange.call().body());
        return body.path("max_tokens").asInt()
                + body.path("max_completion_tokens").asInt()
                + body.path("max_output_tokens").asInt()
                + body.path("options").path("num_predict").asInt()
                + body.path("generationConfig").path("maxOutputTokens").asInt();
    }

    private static final int LIMIT = 100;

    private static Beginning beginning(Way way) {
        var text = "There are seven lanes, and each of them has its own rule of what may leave the network; ";
        return new Beginning("id", 1, 0, way.caller() == Dialect.ANTHROPIC_MESSAGES, text, TokenUsage.NONE);
    }

    private static VendorVoice voice(Dialect vendor) {
        return VendorVoice.of(vendor);
    }

    private static byte[] begins(Dialect vendor, String text) {
        var quoted = CallerEar.MAPPER.getNodeFactory().textNode(text).toString();
        return (switch (vendor) {
                    case OPENAI_CHAT ->
                        "data: {\"id\":\"other\",\"created\":5,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":"
                                + "\"assistant\",\"content\":" + quoted + "},\"finish_reason\":null}]}\n\n";
                    case ANTHROPIC_MESSAGES ->
                        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"other\",\"model\":\"m\","
                                + "\"content\":[]}}\n\n"
                                + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
                                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                                + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                                + "\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted + "}}\n\n";
                    case OPENAI_RESPONSES ->
                        "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"other\","
                                + "\"model\":\"m\"},\"sequence_number\":0}\n\n"
                                + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
                                + "\"output_index\":0,\"delta\":" + quoted + ",\"sequence_number\":1}\n\n";
                    case OLLAMA_CHAT ->
                        "{\"model\":\"m\",\"created_at\":\"2026-11-21T23:53:03.68Z\",\"message\":{\"role\":\"assistant\",\"content\":"
                                + quoted + "},\"done\":false}\n";
                    case OLLAMA_GENERATE -> throw new IllegalArgumentException("no vendor speaks it");
                    case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                        throw new IllegalArgumentException(vendor.id());
                    case GEMINI ->
                        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":" + quoted
                                + "}],\"role\":\"model\"},"
                                + "\"index\":0}],\"modelVersion\":\"m\",\"responseId\":\"other\"}\n\n";
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] says(Dialect vendor, String text) {
        var end = switch (vendor) {
            case OPENAI_CHAT ->
                "data: {\"id\":\"other\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: {\"id\":\"other\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":40,"
                        + "\"completion_tokens\":9,\"total_tokens\":49}}\n\ndata: [DONE]\n\n";
            case ANTHROPIC_MESSAGES ->
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                        + "\"usage\":{\"input_tokens\":40,\"output_tokens\":9}}\n\n"
                        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
            case OPENAI_RESPONSES ->
                "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"id\":\"other\","
                        + "\"status\":\"completed\",\"usage\":{\"input_tokens\":40,\"output_tokens\":9}},"
                        + "\"sequence_number\":2}\n\n";
            case OLLAMA_CHAT ->
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
                        + "\"prompt_eval_count\":40,\"eval_count\":9}\n";
            case OLLAMA_GENERATE -> throw new IllegalArgumentException("no vendor speaks it");
            case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED -> throw new IllegalArgumentException(vendor.id());
            case GEMINI ->
                "data: {\"candidates\":[{\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{"
                        + "\"promptTokenCount\":40,\"candidatesTokenCount\":9},\"modelVersion\":\"m\"}\n\n";
        };
        var all = new ByteArrayOutputStream();
        all.writeBytes(begins(vendor, text));
        all.writeBytes(end.getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    private static Exchange.Ready open(Way way, Dialect vendor, Continuation continuation) {
        return open(way, vendor, continuation, Target.Policy.NONE);
    }

    private static Exchange.Ready open(Way way, Dialect vendor, Continuation continuation, Target.Policy policy) {
        var target = new Target(
                Objects.requireNonNull(ProviderCatalogue.find(voice(vendor).provider())),
                VendorVoice.MODEL,
                new Target.Endpoint(voice(vendor).base(), "the-key", Map.of()),
                "r1:0:0",
                true,
                Map.of(),
                policy);
        var body = switch (way.caller()) {
            case OPENAI_CHAT, ANTHROPIC_MESSAGES ->
                "{\"model\":\"m\",\"stream\":true,\"max_tokens\":" + LIMIT
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Greet.\"}]}";
            case OPENAI_RESPONSES ->
                "{\"model\":\"m\",\"stream\":true,\"max_output_tokens\":" + LIMIT
                        + ",\"input\":[{\"role\":\"user\",\"content\":\"Greet.\"}]}";
            case GEMINI ->
                "{\"contents\":{\"parts\":{\"text\":\"Greet.\"}},\"generationConfig\":{\"maxOutputTokens\":" + LIMIT
                        + "}}";
            case OLLAMA_CHAT ->
                "{\"model\":\"m\",\"options\":{\"num_predict\":" + LIMIT
                        + "},\"messages\":[{\"role\":\"user\",\"content\":\"Greet.\"}]}";
            case OLLAMA_GENERATE ->
                "{\"model\":\"m\",\"options\":{\"num_predict\":" + LIMIT + "},\"prompt\":\"Greet.\"}";
            case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                throw new IllegalArgumentException(way.caller().id());
        };
        return (Exchange.Ready) Exchange.open(
                Dialects.inbound(way.caller()),
                body.getBytes(StandardCharsets.UTF_8),
                target,
                new RenderContext("r1", "my-route", 1_790_000_000, true, true),
                continuation);
    }
}
