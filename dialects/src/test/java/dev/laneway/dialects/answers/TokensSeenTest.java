package dev.laneway.dialects.answers;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.bedrock.EventStreams;
import dev.laneway.dialects.continuing.Continuation;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an answer is reckoned at that broke off before its vendor told its usage. */
class TokensSeenTest {
    private static final String TEXT =
            "The committee met on Tuesday to consider whether the new bridge should be opened before the winter.";
    private static final int PIECE = 17;
    private static final long TOKENS = 20;

    private static final String DELTA = "event: response.output_text.delta\ndata: {'type':'response.output_text.delta',"
            + "'item_id':'msg_1','output_index':0,'content_index':0,'delta':'abcd','logprobs':[],'obfuscation':'kQ3v'}\n\n";

    @Test
    void shouldCountTheEventsOfABinaryStream() {
        var pipe = pipe(Dialect.OPENAI_CHAT, "bedrock", Continuation.NONE);

        for (var i = 0; i < 3; i++) {
            pipe.feed(EventStreams.event(
                    "contentBlockDelta", "{'contentBlockIndex':0,'delta':{'text':'abcd'},'p':'abc'}"));
        }

        assertThat(pipe.tokensSeen()).isEqualTo(3);
    }

    @Test
    void shouldCountAsTextWhatAPieceIsLonger() {
        var pipe = pipe(Dialect.OPENAI_CHAT, "bedrock", Continuation.POSSIBLE);

        pipe.feed(EventStreams.event(
                "contentBlockDelta", "{'contentBlockIndex':0,'delta':{'text':'" + "é".repeat(200) + "'}}"));

        assertThat(pipe.tokensSeen()).isEqualTo(120);
    }

    @Test
    void shouldNotCountWhatAResponseRepeatsOfItsRequest() {
        var pipe = pipe(Dialect.OPENAI_RESPONSES, "openai_responses", Continuation.NONE);

        pipe.feed(
                bytes("event: response.created\ndata: {'type':'response.created','response':{'id':'r','instructions':'"
                        + "be brief ".repeat(1_000) + "'}}\n\n"));
        pipe.feed(bytes(DELTA.repeat(3)));

        assertThat(pipe.tokensSeen()).isEqualTo(3);
    }

    /** What is passed on is counted as what is translated. */
    @ParameterizedTest
    @MethodSource("streams")
    void shouldCountATextOnceInEveryFormat(Dialect caller, String provider, List<String> frames) {
        var pipe = pipe(caller, provider, Continuation.NONE);

        frames.forEach(frame -> pipe.feed(bytes(frame)));

        assertThat(pipe.tokensSeen()).isEqualTo(TOKENS);
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                arguments(
                        Dialect.OPENAI_CHAT,
                        "openai",
                        frames("data: {'choices':[{'index':0,'delta':{'content':'%s'}}]}\n\n")),
                arguments(
                        Dialect.OPENAI_CHAT,
                        "openai",
                        frames("data: {'choices':[{'delta':{'role':'assistant','content':''}}]}\n\n"
                                + "data: {'choices':[{'delta':{'reasoning':'%1$s','reasoning_content':'%1$s',"
                                + "'reasoning_details':[{'text':'%1$s'}]}}]}\n\n")),
                arguments(
                        Dialect.OPENAI_CHAT,
                        "openai",
                        frames(
                                "data: {'choices':[{'delta':{'content':[{'type':'thinking','thinking':[{'text':'%s'}]}]}}]}\n\n")),
                arguments(
                        Dialect.OPENAI_CHAT,
                        "openai",
                        frames("data: {'choices':[{'delta':{'tool_calls':[{'index':0,'id':'call_1',"
                                + "'function':{'arguments':'%s'}}]}}]}\n\n")),
                arguments(
                        Dialect.OPENAI_CHAT,
                        "anthropic",
                        frames("event: content_block_delta\ndata: {'type':'content_block_delta','index':0,"
                                + "'delta':{'type':'text_delta','text':'%s'}}\n\n")),
                arguments(
                        Dialect.ANTHROPIC_MESSAGES,
                        "anthropic",
                        frames("event: content_block_delta\ndata: {'type':'content_block_delta','index':0,"
                                + "'delta':{'type':'thinking_delta','thinking':'%s'}}\n\n")),
                arguments(
                        Dialect.ANTHROPIC_MESSAGES,
                        "openai",
                        frames("data: {'choices':[{'delta':{'content':'%s'}}]}\n\n")),
                arguments(
                        Dialect.GEMINI,
                        "gemini",
                        frames(
                                "data: {'candidates':[{'content':{'parts':[{'text':'%s','thoughtSignature':'EqQBCkgIARAB'}]}}]}\n\n")),
                arguments(
                        Dialect.OLLAMA_CHAT,
                        "ollama",
                        frames(
                                "{'model':'m','message':{'role':'assistant','content':'','thinking':'%s'},'done':false}\n")),
                arguments(
                        Dialect.OPENAI_RESPONSES,
                        "openai_responses",
                        frames("event: response.output_text.delta\ndata: {'type':'response.output_text.delta',"
                                + "'delta':'%1$s'}\n\nevent: response.output_text.done\ndata: "
                                + "{'type':'response.output_text.done','text':'%1$s'}\n\n")));
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void shouldCountAWholeAnswerWhoseVendorDoesNotTell(Dialect caller, String provider, String answer) {
        var pipe = pipe(caller, provider, Continuation.NONE, false);

        pipe.feed(bytes(answer.formatted(TEXT)));
        pipe.end();

        assertThat(pipe.failure()).isNull();
        assertThat(pipe.usage()).isNull();
        assertThat(pipe.tokensSeen()).isEqualTo(TOKENS);
    }

    static Stream<Arguments> wholes() {
        var openAi = "{'model':'m','choices':[{'message':{'role':'assistant','content':'%s'},'finish_reason':'stop'}]}";
        var anthropic =
                "{'type':'message','model':'m','content':[{'type':'text','text':'%s'}],'stop_reason':'end_turn'}";
        return Stream.of(
                arguments(Dialect.OPENAI_CHAT, "openai", openAi),
                arguments(Dialect.OPENAI_CHAT, "anthropic", anthropic),
                arguments(Dialect.ANTHROPIC_MESSAGES, "anthropic", anthropic),
                arguments(
                        Dialect.GEMINI,
                        "gemini",
                        "{'candidates':[{'content':{'parts':[{'text':'%s'}]},'finishReason':'STOP'}]}"),
                arguments(
                        Dialect.OLLAMA_CHAT,
                        "ollama",
                        "{'model':'m','message':{'role':'assistant','content':'%s'},'done':true,'done_reason':'stop'}"),
                arguments(
                        Dialect.OPENAI_RESPONSES,
                        "openai_responses",
                        "{'id':'resp_1','status':'completed','instructions':'be brief','output':[{'type':'message','content':["
                                + "{'type':'output_text','text':'%s'}]}]}"));
    }

    @Test
    void shouldCountTheNameAndArgumentsOfACall() {
        var openAi = pipe(Dialect.OPENAI_CHAT, "openai", Continuation.NONE, false);
        var anthropic = pipe(Dialect.ANTHROPIC_MESSAGES, "anthropic", Continuation.NONE, false);
        var gemini = pipe(Dialect.GEMINI, "gemini", Continuation.NONE, false);
        var ollama = pipe(Dialect.OLLAMA_CHAT, "ollama", Continuation.NONE, false);
        var responses = pipe(Dialect.OPENAI_RESPONSES, "openai_responses", Continuation.NONE, false);

        openAi.feed(bytes(
                "{'choices':[{'message':{'tool_calls':[{'id':'call_1','type':'function','function':{'name':'find',"
                        + "'arguments':'{\\'of\\':\\'" + TEXT + "\\'}'}}]},'finish_reason':'tool_calls'}]}"));
        anthropic.feed(bytes("{'type':'message','content':[{'type':'tool_use','id':'t','name':'find','input':{'of':'"
                + TEXT + "'}}],'stop_reason':'tool_use'}"));
        gemini.feed(bytes("{'candidates':[{'content':{'parts':[{'functionCall':{'name':'find','args':{'of':'" + TEXT
                + "'}}}]},'finishReason':'STOP'}]}"));
        ollama.feed(bytes("{'message':{'role':'assistant','content':'','tool_calls':[{'function':{'name':'find',"
                + "'arguments':{'of':'" + TEXT + "'}}}]},'done':true,'done_reason':'stop'}"));
        responses.feed(bytes("{'id':'resp_1','status':'completed','output':[{'type':'function_call','name':'find',"
                + "'arguments':'{\\'of\\':\\'" + TEXT + "\\'}'}]}"));

        assertThat(Stream.of(openAi, anthropic, gemini, ollama, responses).map(pipe -> {
                    pipe.end();
                    return pipe.tokensSeen();
                }))
                .as("about three for the braces, one for each name")
                .allSatisfy(seen -> assertThat(seen).isBetween(TOKENS + 3, TOKENS + 7));
    }

    @Test
    void shouldCountNothingBeforeAToken() {
        var pipe = pipe(Dialect.OPENAI_CHAT, "openai", Continuation.NONE);

        pipe.feed(bytes("data: {'id':'chatcmpl-1','choices':[{'delta':{'role':'assistant','content':''}}]}\n\n"));

        assertThat(pipe.tokenSeen()).isFalse();
        assertThat(pipe.tokensSeen()).isZero();
    }

    private static List<String> frames(String frame) {
        return IntStream.iterate(0, from -> from < TEXT.length(), from -> from + PIECE)
                .mapToObj(from -> frame.formatted(TEXT.substring(from, Math.min(TEXT.length(), from + PIECE))))
                .toList();
    }

    private static AnswerPipe pipe(Dialect caller, String provider, Continuation continuation) {
        return pipe(caller, provider, continuation, true);
    }

    private static AnswerPipe pipe(Dialect caller, String provider, Continuation continuation, boolean stream) {
        var body = switch (caller) {
            case OPENAI_RESPONSES -> "{'model':'m','stream':" + stream + ",'input':'hi'}";
            case GEMINI -> "{'contents':[{'role':'user','parts':[{'text':'hi'}]}]}";
            default ->
                "{'model':'m','max_tokens':9,'stream':" + stream + ",'messages':[{'role':'user','content':'hi'}]}";
        };
        var opened = Exchange.open(
                Dialects.inbound(caller),
                bytes(body),
                of(provider, "m", stream),
                new RenderContext("r1", "m", 1, stream, false),
                continuation);
        return ((Exchange.Ready) opened).answer();
    }
}
