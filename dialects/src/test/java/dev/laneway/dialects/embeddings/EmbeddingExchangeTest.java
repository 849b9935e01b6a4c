package dev.laneway.dialects.embeddings;

import static dev.laneway.dialects.TestTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.continuing.Continuation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pair of a caller who wants embeddings and a vendor who makes them. */
class EmbeddingExchangeTest {
    private static final String FIRST = "[0.0123456789012345,-1,2.5e-07]";
    private static final String SECOND = "[0.25,0,-0.70710677]";
    private static final String VENDORS_MODEL = "vendor-model-3";

    /** Who asks. */
    enum Ear {
        OPENAI(Dialect.OPENAI_EMBEDDINGS, "{'model':'r','input':['a','b']}", "data", "embedding"),
        OPENAI_PACKED(
                Dialect.OPENAI_EMBEDDINGS,
                "{'model':'r','encoding_format':'base64','input':['a','b']}",
                "data",
                "embedding"),
        OLLAMA(Dialect.OLLAMA_EMBED, "{'model':'r','input':['a','b']}", "embeddings", "");

        private final Dialect dialect;
        private final String body;
        private final String list;
        private final String member;

        Ear(Dialect dialect, String body, String list, String member) {
            this.dialect = dialect;
            this.body = body;
            this.list = list;
            this.member = member;
        }

        List<String> vectors(byte[] answer) {
            var vectors = new ArrayList<String>();
            for (var item : json(answer).path(list)) {
                var vector = member.isEmpty() ? item : item.path(member);
                vectors.add(vector.isTextual() ? vector.textValue() : vector.toString());
            }
            return vectors;
        }
    }

    /** Who answers. */
    enum Voice {
        OPENAI("openai"),
        OLLAMA("ollama"),
        COHERE("cohere"),
        GEMINI("gemini");

        private final String provider;

        Voice(String provider) {
            this.provider = provider;
        }

        String answer(String... vectors) {
            return switch (this) {
                case OPENAI -> {
                    var data = new ArrayList<String>();
                    for (var i = 0; i < vectors.length; i++) {
                        data.add("{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":" + vectors[i] + "}");
                    }
                    yield "{\"object\":\"list\",\"data\":[" + String.join(",", data) + "],\"model\" : \""
                            + VENDORS_MODEL + "\",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}\n";
                }
                case OLLAMA ->
                    "{\"model\":\"" + VENDORS_MODEL + "\",\"embeddings\":[" + String.join(",", vectors)
                            + "],\"total_duration\":14143917,\"prompt_eval_count\":7}";
                case COHERE ->
                    "{\"id\":\"x\",\"embeddings\":{\"float\":[" + String.join(",", vectors)
                            + "]},\"texts\":[\"a\",\"b\"],\"meta\":{\"billed_units\":{\"input_tokens\":7.0}}}";
                case GEMINI ->
                    "{\"embeddings\":[" + (vectors.length == 0 ? "" : "{\"values\":")
                            + String.join("},{\"values\":", vectors) + (vectors.length == 0 ? "" : "}")
                            + "],\"usageMetadata\":{\"promptTokenCount\":7}}";
            };
        }
    }

    record Way(Ear ear, Voice voice) {
        Exchange open(String body) {
            return Exchange.open(
                    Dialects.caller(ear.dialect),
                    bytes(body),
                    voice == Voice.GEMINI
                            ? GeminiTargets.of(VENDORS_MODEL)
                            : TestTargets.of(voice.provider, VENDORS_MODEL, false),
                    new RenderContext("r1", "my-\"route\"", 1, false, false),
                    Continuation.POSSIBLE);
        }

        AnswerPipe pipe() {
            return ((Exchange.Ready) open(ear.body)).answer();
        }
    }

    static Stream<Way> ways() {
        return Stream.of(Ear.values()).flatMap(ear -> Stream.of(Voice.values()).map(voice -> new Way(ear, voice)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldCarryVectorsInOrder(Way way) {
        var pipe = way.pipe();

        var answer = all(pipe, way.voice.answer(FIRST, SECOND));

        assertThat(pipe.failure()).isNull();
        assertThat(pipe.finished()).isTrue();
        assertThat(pipe.tokenSeen()).isTrue();
        assertThat(way.ear.vectors(answer))
                .isEqualTo(
                        way.ear == Ear.OPENAI_PACKED
                                ? List.of(packed(0.0123456789012345f, -1, 2.5e-07f), packed(0.25f, 0, -0.70710677f))
                                : List.of(FIRST, SECOND).stream()
                                        .map(vector -> json(vector.getBytes(StandardCharsets.UTF_8))
                                                .toString())
                                        .toList());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldLeaveNumbersAsTheVendorWroteThem(Way way) {
        var answer = all(way.pipe(), way.voice.answer(FIRST, SECOND));

        if (way.ear != Ear.OPENAI_PACKED) {
            assertThat(new String(answer, StandardCharsets.UTF_8)).contains(FIRST, SECOND);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldReportUsageAndShowTheRoute(Way way) {
        var pipe = way.pipe();

        var answer = all(pipe, way.voice.answer(FIRST, SECOND));

        assertThat(pipe.usage()).isEqualTo(TokenUsage.of(7, 0));
        assertThat(json(answer).path("model").textValue()).isEqualTo("my-\"route\"");
        assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain(VENDORS_MODEL);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldSayTheSameHoweverTheAnswerIsCut(Way way) {
        var random = new Random(5);
        var answer = way.voice.answer(FIRST, SECOND).getBytes(StandardCharsets.UTF_8);
        var expected = new String(all(way.pipe(), way.voice.answer(FIRST, SECOND)), StandardCharsets.UTF_8);
        for (var round = 0; round < 100; round++) {
            var pipe = way.pipe();
            for (var at = 0; at < answer.length; ) {
                var length = Math.min(answer.length - at, 1 + random.nextInt(round % 3 == 0 ? 1 : 40));
                pipe.feed(answer, at, length);
                at += length;
            }

            assertThat(new String(pipe.end(), StandardCharsets.UTF_8)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldNoticeWhatIsNoAnswer(Way way) {
        var answer = way.voice.answer(FIRST, SECOND);

        assertThat(failure(way, "")).isEqualTo(FailureKind.EMPTY_ANSWER);
        assertThat(failure(way, way.voice.answer())).isEqualTo(FailureKind.EMPTY_ANSWER);
        assertThat(failure(way, answer.substring(0, answer.length() - 4))).isEqualTo(FailureKind.MALFORMED);
        assertThat(failure(way, answer + "{}")).isEqualTo(FailureKind.MALFORMED);
        assertThat(failure(way, "<html>no</html>")).isEqualTo(FailureKind.MALFORMED);
        assertThat(failure(way, way.voice.answer("[0.5,null]", SECOND))).isEqualTo(FailureKind.MALFORMED);
        assertThat(failure(way, "{\"error\":{\"message\":\"busy\",\"code\":503}}"))
                .isEqualTo(FailureKind.OVERLOADED);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldUnderstandAnErrorOfTheVendor(Way way) {
        var exchange = (Exchange.Ready) way.open(way.ear.body);

        var failure = exchange.classify(429, name -> null, bytes("{'error':'slow down, " + VENDORS_MODEL + "'}"), 0);

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.message()).isEqualTo("slow down, my-\"route\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"OLLAMA", "COHERE", "GEMINI"})
    void shouldRefuseAnAnswerThatLacksAVector(Voice voice) {
        assertThat(failure(new Way(Ear.OPENAI, voice), voice.answer(FIRST))).isEqualTo(FailureKind.MALFORMED);
    }

    @Test
    void shouldUnpackWhatAVendorPackedUnasked() {
        var way = new Way(Ear.OPENAI, Voice.OPENAI);

        var answer = all(way.pipe(), way.voice.answer('"' + packed(0.25f, -1) + '"', '"' + packed(1e-7f, 3) + '"'));

        assertThat(way.ear.vectors(answer)).containsExactly("[0.25,-1.0]", "[1.0E-7,3.0]");
    }

    @Test
    void shouldGoByTheIndexesOfAVendor() {
        var swapped =
                Voice.OPENAI.answer(FIRST, SECOND).replace("x\":0", "x\":9").replace("x\":1", "x\":0");
        var way = new Way(Ear.OLLAMA, Voice.OPENAI);

        var answer = all(way.pipe(), swapped.replace("x\":9", "x\":1"));

        assertThat(new String(answer, StandardCharsets.UTF_8)).contains(SECOND + "," + FIRST);
    }

    @Test
    void shouldPassOnWhatNobodyKnows() {
        var way = new Way(Ear.OPENAI, Voice.OPENAI);
        var odd = Voice.OPENAI
                .answer(FIRST, SECOND)
                .replace("{\"object\":\"list\"", "{ \"odd\": [1, {}], \"object\":\"list\"");

        var answer = all(way.pipe(), odd);

        assertThat(new String(answer, StandardCharsets.UTF_8))
                .isEqualTo(odd.replace('"' + VENDORS_MODEL + '"', "\"my-\\\"route\\\"\""));
    }

    @Test
    void shouldCarryManyLargeVectors() {
        var way = new Way(Ear.OPENAI_PACKED, Voice.OLLAMA);
        var vector = "[" + "0.012345678,".repeat(3_071) + "1]";
        var pipe = ((Exchange.Ready)
                        way.open("{'model':'r','encoding_format':'base64','input':[" + "'a',".repeat(99) + "'b']}"))
                .answer();

        var answer = all(
                pipe, way.voice.answer(Stream.generate(() -> vector).limit(100).toArray(String[]::new)));

        assertThat(way.ear.vectors(answer)).hasSize(100).allMatch(text -> text.length() == 3_072 * 4 / 3 * 4);
    }

    @Test
    void shouldRefuseWhereTheVendorMakesNone() {
        var exchange = Exchange.open(
                Dialects.caller(Dialect.OPENAI_EMBEDDINGS),
                bytes(Ear.OPENAI.body),
                TestTargets.of("anthropic", "m", false),
                new RenderContext("r1", "r", 1, false, false),
                Continuation.NONE);

        assertThat(((Exchange.Refused) exchange).failure().kind()).isEqualTo(FailureKind.REJECTED);
        assertThat(((Exchange.Refused) exchange).failure().message()).isEqualTo("This vendor makes no embeddings.");
    }

    private static FailureKind failure(Way way, String answer) {
        var pipe = way.pipe();
        assertThat(all(pipe, answer)).isEmpty();
        assertThat(pipe.failure()).isNotNull();
        return pipe.failure().kind();
    }

    private static byte[] all(AnswerPipe pipe, String answer) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(pipe.feed(answer.getBytes(StandardCharsets.UTF_8)));
        out.writeBytes(pipe.end());
        return out.toByteArray();
    }

    private static String packed(float... numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (var number : numbers) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return new ObjectMapper().readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
