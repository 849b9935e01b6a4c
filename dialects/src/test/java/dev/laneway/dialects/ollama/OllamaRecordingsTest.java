package dev.laneway.dialects.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real answers of a server, read and passed on whole and in pieces, and its refusals. */
class OllamaRecordingsTest {
    private static final String SAID =
            "Hello from a tiny model: café, \"quoted\" back\\slash <b>&amp;</b>\nline tab\t日語 and 🙂 end.";

    private static List<ChatEvent> events(Recording recording, int size) {
        var reader = Dialects.outbound(Dialect.OLLAMA_CHAT).reader(recording.streamed());
        var events = new ArrayList<ChatEvent>();
        var bytes = recording.answer();
        for (var at = 0; at < bytes.length; at += size) {
            events.addAll(reader.feed(bytes.clone(), at, Math.min(size, bytes.length - at)));
        }
        events.addAll(reader.end());
        return events;
    }

    private static byte[] run(AnswerPipe pipe, byte[] bytes, int size) {
        var out = new ByteArrayOutputStream();
        for (var at = 0; at < bytes.length; at += size) {
            out.writeBytes(pipe.feed(bytes.clone(), at, Math.min(size, bytes.length - at)));
        }
        out.writeBytes(pipe.end());
        return out.toByteArray();
    }

    private static AnswerPipe passThrough(Recording recording, String shown) {
        return Dialects.outbound(Dialect.OLLAMA_CHAT)
                .passThroughAnswer(new RenderContext("r1", shown, 1, recording.streamed(), true));
    }

    private static String text(List<ChatEvent> events) {
        var text = new StringBuilder();
        events.forEach(event -> {
            if (event instanceof ChatEvent.TextDelta(var _, var said)) {
                text.append(said);
            }
        });
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat",
                "chat-stream",
                "chat-stop",
                "chat-length-stream",
                "chat-partial-utf8",
                "chat-tools",
                "chat-tools-stream",
                "chat-tool-result",
                "chat-think",
                "chat-think-stream",
                "chat-think-false",
                "chat-think-high",
                "chat-think-unset",
                "chat-format-json",
                "chat-format-schema",
                "chat-logprobs",
                "chat-keep-alive-0",
                "chat-keep-alive-forever",
                "err-option-float",
                "err-option-unknown"
            })
    void shouldReadAndPassOnWholeAndInPieces(String name) {
        var recording = Recording.of(name);

        var whole = events(recording, recording.answer().length);
        var pieces = events(recording, 7);
        var passed = run(passThrough(recording, ""), recording.answer(), 7);

        assertThat(whole).noneMatch(ChatEvent.Failed.class::isInstance).hasSizeGreaterThan(2);
        assertThat(pieces).isEqualTo(whole);
        assertThat(new String(passed, StandardCharsets.UTF_8).strip())
                .isEqualTo(recording.text().strip());
        assertThat(Dialects.inbound(Dialect.OLLAMA_CHAT).inspect(recording.request()))
                .isInstanceOf(Inspection.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "chat-stream"})
    void shouldHearWhatWasSaid(String name) {
        var events = events(Recording.of(name), 7);

        assertThat(text(events)).isEqualTo(SAID);
        assertThat(events)
                .contains(new ChatEvent.Finished(0, FinishReason.STOP, null))
                .contains(new ChatEvent.UsageReported(TokenUsage.of(22, 26)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat-tools", "chat-tools-stream"})
    void shouldHearCalls(String name) {
        var events = events(Recording.of(name), 7);

        assertThat(events)
                .contains(new ChatEvent.ToolArgumentsDelta(0, 0, "{\"city\":\"Paris\"}"))
                .contains(new ChatEvent.ToolArgumentsDelta(0, 1, "{\"city\":\"New York\"}"))
                .contains(new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat-think", "chat-think-stream"})
    void shouldHearThoughts(String name) {
        var events = events(Recording.of(name), 7);

        var thought = new StringBuilder();
        events.forEach(event -> {
            if (event instanceof ChatEvent.ReasoningDelta(var _, var said)) {
                thought.append(said);
            }
        });
        assertThat(thought).hasToString("Let me think\nstep one done");
        assertThat(text(events)).isEqualTo(SAID);
    }

    @Test
    void shouldHearThatALimitCameUp() {
        var events = events(Recording.of("chat-length-stream"), 7);

        assertThat(events).contains(new ChatEvent.Finished(0, FinishReason.LENGTH, null));
    }

    @Test
    void shouldShowTheRoutesName() {
        var recording = Recording.of("chat-stream");

        var passed = run(passThrough(recording, "my route"), recording.answer(), 7);

        assertThat(new String(passed, StandardCharsets.UTF_8))
                .isEqualTo(recording.text().replace("\"model\":\"tiny\"", "\"model\":\"my route\""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHearTheEngineDieInTheMiddle(boolean translated) {
        var recording = Recording.of("err-midstream");
        var pipe = passThrough(recording, "");

        var events = events(recording, 7);
        run(pipe, recording.answer(), 7);

        var failure = translated ? ((ChatEvent.Failed) events.getLast()).failure() : pipe.failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(failure.message()).isEqualTo("an error was encountered while running the model: unexpected EOF");
        assertThat(text(events)).startsWith(" long road long");
        assertThat(pipe.tokenSeen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "err-busy, OVERLOADED",
        "err-unknown-model, REJECTED",
        "err-unknown-model-stream, REJECTED",
        "err-too-long, CONTEXT_WINDOW",
        "err-think, REJECTED",
        "err-format, REJECTED",
        "err-schema, REJECTED",
        "err-image, REJECTED",
        "err-image-base64, REJECTED",
        "err-option-type, REJECTED",
        "err-wrong-type, REJECTED",
        "err-chat-with-embed, REJECTED",
        "err-midstream-plain, SERVER_ERROR",
        "chat-tools-length, SERVER_ERROR",
        "chat-tool-result-string-args, REJECTED"
    })
    void shouldTypeRefusals(String name, FailureKind kind) {
        var recording = Recording.of(name);

        var failure = Dialects.outbound(Dialect.OLLAMA_CHAT)
                .classify(recording.status(), HeaderLookup.NONE, recording.answer(), 0);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).isNotBlank().doesNotStartWith("{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "err-bad-json",
                "err-no-body",
                "err-no-model",
                "err-wrong-type",
                "err-content-parts",
                "err-keep-alive",
                "err-format",
                "err-option-type",
                "chat-tool-result-string-args"
            })
    void shouldRefuseWhatTheServerRefuses(String name) {
        var inspection =
                Dialects.inbound(Dialect.OLLAMA_CHAT).inspect(Recording.of(name).request());

        assertThat(inspection).isInstanceOf(Inspection.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"generate, false", "generate-stream, true"})
    void shouldTakeARequestForAText(String name, boolean stream) {
        var inspection = Dialects.inbound(Dialect.OLLAMA_GENERATE)
                .inspect(Recording.of(name).request());

        var asked = ((Inspection.Accepted) inspection).request();
        assertThat(asked.stream()).isEqualTo(stream);
        assertThat(asked.maxTokens()).isEqualTo(4);
        assertThat(asked.messageCount()).isEqualTo(1);
    }
}
