package dev.laneway.dialects.openai;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Continuation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Legacy completions: passed on where a vendor has them, else a chat of one message. */
class CompletionsTest {
    private static final String CHUNK =
            "data: {'id':'c1','object':'text_completion','created':1,'model':'vm','choices':[{'text':'%s','index':0,"
                    + "'logprobs':null,'finish_reason':%s}]}\n\n";
    private static final String STREAM = CHUNK.formatted("Hel", "null") + CHUNK.formatted("lo", "null")
            + CHUNK.formatted("", "'stop'")
            + "data: {'id':'c1','model':'vm','choices':[],'usage':{'prompt_tokens':3,'completion_tokens':2,"
            + "'total_tokens':5}}\n\ndata: [DONE]\n\n";
    private static final String ANTHROPICS = """
            event: message_start
            data: {'type':'message_start','message':{'id':'m','model':'vm','content':[],'usage':{'input_tokens':3,'output_tokens':1}}}

            event: content_block_start
            data: {'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}

            event: content_block_delta
            data: {'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'Hello'}}

            event: content_block_stop
            data: {'type':'content_block_stop','index':0}

            event: message_delta
            data: {'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':2}}

            event: message_stop
            data: {'type':'message_stop'}

            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'prompt':'a' | 1",
                "'prompt':'a','best_of':20 | 20",
                "'prompt':['a','b'],'n':2,'best_of':5 | 10",
                "'prompt':'a','n':3 | 3",
            })
    void shouldCountEachAnswerThatIsBilled(String fields, long answers) {
        var inspection = Dialects.caller(Dialect.OPENAI_COMPLETIONS).inspect(bytes("{'model':'m'," + fields + "}"));

        assertThat(((Inspection.Accepted) inspection).request().choices()).isEqualTo(answers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m','prompt':'a','max_tokens':0,'echo':true,'logprobs':2,'suffix':'z','best_of':2}",
                "{'model':'m','prompt':['a','b'],'stop':['x'],'stream':true,'stream_options':{'include_usage':true}}",
                "{'model':'m','prompt':[1,2]}",
                "{'model':'m','prompt':[[1],[2]],'unheard_of':1}"
            })
    void shouldAcceptWhatOpenAiDoes(String body) {
        assertThat(Dialects.caller(Dialect.OPENAI_COMPLETIONS).inspect(bytes(body)))
                .isInstanceOf(Inspection.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'prompt':'a'}                                   | model
                    {'model':'m'}                                    | prompt
                    {'model':'m','prompt':[]}                        | prompt
                    {'model':'m','prompt':{}}                        | prompt
                    {'model':'m','prompt':'a','best_of':0}           | best_of
                    {'model':'m','prompt':'a','temperature':3}       | temperature
                    {'model':'m','prompt':'a','stream_options':{}}   | stream_options
                    """)
    void shouldRefuseWhatOpenAiDoes(String body, String param) {
        var inspection = Dialects.caller(Dialect.OPENAI_COMPLETIONS).inspect(bytes(body));

        assertThat(((Inspection.Refused) inspection).error().param()).isEqualTo(param);
    }

    @Test
    void shouldPassOnToAVendorThatHasThem() {
        var ready = ready("{'model':'r','prompt':[1,2],'echo':true,'stream':true}", "hosted_vllm", true);

        assertThat(ready.call().url()).isEqualTo("http://localhost:9/v1/completions");
        assertThat(text(ready.call().body()))
                .isEqualTo("{'model':'vm','prompt':[1,2],'echo':true,'stream':true,"
                        + "'stream_options':{'include_usage':true}}");
        assertThat(text(all(ready.answer(), STREAM))).isEqualTo(hidden(STREAM));
        assertThat(ready.answer().usage()).isEqualTo(TokenUsage.of(3, 2));
        assertThat(ready.answer().tokenSeen()).isTrue();
    }

    /** The client did not ask for usage, and must not see the vendor's model. */
    private static String hidden(String stream) {
        var usage = stream.indexOf("data: {'id':'c1','model':'vm','choices':[]");
        return (stream.substring(0, usage) + "data: [DONE]\n\n").replace("'vm'", "'r'");
    }

    @Test
    void shouldLimitByMaxTokens() {
        var target = TestTargets.of("text-completion-openai", "vm", false, TestTargets.limit(9));

        var ready = (Exchange.Ready) open("{'model':'r','prompt':'a'}", target);

        assertThat(text(ready.call().body())).isEqualTo("{'model':'vm','prompt':'a','max_tokens':9}");
        assertThat(ready.call().url()).isEqualTo("https://api.openai.com/v1/completions");
    }

    @Test
    void shouldNoticeAnEmptyCompletion() {
        var ready = ready("{'model':'r','prompt':'a'}", "hosted_vllm", false);

        all(
                ready.answer(),
                "{'id':'c','object':'text_completion','model':'vm','choices':[{'text':'','index':0,'finish_reason':'stop'}]}");

        assertThat(ready.answer().failure().kind()).isEqualTo(FailureKind.EMPTY_ANSWER);
    }

    @Test
    void shouldBecomeAChat() {
        var ready = ready(
                "{'model':'r','prompt':['say it'],'max_tokens':5,'stop':'.','n':1,'best_of':2,'logprobs':1,'user':'u'}",
                "anthropic",
                false);

        assertThat(text(ready.call().body()))
                .contains("'messages':[{'role':'user','content':[{'type':'text','text':'say it'}]}]")
                .contains("'max_tokens':5", "'stop_sequences':['.']");
        assertThat(ready.call().notes())
                .anyMatch(note -> note.startsWith("dropped best_of"))
                .anyMatch(note -> note.startsWith("dropped logprobs"))
                .anyMatch(note -> note.startsWith("approximated prompt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'prompt':['a','b']",
                "'prompt':[1,2]",
                "'prompt':[[1,2]]",
                "'prompt':'a','suffix':'z'",
                "'prompt':'a','echo':true"
            })
    void shouldRefuseWhatNoChatCanDo(String fields) {
        var exchange = open("{'model':'r'," + fields + "}", TestTargets.of("anthropic", "vm", false));

        assertThat(((Exchange.Refused) exchange).failure().kind()).isEqualTo(FailureKind.REJECTED);
    }

    @Test
    void shouldStreamAChatAsACompletion() {
        var ready = ready("{'model':'r','prompt':'a','stream':true}", "anthropic", true);

        var told = text(all(ready.answer(), ANTHROPICS));

        assertThat(told)
                .isEqualTo(
                        "data: {'id':'cmpl-r1','object':'text_completion','created':7,'model':'r','choices':[{'text':"
                                + "'Hello','index':0,'logprobs':null,'finish_reason':null}]}\n\n"
                                + "data: {'id':'cmpl-r1','object':'text_completion','created':7,'model':'r','choices':[{'text':"
                                + "'','index':0,'logprobs':null,'finish_reason':'stop'}]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void shouldAnswerAChatAsACompletion() {
        var ready = ready("{'model':'r','prompt':'a'}", "openai", false);

        var told = text(
                all(
                        ready.answer(),
                        "{'id':'x','model':'vm','choices':[{'index':0,'message':{'role':'assistant','content':'Hello'},"
                                + "'finish_reason':'length'}],'usage':{'prompt_tokens':3,'completion_tokens':2,'total_tokens':5}}"));

        assertThat(told)
                .startsWith(
                        "{'id':'cmpl-r1','object':'text_completion','created':7,'model':'r','choices':[{'text':'Hello',"
                                + "'index':0,'logprobs':null,'finish_reason':'length'}],'usage':{'prompt_tokens':3,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic", "hosted_vllm"})
    void shouldGoOnWithAStreamThatBroke(String second) {
        var said = "There are seven lanes, and each of them has its own rule of what may leave the network; ";
        var body = "{'model':'r','prompt':'a','stream':true,'max_tokens':100}";
        var first = (Exchange.Ready) Exchange.open(
                Dialects.caller(Dialect.OPENAI_COMPLETIONS),
                bytes(body),
                TestTargets.of("hosted_vllm", "vm", true),
                context(true),
                Continuation.POSSIBLE);
        first.answer().feed(bytes(CHUNK.formatted(said, "null")));
        var beginning = Beginning.read(first.answer().beginning());

        var next = (Exchange.Ready) Exchange.open(
                Dialects.caller(Dialect.OPENAI_COMPLETIONS),
                bytes(body),
                TestTargets.of(second, "vm", true),
                context(true),
                Continuation.of(beginning));
        var told = text(all(next.answer(), second.equals("anthropic") ? ANTHROPICS : STREAM));

        assertThat(beginning.text()).isEqualTo(said);
        assertThat(told).contains("'id':'c1'").contains("[DONE]").doesNotContain("seven lanes");
        assertThat(text(next.call().body())).contains("seven lanes");
    }

    @Test
    void shouldWriteAConversationOutForAVendorThatOnlyCompletes() {
        var exchange = (Exchange.Ready) Exchange.open(
                Dialects.caller(Dialect.OPENAI_CHAT),
                bytes(
                        "{'model':'r','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hi'}]}"),
                TestTargets.of("text-completion-openai", "vm", false),
                context(false),
                Continuation.NONE);

        assertThat(text(exchange.call().body()))
                .isEqualTo("{'model':'vm','prompt':'System: Be brief.\\n\\nUser: Hi\\n\\nAssistant:'}");
        assertThat(text(all(
                        exchange.answer(),
                        "{'id':'c','model':'vm','choices':[{'text':'Hello','index':0,'finish_reason':'stop'}]}")))
                .contains("'content':'Hello'");
    }

    private static Exchange.Ready ready(String body, String provider, boolean stream) {
        return (Exchange.Ready) open(body, TestTargets.of(provider, "vm", stream));
    }

    private static Exchange open(String body, Target target) {
        return Exchange.open(
                Dialects.caller(Dialect.OPENAI_COMPLETIONS),
                bytes(body),
                target,
                context(target.stream()),
                Continuation.NONE);
    }

    private static RenderContext context(boolean stream) {
        return new RenderContext("r1", "r", 7, stream, false);
    }

    private static byte[] all(AnswerPipe pipe, String answer) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(pipe.feed(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        out.writeBytes(pipe.end());
        return out.toByteArray();
    }
}
