package dev.laneway.dialects.ollama;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.dropping;
import static dev.laneway.dialects.TestTargets.limit;
import static dev.laneway.dialects.TestTargets.of;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of all dialects as Ollama gets them. */
class ToOllamaTest {
    private static UpstreamPlan plan(Dialect caller, String body, Target target) {
        var parsed = (Parsed.Request) Dialects.inbound(caller).parse(bytes(body));
        return Dialects.outbound(Dialect.OLLAMA_CHAT).call(parsed.request(), target);
    }

    private static UpstreamCall sent(Dialect caller, String fields, String model) {
        return call(plan(caller, "{'model':'r'," + fields + "}", of("ollama", model, true)));
    }

    private static final String HI = "'messages':[{'role':'user','content':'hi'}]";

    @Test
    void shouldWriteAConversation() {
        var call = sent(Dialect.OPENAI_CHAT, """
                'messages':[{'role':'developer','content':'be brief'},
                {'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,QQ=='}}]},
                {'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',
                'function':{'name':'f','arguments':'{\\'x\\':1.50}'}}]},
                {'role':'tool','tool_call_id':'c1','content':'r'}],
                'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],
                'temperature':0.5,'stop':'END','max_tokens':9,'seed':7,'num_ctx':8192,'keep_alive':'1h',
                'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'}}}""", "m");

        assertThat(Json.tree(call.body())).isEqualTo(Json.tree(bytes("""
                {'model':'m','messages':[{'role':'system','content':'be brief'},
                {'role':'user','content':'a\\n\\nb','images':['QQ==']},
                {'role':'assistant','content':'','tool_calls':[{'id':'c1','function':{'name':'f','arguments':{'x':1.50}}}]},
                {'role':'tool','content':'r','tool_name':'f','tool_call_id':'c1'}],
                'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],
                'stream':true,'format':{'type':'object'},'keep_alive':'1h',
                'options':{'temperature':0.5,'seed':7,'num_predict':9,'stop':['END'],'num_ctx':8192}}""")));
        assertThat(call.url()).isEqualTo("http://localhost:11434/api/chat");
        assertThat(call.headers()).containsEntry("accept", "application/x-ndjson");
        assertThat(call.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OPENAI_CHAT | 'reasoning_effort':'high' | gpt-oss:20b | 'high'",
                "OPENAI_CHAT | 'reasoning_effort':'minimal' | gpt-oss:20b | 'low'",
                "OPENAI_CHAT | 'reasoning_effort':'high' | llama3.2 | ``",
                "OPENAI_CHAT | 'reasoning_effort':'none' | llama3.2 | false",
                "OPENAI_CHAT | 'think':true | qwen3 | true",
                "ANTHROPIC_MESSAGES | 'max_tokens':5000,'thinking':{'type':'enabled','budget_tokens':2000} | qwen3 | ``",
                "ANTHROPIC_MESSAGES | 'max_tokens':50,'thinking':{'type':'disabled'} | qwen3 | false",
                "OLLAMA_CHAT | 'think':false | qwen3 | false",
                "OLLAMA_CHAT | 'think':'low' | gpt-oss | 'low'"
            })
    void shouldThinkAsTheModelCan(Dialect caller, String field, String model, String think) {
        var body = Json.tree(sent(caller, HI + "," + field, model).body());

        assertThat(body.has("think") ? text(Json.bytes(body.path("think"))) : "")
                .isEqualTo(think);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'none' | 0", "'auto' | 2", "'required' | 2", "{'type':'function','function':{'name':'g'}} | 1"})
    void shouldOfferWhatMayBeCalled(String choice, int offered) {
        var body = Json.tree(sent(
                        Dialect.OPENAI_CHAT,
                        HI
                                + ",'tools':[{'type':'function','function':{'name':'f'}},{'type':'function','function':{'name':'g'}}],"
                                + "'tool_choice':" + choice,
                        "m")
                .body());

        assertThat(body.path("tools")).hasSize(offered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://x/y.png'}}]}]",
                "'messages':[{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'QQ==','format':'wav'}}]}]",
                "'messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'f'}}]}]",
                "'n':2,'messages':[{'role':'user','content':'hi'}]"
            })
    void shouldRefuseWhatOllamaCantBeAsked(String fields) {
        var plan = plan(Dialect.OPENAI_CHAT, "{'model':'r'," + fields + "}", of("ollama", "m", true));

        assertThat(plan).isInstanceOf(UpstreamPlan.Refused.class);
    }

    @Test
    void shouldSayWhatIsLost() {
        var call = sent(
                Dialect.OPENAI_CHAT,
                HI
                        + ",'logprobs':true,'user':'u','logit_bias':{'5':1},'verbosity':'low','unheard_of':1,'parallel_tool_calls':false",
                "m");

        assertThat(call.notes())
                .anyMatch(note -> note.startsWith("dropped logprobs"))
                .anyMatch(note -> note.startsWith("dropped user"))
                .anyMatch(note -> note.startsWith("dropped logit_bias"))
                .anyMatch(note -> note.startsWith("dropped verbosity"))
                .anyMatch(note -> note.startsWith("dropped unheard_of"));
    }

    @Test
    void shouldAskAChatForAText() {
        var call = sent(
                Dialect.OLLAMA_GENERATE,
                "'system':'s','prompt':'p','images':['QQ=='],'template':'{{ .Prompt }}','format':'json','keep_alive':300,"
                        + "'options':{'num_ctx':4096,'top_k':3}",
                "m");

        assertThat(Json.tree(call.body())).isEqualTo(Json.tree(bytes("""
                {'model':'m','messages':[{'role':'system','content':'s'},{'role':'user','content':'p','images':['QQ==']}],
                'stream':true,'format':'json','keep_alive':300,'options':{'top_k':3,'num_ctx':4096}}""")));
        assertThat(call.notes()).containsExactly("dropped template: the model's own is used");
    }

    @Test
    void shouldGiveCallsWithoutIdsTheirResults() {
        var parsed = (Parsed.Request) Dialects.inbound(Dialect.OLLAMA_CHAT).parse(bytes("""
                {'model':'r','messages':[{'role':'user','content':'go'},
                {'role':'assistant','content':'','tool_calls':[{'function':{'name':'f','arguments':{}}},{'function':{'name':'g','arguments':{}}}]},
                {'role':'tool','tool_name':'g','content':'of g'},{'role':'tool','content':'of f'}]}"""));

        var body = Json.tree(
                call(Dialects.outbound(Dialect.OPENAI_CHAT).call(parsed.request(), of("openai", "gpt-4o", false)))
                        .body());

        assertThat(body.path("messages").findValuesAsText("tool_call_id")).containsExactly("call_1", "call_0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model':'r','x':1} | {'model':'m','x':1,'options':{'num_predict':5}}",
                "{'model':'r','options':{ 'top_k':1 }} | {'model':'m','options':{ 'top_k':1,'num_predict':5 }}",
                "{'model':'r','options':{'num_predict':9}} | {'model':'m','options':{'num_predict':5}}",
                "{'model':'r','options':{'num_predict':-1}} | {'model':'m','options':{'num_predict':5}}",
                "{'model':'r','options':{'num_predict':3}} | {'model':'m','options':{'num_predict':3}}",
                "{'model':'r','options':null} | {'model':'m','options':{'num_predict':5}}"
            })
    void shouldHoldARequestThatPassesThroughToTheLimit(String body, String sent) {
        var call = call(
                Dialects.outbound(Dialect.OLLAMA_CHAT).passThrough(bytes(body), of("ollama", "m", true, limit(5))));

        assertThat(text(call.body())).isEqualTo(sent);
    }

    @Test
    void shouldChangeNothingButTheModelOfWhatPassesThrough() {
        var body = "{ 'think' : false, 'model':'r', 'messages':[], 'options':{'seed':1.0}, 'brand_new':[1] }";

        var call = call(Dialects.outbound(Dialect.OLLAMA_CHAT)
                .passThrough(bytes(body), of("ollama", "m", true, dropping("seed"))));

        assertThat(text(call.body())).isEqualTo(body.replace("'r'", "'m'").replace("'seed':1.0", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1, http://h:1/api/chat",
        "http://h:1/v1, http://h:1/api/chat",
        "https://ollama.com/api/, https://ollama.com/api/chat",
        "http://h/ollama, http://h/ollama/api/chat"
    })
    void shouldFindTheServersRoot(String base, String url) {
        var standard = of("ollama", "m", true);
        var target = new Target(
                standard.provider(),
                "m",
                new Target.Endpoint(base, null, Map.of()),
                "r:0:0",
                true,
                Map.of(),
                Target.Policy.NONE);

        var call = call(Dialects.outbound(Dialect.OLLAMA_CHAT).passThrough(bytes("{'model':'r'}"), target));

        assertThat(call.url()).isEqualTo(url);
    }
}
