package dev.laneway.dialects.answers;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.neutral.FinishReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What compatible vendors do to a Chat Completions stream, passed on and translated. */
class OddStreamsTest {
    private static final RenderContext CONTEXT = new RenderContext("r1", "m", 1, true, false);
    private static final String SAID = "data: {'choices':[{'index':0,'delta':{'content':'hi'}}]}\n\n";
    private static final String ENDED = "data: {'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n";

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPENAI_EMBEDDINGS", "OLLAMA_EMBED"})
    void shouldHearAnErrorThatIsNoEvent(Dialect caller) {
        var pipe = pipe(caller);

        run(pipe, SAID + "{'error':{'message':'the engine died','type':'api_error','param':null,'code':null}}\n");

        assertThat(pipe.failure()).isNotNull();
        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(pipe.failure().message()).isEqualTo("the engine died");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPENAI_EMBEDDINGS", "OLLAMA_EMBED"})
    void shouldPassOverEmptyDataAndSpacesAfterTheEnd(Dialect caller) {
        var pipe = pipe(caller);

        var out = run(pipe, "data: \n\n" + SAID + ENDED + "data: [DONE] \n\n");

        assertThat(pipe.failure()).isNull();
        assertThat(pipe.finished()).isTrue();
        assertThat(out)
                .contains("hi")
                .endsWith(
                        switch (caller) {
                            case OPENAI_CHAT, OPENAI_COMPLETIONS -> "data: [DONE]\n\n";
                            case ANTHROPIC_MESSAGES -> "'message_stop'}\n\n";
                            case OPENAI_RESPONSES -> "}\n\n";
                            case OLLAMA_CHAT, OLLAMA_GENERATE -> "}\n";
                            case OPENAI_EMBEDDINGS, OLLAMA_EMBED -> throw new IllegalArgumentException(caller.id());
                            case GEMINI -> "'responseId':'r1'}\n\n";
                        });
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPENAI_EMBEDDINGS", "OLLAMA_EMBED"})
    void shouldNotTakeAnEventNamedErrorForGarbage(Dialect caller) {
        var pipe = pipe(caller);

        run(pipe, SAID + "event: error\ndata: {'message':'no room','code':503}\n\n");

        assertThat(pipe.failure()).isNotNull();
        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void shouldGiveAReasonWhereTheVendorSaidOnlyThatThisIsAll() {
        var pipe = pipe(Dialect.GEMINI);

        var out = run(pipe, SAID + "data: [DONE]\n\n");

        assertThat(pipe.failure()).isNull();
        assertThat(out).contains("'finishReason':'STOP'");
    }

    @Test
    void shouldNotTakeOneChoicesEndForThatOfAll() {
        var pipe = pipe(Dialect.OPENAI_CHAT);

        run(pipe, SAID + "data: {'choices':[{'index':1,'delta':{'content':'ho'}}]}\n\n" + ENDED);

        assertThat(pipe.failure()).isNotNull();
        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.CUT_STREAM);
    }

    @Test
    void shouldKeepTheHalvesOfACharacterThatIsCutInTwo() {
        var pipe = pipe(Dialect.ANTHROPIC_MESSAGES);

        var out = run(
                pipe,
                "data: {'choices':[{'index':0,'delta':{'content':'\\ud83d'}}]}\n\n"
                        + "data: {'choices':[{'index':0,'delta':{'content':'\\ude00'},'finish_reason':'stop'}]}\n\ndata: [DONE]\n\n");

        assertThat(out).contains("'text':'\\ud83d'").contains("'text':'\\ude00'");
    }

    @Test
    void shouldCallARefusalOne() {
        var pipe = pipe(Dialect.ANTHROPIC_MESSAGES);

        var out =
                run(pipe, "data: {'choices':[{'index':0,'delta':{'refusal':'no'}}]}\n\n" + ENDED + "data: [DONE]\n\n");

        assertThat(out).contains("'text':'no'").contains("'stop_reason':'refusal'");
        assertThat(pipe.finishReason()).isEqualTo(FinishReason.REFUSAL);
    }

    private static AnswerPipe pipe(Dialect caller) {
        var vendor = Dialects.outbound(Dialect.OPENAI_CHAT);
        return caller == Dialect.OPENAI_CHAT
                ? vendor.passThroughAnswer(CONTEXT)
                : new TranslatingPipe(
                        vendor.reader(true), Dialects.inbound(caller).renderer(CONTEXT));
    }

    private static String run(AnswerPipe pipe, String stream) {
        return text(pipe.feed(bytes(stream))) + text(pipe.end());
    }
}
