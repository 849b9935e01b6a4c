package dev.laneway.dialects.responses;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Codex, OpenClaw and others send by the Responses API, before vendors of other dialects, and back. */
class ResponsesTranslationTest {
    private static final String TOOLS = """
            'tools':[{'type':'namespace','name':'mcp__files','description':'d','tools':[
            {'type':'function','name':'read','parameters':{'type':'object'}}]},
            {'type':'custom','name':'apply_patch','format':{'type':'grammar','syntax':'lark','definition':'start: X'}},
            {'type':'web_search'}]""";
    private static final RenderContext WHOLE = new RenderContext("req_1", "my-route", 7, false, true);

    private static JsonNode tree(byte[] json) {
        return Objects.requireNonNull(Json.tree(json), () -> new String(json, StandardCharsets.UTF_8));
    }

    private static UpstreamCall sent(String body, Target target) {
        var parsed = (Parsed.Request) new ResponsesInbound().parse(bytes(body));
        return call(Dialects.vendor(target.provider().dialect()).call(parsed.request(), target));
    }

    private static JsonNode answered(String request, String vendor, String answer, boolean stream) {
        var target = of(vendor, vendor.equals("anthropic") ? "claude-sonnet-4-5" : "gpt-4o", stream);
        var ready = (Exchange.Ready) Exchange.open(
                new ResponsesInbound(),
                bytes(request),
                target,
                new RenderContext("req_1", "my-route", 7, stream, true));
        var out = new ByteArrayOutputStream();
        out.writeBytes(ready.answer().feed(bytes(answer)));
        out.writeBytes(ready.answer().end());
        assertThat(ready.failure()).isNull();
        if (!stream) {
            return tree(out.toByteArray());
        }
        return tree(Objects.requireNonNull(StoredResponse.of("req_1", bytes(request), out.toByteArray(), true))
                .json());
    }

    @ParameterizedTest
    @CsvSource({
        "server_error, SERVER_ERROR",
        "server_is_overloaded, OVERLOADED",
        "slow_down, OVERLOADED",
        "rate_limit_exceeded, RATE_LIMITED",
        "context_length_exceeded, CONTEXT_WINDOW",
        "insufficient_quota, UNAUTHORIZED",
        "invalid_prompt, REJECTED",
        "image_content_policy_violation, CONTENT_POLICY"
    })
    void shouldTypeWhyAResponseFailed(String code, FailureKind kind) {
        var reader = new StreamReader();

        var events = reader.feed(bytes("event: response.failed\ndata: {'type':'response.failed','response':"
                + "{'status':'failed','error':{'code':'" + code + "','message':'no luck'}}}\n\n"));

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChatEvent.Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(kind));
    }

    @Test
    void shouldOfferToolsOfNamespacesAndFreeFormOnesAsFunctions() {
        var call = sent("{'model':'m','input':'x'," + TOOLS + "}", of("openai", "gpt-4o", false));

        var tools = tree(call.body()).path("tools");
        assertThat(tools.findValuesAsText("name")).containsExactly("mcp__files__read", "apply_patch");
        assertThat(tools.path(1).at("/function/parameters/required/0").asText()).isEqualTo("input");
        assertThat(tools.path(1)
                        .at("/function/parameters/properties/input/description")
                        .asText())
                .contains("start: X");
        assertThat(call.notes()).anyMatch(note -> note.startsWith("dropped tool web_search"));
    }

    @Test
    void shouldNameCallsAsTheClientKnowsThem() {
        var answer = """
                {'id':'c','model':'v','choices':[{'index':0,'finish_reason':'tool_calls','message':{'role':'assistant','content':null,
                'tool_calls':[{'id':'a','type':'function','function':{'name':'mcp__files__read','arguments':'{}'}},
                {'id':'b','type':'function','function':{'name':'apply_patch','arguments':'{\\'input\\':\\'*** Begin\\'}'}}]}}]}""";

        var output = answered("{'model':'m','input':'x'," + TOOLS + "}", "openai", answer, false)
                .path("output");

        assertThat(output.path(0).path("type").asText()).isEqualTo("function_call");
        assertThat(output.path(0).path("name").asText()).isEqualTo("read");
        assertThat(output.path(0).path("namespace").asText()).isEqualTo("mcp__files");
        assertThat(output.path(1).path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(output.path(1).path("input").asText()).isEqualTo("*** Begin");
    }

    @Test
    void shouldStreamAFreeFormCallAsOne() {
        var answer = """
                data: {'id':'c','model':'v','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'b','function':{'name':'apply_patch','arguments':'{\\'inp'}}]}}]}

                data: {'id':'c','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'ut\\':\\'***\\'}'}}]}}]}

                data: {'id':'c','choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}

                data: [DONE]

                """;

        var output = answered("{'model':'m','stream':true,'input':'x'," + TOOLS + "}", "openai", answer, true)
                .path("output");

        assertThat(output.path(0).path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(output.path(0).path("input").asText()).isEqualTo("***");
    }

    @Test
    void shouldMakeOneTurnOfWhatTheModelSaidInOne() {
        var call = sent("""
                {'model':'m','input':[{'role':'user','content':'q'},
                {'type':'reasoning','id':'rs_1','summary':[]},
                {'type':'message','role':'assistant','content':[{'type':'output_text','text':'on it'}]},
                {'type':'function_call','call_id':'a','name':'f','arguments':'{}'},
                {'type':'function_call','id':'fc_2','call_id':'b','name':'read','namespace':'mcp__files','arguments':'{}'},
                {'type':'function_call_output','call_id':'a','output':'1'},
                {'type':'function_call_output','call_id':'b','output':[{'type':'input_text','text':'2'}]}]}""", of("openai", "gpt-4o", false));

        var messages = tree(call.body()).path("messages");
        assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant", "tool", "tool");
        assertThat(messages.path(1).path("content").asText()).isEqualTo("on it");
        assertThat(messages.path(1).path("tool_calls")).hasSize(2);
        assertThat(messages.path(1).at("/tool_calls/1/function/name").asText()).isEqualTo("mcp__files__read");
        assertThat(messages.path(3).path("content").asText()).isEqualTo("2");
    }

    @Test
    void shouldGiveClaudeItsThoughtsBackAndNobodyElse() {
        var request = "{'model':'m','input':[{'role':'user','content':'q'}],'max_output_tokens':9000}";
        var answer = """
                {'id':'msg_1','type':'message','role':'assistant','model':'v','stop_reason':'tool_use','usage':{'input_tokens':1,'output_tokens':1},
                'content':[{'type':'thinking','thinking':'hm','signature':'c2ln'},{'type':'redacted_thinking','data':'ZGF0YQ=='},
                {'type':'tool_use','id':'toolu_1','name':'f','input':{}}]}""";
        var output = answered(request, "anthropic", answer, false).path("output");
        var next = "{'model':'m','max_output_tokens':9000,'input':[{'role':'user','content':'q'},"
                + output.toString().substring(1, output.toString().length() - 1)
                + ",{'type':'function_call_output','call_id':'toolu_1','output':'r'}]}";

        var claude =
                tree(sent(next, of("anthropic", "claude-sonnet-4-5", false)).body());
        var same = call(new ResponsesOutbound().passThrough(bytes(next), of("openai_responses", "gpt-5", false)));
        var other = sent(next, of("openai", "gpt-4o", false));

        assertThat(claude.at("/messages/1/content/0/signature").asText()).isEqualTo("c2ln");
        assertThat(claude.at("/messages/1/content/0/thinking").asText()).isEqualTo("hm");
        assertThat(claude.at("/messages/1/content/1/data").asText()).isEqualTo("ZGF0YQ==");
        assertThat(tree(same.body()).path("input").findValuesAsText("type"))
                .containsExactly("function_call", "function_call_output");
        assertThat(same.notes()).containsExactly("dropped reasoning: only its own vendor can read it");
        assertThat(new String(other.body(), StandardCharsets.UTF_8)).doesNotContain("c2ln");
    }

    @Test
    void shouldGiveOpenAiItsReasoningBackFromAnyClient() {
        var answer = """
                {'id':'resp_1','object':'response','status':'completed','model':'v','usage':null,'output':[
                {'id':'rs_1','type':'reasoning','summary':[{'type':'summary_text','text':'hm'}],'encrypted_content':'gAAA'},
                {'id':'fc_1','type':'function_call','call_id':'call_1','name':'f','arguments':'{}'}]}""";
        var caller = Dialects.inbound(Dialect.ANTHROPIC_MESSAGES);
        var target = of("openai_responses", "gpt-5", false);
        var ready = (Exchange.Ready) Exchange.open(
                caller,
                bytes("{'model':'m','max_tokens':100,'messages':[{'role':'user','content':'q'}]}"),
                target,
                WHOLE);
        ready.answer().feed(bytes(answer));
        var content = tree(ready.answer().end()).path("content");
        var next =
                "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":"
                        + content
                        + "},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"call_1\",\"content\":\"r\"}]}]}";
        var parsed = (Parsed.Request) caller.parse(next.getBytes(StandardCharsets.UTF_8));

        var openAi = tree(
                call(new ResponsesOutbound().call(parsed.request(), target)).body());
        var claude = call(Dialects.outbound(Dialect.ANTHROPIC_MESSAGES)
                .passThrough(next.getBytes(StandardCharsets.UTF_8), of("anthropic", "claude-sonnet-4-5", false)));

        assertThat(openAi.at("/input/1/id").asText()).isEqualTo("rs_1");
        assertThat(openAi.at("/input/1/encrypted_content").asText()).isEqualTo("gAAA");
        assertThat(openAi.path("include").path(0).asText()).isEqualTo("reasoning.encrypted_content");
        assertThat(openAi.path("store").asBoolean(true)).isFalse();
        assertThat(new String(claude.body(), StandardCharsets.UTF_8)).doesNotContain("gAAA");
    }

    @Test
    void shouldPassABodyOnButForWhatIsTheGateways() {
        var body = """
                {'model':'my-route','store':true,'previous_response_id':'resp_x','unheard_of':{'a':1.0},'include':['message.output_text.logprobs'],
                'input':[{'type':'reasoning','id':'rs_9','summary':[]},{'type':'reasoning','id':'rs_1~01','summary':[],'encrypted_content':'gA'},
                {'role':'user','content':'q'},{'type':'reasoning','id':'rs_8','summary':[],'encrypted_content':'lw1.x'}]}""";

        var call = call(new ResponsesOutbound().passThrough(bytes(body), of("openai_responses", "gpt-5", false)));

        var expected = """
                {'model':'gpt-5','store':false,'unheard_of':{'a':1.0},'include':['reasoning.encrypted_content','message.output_text.logprobs'],
                'input':[{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gA'},{'role':'user','content':'q'}]}""";
        assertThat(tree(call.body())).isEqualTo(tree(bytes(expected)));
    }

    @Test
    void shouldRepeatTheRequestInItsResponse() {
        var answer = "{'id':'c','model':'v','choices':[{'index':0,'finish_reason':'stop','message':{'content':'hi'}}]}";

        var response = answered(
                "{'model':'m','input':'x','instructions':'be\\nbrief','temperature':0.50,'metadata':{'k':'v'},'store':false}",
                "openai",
                answer,
                false);

        assertThat(response.path("instructions").asText()).isEqualTo("be\nbrief");
        assertThat(response.path("temperature").asText()).isEqualTo("0.50");
        assertThat(response.at("/metadata/k").asText()).isEqualTo("v");
        assertThat(response.path("store").asBoolean(true)).isFalse();
        assertThat(response.path("tools").isArray()).isTrue();
        assertThat(response.path("model").asText()).isEqualTo("my-route");
        assertThat(response.path("id").asText()).isEqualTo("resp_1");
    }
}
