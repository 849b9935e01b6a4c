package dev.laneway.dialects.contract;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A dialect's own request survives the neutral model. */
class RoundTripTest {
    @Test
    void shouldKeepAMessagesRequest() {
        var body = bytes("""
                {'model':'claude-sonnet-4-5','max_tokens':9000,
                'system':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}},{'type':'text','text':'b'}],
                'messages':[
                {'role':'user','content':[{'type':'text','text':'q','cache_control':{'type':'ephemeral'}},
                {'type':'image','source':{'type':'base64','media_type':'image/png','data':'QQ=='},'cache_control':{'type':'ephemeral'}},
                {'type':'document','source':{'type':'url','url':'https://x.example/a.pdf'},'title':'t'}]},
                {'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'c2ln'},
                {'type':'redacted_thinking','data':'ZGF0YQ=='},{'type':'text','text':'let me see'},
                {'type':'server_tool_use','id':'s1','name':'web_search','input':{'query':'x'}},
                {'type':'tool_use','id':'toolu_1','name':'f','input':{'z':1,'a':[1.50,null]},'cache_control':{'type':'ephemeral'}}]},
                {'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1','content':[{'type':'text','text':'r'},
                {'type':'image','source':{'type':'url','url':'https://x.example/b.png'}}],'is_error':true,'cache_control':{'type':'ephemeral'}},
                {'type':'text','text':'go on'}]}],
                'tools':[{'name':'f','description':'d','input_schema':{'$schema':'s','type':'object','properties':{'z':{'type':'integer','minimum':0}}},
                'cache_control':{'type':'ephemeral'},'defer_loading':true},{'type':'web_search_20260318','name':'web_search'}],
                'tool_choice':{'type':'auto','disable_parallel_tool_use':true},
                'thinking':{'type':'enabled','budget_tokens':2048,'display':'omitted'},
                'stop_sequences':['x'],'metadata':{'user_id':'u'},'service_tier':'auto','stream':true,
                'context_management':{'edits':[]},'brand_new':{'a':1.10}}""");

        var sent = roundTrip(Dialect.ANTHROPIC_MESSAGES, body, "anthropic", "claude-sonnet-4-5");

        assertThat(Json.tree(sent)).isEqualTo(Json.tree(body));
    }

    @Test
    void shouldKeepAChatCompletionsRequest() {
        var body = bytes("""
                {'model':'gpt-4o','messages':[
                {'role':'system','content':'s','name':'n'},{'role':'developer','content':'d'},
                {'role':'user','content':[{'type':'text','text':'q','prompt_cache_breakpoint':{'mode':'explicit'}},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,QQ==','detail':'high'}},
                {'type':'input_audio','input_audio':{'data':'QQ==','format':'wav'}},
                {'type':'file','file':{'file_id':'f1'}},{'type':'brand_new','x':1}]},
                {'role':'assistant','content':null,'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{ \\'x\\' : 1.0 }'}}]},
                {'role':'tool','tool_call_id':'c','content':'r'},{'role':'user','content':'go on'}],
                'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'type':'object'},'strict':true}},
                {'type':'custom','custom':{'name':'c'}}],
                'tool_choice':{'type':'function','function':{'name':'f'}},'parallel_tool_calls':false,
                'temperature':0.5,'top_p':0.25,'frequency_penalty':1.0,'presence_penalty':-1.0,'seed':7,'n':2,'logprobs':true,'top_logprobs':3,
                'logit_bias':{'50256':-100.0},'max_completion_tokens':10,'stop':['a','b'],'reasoning_effort':'low',
                'response_format':{'type':'json_schema','json_schema':{'name':'a','description':'d','schema':{'type':'object'},'strict':false}},
                'verbosity':'low','user':'u','metadata':{'k':'v'},'service_tier':'flex','stream':true,'stream_options':{'include_usage':true},
                'store':true,'prompt_cache_key':'k','prediction':{'type':'content','content':'x'}}""");

        var sent = roundTrip(Dialect.OPENAI_CHAT, body, "openrouter", "gpt-4o");

        var expected = Json.tree(bytes(new String(body, StandardCharsets.UTF_8)
                .replace(
                        "\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}",
                        "\"cache_control\":{\"type\":\"ephemeral\"}")));
        assertThat(Json.tree(sent)).isEqualTo(expected);
    }

    private static byte[] roundTrip(Dialect dialect, byte[] body, String provider, String model) {
        var parsed = (Parsed.Request) Dialects.inbound(dialect).parse(body);
        return call(Dialects.outbound(dialect).call(parsed.request(), of(provider, model, true)))
                .body();
    }
}
