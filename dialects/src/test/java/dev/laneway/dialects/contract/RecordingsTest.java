package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.TranslatingPipe;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real answers of vendors, whole and in pieces of 7 bytes. They are not ours to distribute. */
class RecordingsTest {
    private static final RenderContext CONTEXT = new RenderContext("r1", "", 1, true, true);

    @ParameterizedTest
    @CsvSource({
        "oai-chat-tools.txt, OPENAI_CHAT",
        "oai-chat-usage.txt, OPENAI_CHAT",
        "deepseek-reasoning.txt, OPENAI_CHAT",
        "ant-thinking.txt, ANTHROPIC_MESSAGES",
        "ant-tools.txt, ANTHROPIC_MESSAGES",
        "oai-resp-tools.txt, OPENAI_RESPONSES",
        "gem-tool-sig.txt, GEMINI"
    })
    void shouldReadTheSameWholeAndInPieces(String file, Dialect vendor) {
        shouldReadTheSame(file, vendor);
    }

    @Test
    void shouldReadBedrocksEventStream() {
        shouldReadTheSame("bed-tools.bin", VendorOnlyDialect.BEDROCK_CONVERSE);

        var heard = translated("bed-tools.bin", VendorOnlyDialect.BEDROCK_CONVERSE, Dialect.OPENAI_CHAT);
        assertThat(heard.text()).isEqualTo("Okay, let me check the weather for Barcelona using the available tool:");
        assertThat(heard.calls())
                .containsExactly(new Heard.Call(
                        "tooluse_yypYDr71TwCwByoyao4-Vg", "get_weather", "{\"location\": \"Barcelona\"}"));
        assertThat(heard.finish()).isEqualTo("tool_calls");
        assertThat(heard.usage()).isEqualTo(TokenUsage.of(236, 58));
    }

    private static void shouldReadTheSame(String file, VendorDialect vendor) {
        var bytes = recording(file);

        var whole = events(vendor, bytes, bytes.length);
        var pieces = events(vendor, bytes, 7);
        var bytewise = events(vendor, bytes, 1);

        assertThat(whole).noneMatch(ChatEvent.Failed.class::isInstance).hasSizeGreaterThan(2);
        assertThat(pieces).isEqualTo(whole);
        assertThat(bytewise).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({
        "oai-chat-tools.txt, OPENAI_CHAT",
        "oai-chat-usage.txt, OPENAI_CHAT",
        "deepseek-reasoning.txt, OPENAI_CHAT",
        "ant-thinking.txt, ANTHROPIC_MESSAGES",
        "ant-tools.txt, ANTHROPIC_MESSAGES",
        "gem-tool-sig.txt, GEMINI"
    })
    void shouldPassOnByteForByte(String file, Dialect dialect) {
        var bytes = recording(file);

        var whole = run(Dialects.outbound(dialect).passThroughAnswer(CONTEXT), bytes, bytes.length);
        var pieces = run(Dialects.outbound(dialect).passThroughAnswer(CONTEXT), bytes, 7);

        var text = new String(bytes, StandardCharsets.UTF_8);
        var end = text.endsWith("\r\n\r\n") ? "\r\n\r\n" : "\n\n";
        assertThat(new String(whole, StandardCharsets.UTF_8)).isEqualTo(text.stripTrailing() + end);
        assertThat(new String(pieces, StandardCharsets.UTF_8)).isEqualTo(text.stripTrailing() + end);
    }

    @Test
    void shouldPassAzuresAnswerOnButForWhatOnlyItsFilterSaid() {
        var bytes = recording("azure-filter.txt");

        var whole = run(Dialects.outbound(Dialect.OPENAI_CHAT).passThroughAnswer(CONTEXT), bytes, bytes.length);

        var text = new String(bytes, StandardCharsets.UTF_8).stripTrailing() + "\n\n";
        var filters = text.substring(0, text.indexOf("\n\n") + 2);
        assertThat(filters).contains("\"object\":\"\"");
        assertThat(new String(whole, StandardCharsets.UTF_8)).isEqualTo(text.substring(filters.length()));
    }

    @Test
    void shouldPassAResponseOnButForItsIds() {
        var bytes = recording("oai-resp-tools.txt");
        var call = "fc_67e554a1de488191af0831d35cbe082e0794405d35281ae2";

        var whole = run(Dialects.outbound(Dialect.OPENAI_RESPONSES).passThroughAnswer(CONTEXT), bytes, bytes.length);
        var pieces = run(Dialects.outbound(Dialect.OPENAI_RESPONSES).passThroughAnswer(CONTEXT), bytes, 7);

        var text = new String(bytes, StandardCharsets.UTF_8).stripTrailing() + "\n\n";
        var expected = text.replace("resp_67e554a155508191900ee113293c4c830794405d35281ae2", "resp_r1")
                .replace(call, call + "~r1");
        assertThat(new String(whole, StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(pieces).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_CHAT, tool_calls", "ANTHROPIC_MESSAGES, tool_use"})
    void shouldHearAToolCallOfAResponse(Dialect caller, String finish) {
        var heard = translated("oai-resp-tools.txt", Dialect.OPENAI_RESPONSES, caller);

        assertThat(heard.calls())
                .containsExactly(
                        new Heard.Call("call_kL0PCQV7M2WMoVX8V8OtYSAL", "get_capital", "{\"country\":\"France\"}"));
        assertThat(heard.finish()).isEqualTo(finish);
        assertThat(heard.usage()).isEqualTo(TokenUsage.of(255, 16));
    }

    @Test
    void shouldHearAToolCallOfOpenAi() {
        var heard = translated("oai-chat-tools.txt", Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_MESSAGES);

        assertThat(heard.calls())
                .containsExactly(
                        new Heard.Call("call_ZR5UUuTt3pf61kjwAJIYdVMj", "get_capital", "{\"country\":\"UK\"}"));
        assertThat(heard.finish()).isEqualTo("tool_use");
        assertThat(heard.usage()).isEqualTo(TokenUsage.of(53, 15));
    }

    @Test
    void shouldTakeAnAnswerThatOnlyThoughtForAnAnswer() {
        var pipe = Dialects.outbound(Dialect.OPENAI_CHAT).passThroughAnswer(CONTEXT);
        var bytes = recording("oai-chat-usage.txt");

        run(pipe, bytes, 7);

        assertThat(pipe.failure()).isNull();
        assertThat(pipe.tokenSeen()).isFalse();
        assertThat(pipe.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(pipe.usage()).isEqualTo(new TokenUsage(12, 100, 0, 0, 100));
    }

    @Test
    void shouldHearDeepSeekThink() {
        var heard = translated("deepseek-reasoning.txt", Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_MESSAGES);

        assertThat(heard.reasoning()).startsWith("Hmm, the user just said \"Hello");
        assertThat(heard.text()).endsWith("?");
        assertThat(heard.usage()).isEqualTo(new TokenUsage(6, 212, 0, 0, 198));
    }

    @Test
    void shouldHearAzureBehindItsFilterResults() {
        var heard = translated("azure-filter.txt", Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_MESSAGES);

        assertThat(heard.text()).startsWith("Why did the Opentelemetry").endsWith("!");
        assertThat(heard.finish()).isEqualTo("end_turn");
    }

    @Test
    void shouldHearClaudeThink() {
        var heard = translated("ant-thinking.txt", Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_CHAT);

        assertThat(heard.reasoning())
                .startsWith("Let me count the occurrences")
                .endsWith("appears 3 times in the word \"strawberry\".");
        assertThat(heard.signatures()).hasSize(1).allMatch(signature -> signature.startsWith("ErUBCkYI"));
        assertThat(heard.text()).isEqualTo("The letter 'r' appears 3 times in the word \"strawberry\".");
        assertThat(heard.usage()).isEqualTo(TokenUsage.of(52, 216));
    }

    @Test
    void shouldHearClaudesToolCalls() {
        var heard = translated("ant-tools.txt", Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_CHAT);

        assertThat(heard.text()).startsWith("Certainly! I can help you");
        assertThat(heard.calls()).extracting(Heard.Call::name).containsExactly("get_weather", "get_time");
        assertThat(heard.calls())
                .extracting(Heard.Call::arguments)
                .containsExactly(
                        "{\"location\": \"San Francisco, CA\", \"unit\": \"celsius\"}",
                        "{\"timezone\": \"America/Los_Angeles\"}");
        assertThat(heard.finish()).isEqualTo("tool_calls");
    }

    @Test
    void shouldHearGeminisSignedCall() {
        var openAi = translated("gem-tool-sig.txt", Dialect.GEMINI, Dialect.OPENAI_CHAT);
        var anthropic = translated("gem-tool-sig.txt", Dialect.GEMINI, Dialect.ANTHROPIC_MESSAGES);

        assertThat(openAi.calls()).extracting(Heard.Call::name).containsExactly("get_country");
        assertThat(openAi.calls()).extracting(Heard.Call::arguments).containsExactly("{}");
        assertThat(openAi.finish()).isEqualTo("tool_calls");
        assertThat(openAi.usage()).isEqualTo(new TokenUsage(29, 212, 0, 0, 202));
        assertThat(anthropic.signatures()).hasSize(1).allMatch(signature -> signature.startsWith("gemini;EpwICpkI"));
        assertThat(anthropic.finish()).isEqualTo("tool_use");
    }

    @Test
    void shouldHearWhenGeminiWantsToBeAskedAgain() {
        var failure = Dialects.outbound(Dialect.GEMINI).classify(429, HeaderLookup.NONE, recording("gem-429.json"), 0);

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryAfterMillis()).isEqualTo(34_400);
        assertThat(failure.message()).startsWith("You exceeded your current quota");
    }

    private static Heard translated(String file, VendorDialect vendor, Dialect caller) {
        var pipe = new TranslatingPipe(
                Dialects.vendor(vendor).reader(true), Dialects.inbound(caller).renderer(CONTEXT));
        var bytes = run(pipe, recording(file), 7);
        assertThat(pipe.failure()).isNull();
        return CallerEar.of(caller).stream(bytes);
    }

    private static byte[] run(AnswerPipe pipe, byte[] bytes, int size) {
        var out = new ByteArrayOutputStream();
        for (var at = 0; at < bytes.length; at += size) {
            out.writeBytes(pipe.feed(bytes, at, Math.min(size, bytes.length - at)));
        }
        out.writeBytes(pipe.end());
        return out.toByteArray();
    }

    private static List<ChatEvent> events(VendorDialect vendor, byte[] bytes, int size) {
        var reader = Dialects.vendor(vendor).reader(true);
        var events = new ArrayList<ChatEvent>();
        for (var at = 0; at < bytes.length; at += size) {
            events.addAll(reader.feed(bytes.clone(), at, Math.min(size, bytes.length - at)));
        }
        events.addAll(reader.end());
        return events;
    }

    private static byte[] recording(String name) {
        var folder = System.getenv("LANEWAY_RECORDINGS");
        assumeTrue(folder != null, "skipped: LANEWAY_RECORDINGS does not name the folder of vendors' recorded answers");
        var file = Path.of(folder, name);
        assumeTrue(Files.isReadable(file), "skipped: LANEWAY_RECORDINGS has no " + name);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
