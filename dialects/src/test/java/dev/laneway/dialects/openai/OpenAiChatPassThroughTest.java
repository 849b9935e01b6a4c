package dev.laneway.dialects.openai;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.dropping;
import static dev.laneway.dialects.TestTargets.limit;
import static dev.laneway.dialects.TestTargets.of;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamPlan;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiChatPassThroughTest {
    private final OpenAiChatOutbound dialect = new OpenAiChatOutbound();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'model':'a','x':1}                                    | {'model':'v','x':1}
                    { 'x' : {'model':'a'} , 'model' : 'a' }                | { 'x' : {'model':'a'} , 'model' : 'v' }
                    {'messages':[{'model':'a','content':'\\'model\\':\\'a\\''}],'model':'a'} | {'messages':[{'model':'a','content':'\\'model\\':\\'a\\''}],'model':'v'}
                    {'m\\u006fdel':'a'}                                    | {'m\\u006fdel':'v'}
                    {'model':'a','y':2,'model':'b'}                        | {'model':'v','y':2,'model':'v'}
                    {'model':'ünï ✓ 😀 \\\\','z':'ünï'}                      | {'model':'v','z':'ünï'}
                    {'models':['a'],'Model':'a','model':'a'}               | {'models':['a'],'Model':'a','model':'v'}
                    {'n':1.50,'t':1e3,'b':true,'z':null,'e':[],'model':''} | {'n':1.50,'t':1e3,'b':true,'z':null,'e':[],'model':'v'}
                    """)
    void shouldReplaceOnlyTheModel(String body, String expected) {
        var call = call(dialect.passThrough(bytes(body), of("openai", "v", false)));

        assertThat(text(call.body())).isEqualTo(expected);
        assertThat(call.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}      | {'model':'v'}
                    {'x':1} | {'x':1,'model':'v'}
                    """)
    void shouldNameTheModelWhereOnlyTheAddressDid(String body, String expected) {
        var chat = call(dialect.passThrough(bytes(body), of("openai", "v", false)));
        var vectors = call(new OpenAiEmbeddingsOutbound().passThrough(bytes(body), of("openai", "v", false)));

        assertThat(text(chat.body())).isEqualTo(expected);
        assertThat(text(vectors.body())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'model':'a'}                                                | {'model':'v','stream_options':{'include_usage':true}}
                    {'stream_options':{'include_usage':true},'model':'a'}        | {'stream_options':{'include_usage':true},'model':'v'}
                    {'stream_options':{'include_usage':false},'model':'a'}       | {'stream_options':{'include_usage':true},'model':'v'}
                    {'stream_options':{'include_obfuscation':false},'model':'a'} | {'stream_options':{'include_usage':true,'include_obfuscation':false},'model':'v'}
                    {'stream_options':{},'model':'a'}                            | {'stream_options':{'include_usage':true},'model':'v'}
                    {'stream_options':null,'model':'a'}                          | {'stream_options':{'include_usage':true},'model':'v'}
                    """)
    void shouldAskForTheUsageOfAStream(String body, String expected) {
        var call = call(dialect.passThrough(bytes(body), of("openai", "v", true)));

        assertThat(text(call.body())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'model':'a'}                                           | {'model':'v','max_completion_tokens':50}
                    {'model':'a','max_tokens':10}                           | {'model':'v','max_tokens':10}
                    {'model':'a','max_tokens':5e1}                          | {'model':'v','max_tokens':5e1}
                    {'model':'a','max_completion_tokens':100}               | {'model':'v','max_completion_tokens':50}
                    {'model':'a','max_completion_tokens':null}              | {'model':'v','max_completion_tokens':50}
                    {'model':'a','max_tokens':100,'max_completion_tokens':9} | {'model':'v','max_tokens':50,'max_completion_tokens':9}
                    """)
    void shouldSetALimitButNeverRaiseOne(String body, String expected) {
        var call = call(dialect.passThrough(bytes(body), of("openai", "v", false, limit(50))));

        assertThat(text(call.body())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'seed':1,'user':'u','model':'a'}             | {'model':'v'}
                    {'model':'a','seed':1,'x':1,'user':'u'}       | {'model':'v','x':1}
                    {'seed':1,'model':'a','user':{'seed':'u'}}    | {'model':'v'}
                    { 'seed' : 1 , 'model' : 'a' , 'user' : 'u' } | { 'model' : 'v' }
                    {'model':'a','x':{'seed':1}}                  | {'model':'v','x':{'seed':1}}
                    """)
    void shouldDropWhatPolicySays(String body, String expected) {
        var call = call(dialect.passThrough(bytes(body), of("openai", "v", false, dropping("seed", "user"))));

        assertThat(text(call.body())).isEqualTo(expected);
    }

    @Test
    void shouldNoteWhatItDropped() {
        var call =
                call(dialect.passThrough(bytes("{'model':'a','seed':1}"), of("openai", "v", false, dropping("seed"))));

        assertThat(call.notes()).containsExactly("dropped seed: by the operator's policy");
    }

    @Test
    void shouldRespectWhatAVendorCantTake() {
        var body = bytes(
                "{'model':'a','messages':[{'role':'developer','content':'developer'},{'role':'user','content':'x'}],"
                        + "'user':'u','max_completion_tokens':7,'stream':true,'stream_options':{'include_usage':true}}");

        var call = call(dialect.passThrough(body, of("mistral", "v", true)));

        assertThat(text(call.body()))
                .isEqualTo(
                        "{'model':'v','messages':[{'role':'system','content':'developer'},{'role':'user','content':'x'}],"
                                + "'max_tokens':7,'stream':true}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'model':'a','max_tokens':7,'max_completion_tokens':9}    | {'model':'v','max_tokens':7}
                    {'model':'a','max_completion_tokens':9,'max_tokens':7}    | {'model':'v','max_tokens':9}
                    {'model':'a','max_completion_tokens':null}                | {'model':'v','max_completion_tokens':null}
                    """)
    void shouldSayOneLimitToAVendorThatKnowsOne(String body, String expected) {
        var call = call(dialect.passThrough(bytes(body), of("deepseek", "v", false)));

        assertThat(text(call.body())).isEqualTo(expected);
    }

    @Test
    void shouldSendTheOperatorsHeaders() {
        var row = of("openai", "v", true);
        var endpoint = new Target.Endpoint("https://x.example/v1//", "key", Map.of("x-team", "t", "accept", "*/*"));
        var target = new Target(row.provider(), "v", endpoint, "r:1:2", true, Map.of(), Target.Policy.NONE);

        var call = call(dialect.passThrough(bytes("{'model':'a'}"), target));

        assertThat(call.url()).isEqualTo("https://x.example/v1/chat/completions");
        assertThat(call.headers())
                .containsEntry("authorization", "Bearer key")
                .containsEntry("x-client-request-id", "r:1:2")
                .containsEntry("x-team", "t")
                .containsEntry("accept", "*/*");
        assertThat(target.toString()).doesNotContain("key]").doesNotContain("Bearer");
    }

    @Test
    void shouldShortenIdsOfCallsForAVendorThatWantsThem() {
        var body =
                "{'model':'a','messages':[{'role':'assistant','content':null,'tool_calls':[{'id':'call_1','type':'function',"
                        + "'function':{'name':'id','arguments':'{}'}}]},{'role':'tool','tool_call_id':'call_1','content':'id'},"
                        + "{'role':'tool','tool_call_id':'abcDEF123','content':'r'}]}";
        var nine = CallIds.nine("call_1");

        var call = call(dialect.passThrough(bytes(body), of("mistral", "a", false)));

        assertThat(nine).matches("[a-zA-Z0-9]{9}");
        assertThat(text(call.body())).isEqualTo(body.replace("call_1", nine));
        assertThat(call.notes()).hasSize(1);
        assertThat(text(call(dialect.passThrough(bytes(body), of("groq", "a", false)))
                        .body()))
                .isEqualTo(body);
    }

    @Test
    void shouldRefuseWhatIsNoJson() {
        assertThat(dialect.passThrough(bytes("{'model':"), of("openai", "v", false)))
                .isInstanceOf(UpstreamPlan.Refused.class);
        assertThat(dialect.passThrough(bytes("[]"), of("openai", "v", false))).isInstanceOf(UpstreamPlan.Refused.class);
    }

    @Test
    void shouldCopyALargeBodyWithoutHarm() {
        var image = "data:image/png;base64," + "iVBOR".repeat(1 << 20);
        var body = bytes("{'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'" + image
                + "'}}]}],'model':'a'}");

        var call = call(dialect.passThrough(body, of("openai", "v", false)));

        assertThat(call.body()).hasSameSizeAs(body).endsWith(bytes("'model':'v'}"));
    }

    @Test
    void shouldKeepPolicyAndNamesApart() {
        var policy = new Target.Policy(50, Set.of("max_tokens"));

        var call = call(dialect.passThrough(bytes("{'max_tokens':99,'model':'a'}"), of("openai", "v", false, policy)));

        assertThat(text(call.body())).isEqualTo("{'model':'v','max_completion_tokens':50}");
    }
}
