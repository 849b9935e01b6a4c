package dev.laneway.dialects.continuing;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.of;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContinuingPipeTest {
    private static final String END = "data: {'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n";
    private static final String USAGE =
            "data: {'choices':[],'usage':{'prompt_tokens':96,'completion_tokens':0}}\n\n" + "data: [DONE]\n\n";

    @ParameterizedTest
    @EnumSource(names = {"OPENAI_CHAT", "OPENAI_RESPONSES", "ANTHROPIC_MESSAGES", "GEMINI", "OLLAMA_CHAT"})
    void shouldHearWhatAnAnswerUsedThatSaysNothingNew(Dialect caller) {
        var pipe = goingOn(caller);

        var told = text(pipe.feed(bytes(END))) + text(pipe.feed(bytes(USAGE))) + text(pipe.end());

        assertThat(pipe.failure()).isNotNull();
        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.EMPTY_ANSWER);
        assertThat(pipe.usage()).isEqualTo(TokenUsage.of(96, 0));
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI_CHAT", "OPENAI_RESPONSES", "ANTHROPIC_MESSAGES", "GEMINI", "OLLAMA_CHAT"})
    void shouldTellTheEndOfOneThatSaysMore(Dialect caller) {
        var pipe = goingOn(caller);

        var told = text(pipe.feed(bytes("data: {'choices':[{'index':0,'delta':{'content':' and more'}}]}\n\n" + END)))
                + text(pipe.feed(bytes(USAGE)))
                + text(pipe.end());

        assertThat(pipe.failure()).isNull();
        assertThat(told).contains("and more");
    }

    private static AnswerPipe goingOn(Dialect caller) {
        var beginning = new Beginning("id", 1, 0, true, "All of the text", TokenUsage.NONE);
        var opened = Exchange.open(
                Dialects.inbound(caller),
                bytes(
                        "{'model':'m','stream':true,'max_tokens':9,'messages':[{'role':'user','content':'hi'}],'input':'hi',"
                                + "'contents':[{'role':'user','parts':[{'text':'hi'}]}]}"),
                of("openai", "m", true),
                new RenderContext("r1", "m", 1, true, false),
                Continuation.of(beginning));
        return ((Exchange.Ready) opened).answer();
    }
}
