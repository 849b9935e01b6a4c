package dev.laneway.dialects.anthropic;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.dropping;
import static dev.laneway.dialects.TestTargets.limit;
import static dev.laneway.dialects.TestTargets.of;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicMessagesPassThroughTest {
    private final AnthropicMessagesOutbound dialect = new AnthropicMessagesOutbound();

    @Test
    void shouldReplaceOnlyTheModel() {
        var body =
                "{ 'max_tokens':1e2 ,'messages' : [{'role':'user','content':[{'type':'text','text':'\\'model\\':\\'a\\' ünï','cache_control':null}]}],"
                        + "'metadata':{'model':'a'},'unheard_of':[ ],'model' : 'a' }";

        var call = call(dialect.passThrough(bytes(body), of("anthropic", "v", true)));

        assertThat(text(call.body())).isEqualTo(body.replace("'model' : 'a'", "'model' : 'v'"));
        assertThat(call.notes()).isEmpty();
    }

    @Test
    void shouldPassVersionAndBetasOn() {
        var given = of("anthropic", "v", true);
        var headers = Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "a,b", "x-secret", "s");
        var target = new Target(given.provider(), "v", given.endpoint(), "r:0:0", true, headers, Target.Policy.NONE);

        var call = call(dialect.passThrough(bytes("{'model':'a'}"), target));

        assertThat(call.headers())
                .containsEntry("anthropic-version", "2026-10-21")
                .containsEntry("anthropic-beta", "a,b")
                .containsEntry("x-api-key", "k")
                .doesNotContainKeys("authorization", "x-secret");
        assertThat(call.url()).isEqualTo("https://api.anthropic.com/v1/messages");
    }

    @Test
    void shouldNameAVersionWhereTheClientDidNot() {
        var call = call(dialect.passThrough(bytes("{'model':'a'}"), of("anthropic", "v", true)));

        assertThat(call.headers())
                .containsEntry("anthropic-version", "2023-06-01")
                .doesNotContainKey("anthropic-beta");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'model':'a','max_tokens':100}               | {'model':'v','max_tokens':50}
                    {'model':'a','max_tokens':10}                | {'model':'v','max_tokens':10}
                    {'model':'a','max_tokens':1.00e2}            | {'model':'v','max_tokens':50}
                    {'model':'a','max_tokens':9000000000000000100} | {'model':'v','max_tokens':50}
                    {'top_k':1,'model':'a','max_tokens':10}      | {'model':'v','max_tokens':10}
                    {'model':'a','max_tokens':10,'top_k':{}}     | {'model':'v','max_tokens':10}
                    """)
    void shouldDoWhatPolicySays(String body, String expected) {
        var policy = new Target.Policy(limit(50).maxTokens(), dropping("top_k").dropParams());

        var call = call(dialect.passThrough(bytes(body), of("anthropic", "v", false, policy)));

        assertThat(text(call.body())).isEqualTo(expected);
        assertThat(call.notes()).hasSize(body.contains("top_k") || body.contains("00") ? 1 : 0);
    }

    @Test
    void shouldTakeOutThoughtsThatAnotherVendorLeftUnsigned() {
        var body =
                "{'messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'x','signature' : ''} , {'type':'thinking','thinking':'y','signature':'s'},"
                        + "{'signature':'','type':'thinking'},{'type':'text','text':'\\'signature\\':\\'\\''}]},{'role':'assistant','content':[{'type':'thinking','thinking':'z','signature':''}]}],'model':'a'}";

        var call = call(dialect.passThrough(bytes(body), of("anthropic", "v", false)));

        assertThat(text(call.body()))
                .isEqualTo(
                        "{'messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'y','signature':'s'},"
                                + "{'type':'text','text':'\\'signature\\':\\'\\''}]},{'role':'assistant','content':[{'type':'thinking','thinking':'z','signature':''}]}],'model':'v'}");
        assertThat(call.notes()).containsOnly("dropped thinking: this vendor did not sign it");
    }

    @Test
    void shouldReadNoDeeperThanAMessageGoes() {
        var pipe = pipe("r");
        var deep = "event: message_start\ndata: {'type':'message_start','message':" + "{'message':".repeat(50_000)
                + "{'usage':{'input_tokens':5,'output_tokens':1}}" + "}".repeat(50_000) + "}\n\n";

        pipe.feed(bytes(deep));

        assertThat(pipe.usage()).isNull();
    }

    @Test
    void shouldShowTheRouteInMessageStartOnly() {
        var pipe = pipe("r");
        var start = "event: message_start\ndata: {'type':'message_start','message':{'id':'m','model':'v','content':[],"
                + "'usage':{'input_tokens':5,'cache_read_input_tokens':2,'cache_creation_input_tokens':1,'output_tokens':1}}}\n\n";
        var other =
                "event: content_block_start\ndata: {'type':'content_block_start','index':0,'content_block':{'type':'text','text':''},'model':'v'}\n\n";

        var out = text(pipe.feed(bytes(start)));

        assertThat(out).isEqualTo(start.replace("'model':'v'", "'model':'r'"));
        assertThat(pipe.usage()).isEqualTo(new TokenUsage(8, 1, 2, 1, 0));
        assertThat(text(pipe.feed(bytes(": c\n\n" + other.replace(",'model':'v'", "")))))
                .isEqualTo(other.replace(",'model':'v'", ""));
        assertThat(pipe.tokenSeen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content_block_delta','index':0,'delta':{'type':'text_delta','text':'x'}",
                "content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'x'}",
                "content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'x'}",
                "content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{'}",
                "content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'f','input':{}}",
                "content_block_start','index':0,'content_block':{'type':'server_tool_use','id':'a'}",
                "content_block_start','index':0,'content_block':{'type':'redacted_thinking','data':'x'}"
            })
    void shouldTakeItForAToken(String event) {
        var pipe = pipe("");

        pipe.feed(bytes("data: {'type':'" + event + "}\n\n"));

        assertThat(pipe.tokenSeen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ping'",
                "content_block_start','index':0,'content_block':{'type':'text','text':''}",
                "content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}",
                "content_block_delta','index':0,'delta':{'type':'text_delta','text':''}",
                "content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':''}",
                "message_delta','delta':{'stop_reason':'max_tokens'},'usage':{'output_tokens':1}"
            })
    void shouldNotTakeItForAToken(String event) {
        var pipe = pipe("");

        pipe.feed(bytes("data: {'type':'" + event + "}\n\n"));

        assertThat(pipe.tokenSeen()).isFalse();
    }

    @Test
    void shouldTakeARefusalForAnAnswer() {
        var pipe = pipe("");

        pipe.feed(bytes(
                "event: message_delta\ndata: {'type':'message_delta','delta':{'stop_reason':'refusal'},'usage':{'output_tokens':0}}\n\n"
                        + "event: message_stop\ndata: {'type':'message_stop'}\n\n"));
        pipe.end();

        assertThat(pipe.failure()).isNull();
        assertThat(pipe.finishReason()).isEqualTo(FinishReason.REFUSAL);
    }

    @Test
    void shouldReadAWholeMessage() {
        var body =
                "{'id':'m','type':'message','model':'v','content':[{'type':'text','text':'hi','model':'v'}],'stop_reason':'end_turn',"
                        + "'usage':{'input_tokens':5,'output_tokens':2,'output_tokens_details':{'thinking_tokens':1}}}";
        var pipe = dialect.passThroughAnswer(new RenderContext("r1", "r", 1, false, true));

        pipe.feed(bytes(body));
        var out = text(pipe.end());

        assertThat(out).isEqualTo(body.replaceFirst("'model':'v'", "'model':'r'"));
        assertThat(pipe.usage()).isEqualTo(new TokenUsage(5, 2, 0, 0, 1));
        assertThat(pipe.finishReason()).isEqualTo(FinishReason.STOP);
    }

    private AnswerPipe pipe(String model) {
        return dialect.passThroughAnswer(new RenderContext("r1", model, 1, true, true));
    }
}
