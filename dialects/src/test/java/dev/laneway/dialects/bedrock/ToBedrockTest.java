package dev.laneway.dialects.bedrock;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToBedrockTest {
    private static final String CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static final String USER = "'messages':[{'role':'user','content':'hi'}]";

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-3-5-haiku-20241022-v1:0, anthropic.claude-3-5-haiku-20241022-v1%3A0",
        "converse/amazon.nova-pro-v1:0, amazon.nova-pro-v1%3A0",
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2, "
                + "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fa1b2"
    })
    void shouldPutTheModelIntoThePath(String model, String segment) {
        var call = TestTargets.call(plan("{" + USER + "}", of("bedrock", model, true)));

        assertThat(call.url()).isEqualTo("http://localhost:9/model/" + segment + "/converse-stream");
        assertThat(call.headers()).containsEntry("accept", "application/vnd.amazon.eventstream");
    }

    @Test
    void shouldWriteTurns() {
        var body = body("""
                {'messages':[{'role':'system','content':'be brief'},{'role':'assistant','content':'Hi!'},
                {'role':'user','content':'a'},{'role':'user','content':'b'},{'role':'developer','content':'and kind'}]}""");

        assertThat(body.path("system").toString()).isEqualTo("[{\"text\":\"be brief\"},{\"text\":\"and kind\"}]");
        assertThat(body.path("messages")).isEqualTo(json("""
                [{'role':'user','content':[{'text':'Hello.'}]},{'role':'assistant','content':[{'text':'Hi!'}]},
                {'role':'user','content':[{'text':'a'},{'text':'b'}]}]"""));
    }

    @Test
    void shouldWriteCallsAndResults() {
        var body = body("""
                {'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':null,'tool_calls':[
                {'id':'call/1','type':'function','function':{'name':'weather','arguments':'{\\'city\\':\\'Paris\\'}'}}]},
                {'role':'tool','tool_call_id':'call/1','content':'sunny'}],
                'tools':[{'type':'function','function':{'name':'weather','description':'w','parameters':{'type':'object'}}}],
                'tool_choice':'required'}""");

        assertThat(body.path("messages").get(1).path("content")).isEqualTo(json("""
                [{'toolUse':{'toolUseId':'call_1','name':'weather','input':{'city':'Paris'}}}]"""));
        assertThat(body.path("messages").get(2)).isEqualTo(json("""
                {'role':'user','content':[{'toolResult':{'toolUseId':'call_1','content':[{'text':'sunny'}]}}]}"""));
        assertThat(body.path("toolConfig")).isEqualTo(json("""
                {'tools':[{'toolSpec':{'name':'weather','description':'w','inputSchema':{'json':{'type':'object'}}}}],
                'toolChoice':{'any':{}}}"""));
    }

    @Test
    void shouldDeclareToolsThatAHistoryCalls() {
        var body = body("""
                {'messages':[{'role':'user','content':'hi'},{'role':'assistant','tool_calls':[
                {'id':'c','type':'function','function':{'name':'weather','arguments':''}}]},
                {'role':'tool','tool_call_id':'c','content':'sunny'}]}""");

        assertThat(body.path("toolConfig")).isEqualTo(json("""
                {'tools':[{'toolSpec':{'name':'weather','inputSchema':{'json':{'type':'object'}}}}]}"""));
    }

    @Test
    void shouldOfferNoToolsThatMayNotBeCalled() {
        var body = body("{" + USER + """
                ,'tools':[{'type':'function','function':{'name':'weather'}}],'tool_choice':'none'}""");

        assertThat(body.has("toolConfig")).isFalse();
    }

    @Test
    void shouldWriteImagesAndDocuments() {
        var body = body("""
                {'messages':[{'role':'user','content':[
                {'type':'image_url','image_url':{'url':'data:image/jpg;base64,AAAA'}},
                {'type':'file','file':{'filename':'Q3_report.v2.pdf','file_data':'data:application/pdf;base64,BBBB'}}]}]}""");

        assertThat(body.path("messages").get(0).path("content")).isEqualTo(json("""
                [{'text':'Document:'},{'image':{'format':'jpeg','source':{'bytes':'AAAA'}}},
                {'document':{'format':'pdf','source':{'bytes':'BBBB'},'name':'Q3 report v2'}}]"""));
    }

    @Test
    void shouldRefuseWhatItWouldHaveToFetch() {
        var plan = plan("""
                {'messages':[{'role':'user','content':[
                {'type':'image_url','image_url':{'url':'https://example.com/x.png'}}]}]}""", of("bedrock", CLAUDE, false));

        assertThat(plan)
                .isInstanceOfSatisfying(
                        UpstreamPlan.Refused.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(FailureKind.REJECTED));
    }

    @Test
    void shouldWriteSampling() {
        var body = body(
                "{" + USER + ",'max_completion_tokens':50,'temperature':0.5,'top_p':0.9,'stop':['END']}",
                "meta.llama3");

        assertThat(body.path("inferenceConfig"))
                .isEqualTo(json("{'maxTokens':50,'temperature':0.5,'topP':0.9,'stopSequences':['END']}"));
    }

    @Test
    void shouldAskAClaudeWhichSequenceStoppedIt() {
        var body = body("{" + USER + ",'stop':['END']}");

        assertThat(body.path("additionalModelResponseFieldPaths")).isEqualTo(json("['/stop_sequence']"));
    }

    @Test
    void shouldTellAClaudeToThink() {
        var body = body("{" + USER + ",'reasoning_effort':'low','max_tokens':8000,'temperature':0.3}");

        assertThat(body.path("additionalModelRequestFields"))
                .isEqualTo(json("{'thinking':{'type':'enabled','budget_tokens':2048}}"));
        assertThat(body.path("inferenceConfig")).isEqualTo(json("{'maxTokens':8000}"));
    }

    @Test
    void shouldTellANewerClaudeAnEffort() {
        var body = body("{" + USER + ",'reasoning_effort':'high'}", "anthropic.claude-opus-4-7-v1");

        assertThat(body.path("additionalModelRequestFields")).isEqualTo(json("{'thinking':{'type':'adaptive'}}"));
        assertThat(body.path("outputConfig")).isEqualTo(json("{'effort':'high'}"));
    }

    @Test
    void shouldHandThoughtsBackWithTheirSignature() {
        var parsed =
                (Parsed.Request) Dialects.inbound(Dialect.ANTHROPIC_MESSAGES).parse(bytes("""
                {'model':'m','max_tokens':10,'messages':[{'role':'user','content':'hi'},
                {'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'c2ln'},
                {'type':'redacted_thinking','data':'eHg='},{'type':'text','text':'yes','cache_control':{'type':'ephemeral','ttl':'1h'}}]},
                {'role':'user','content':'go on'}]}"""));
        var call = TestTargets.call(new BedrockConverseVendor().call(parsed.request(), of("bedrock", CLAUDE, false)));

        assertThat(Json.tree(call.body()).path("messages").get(1).path("content"))
                .isEqualTo(json("""
                [{'reasoningContent':{'reasoningText':{'text':'hm','signature':'c2ln'}}},
                {'reasoningContent':{'redactedContent':'eHg='}},{'text':'yes'},{'cachePoint':{'type':'default','ttl':'1h'}}]"""));
    }

    @Test
    void shouldLeaveMarksOutWhereTheModelTakesNone() {
        var call = TestTargets.call(plan(
                "{'messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}}]}]}",
                of("bedrock", "meta.llama3-70b-instruct-v1:0", false)));

        assertThat(new String(call.body(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("cachePoint");
        assertThat(call.notes()).contains("dropped cache_control: the model takes none");
    }

    @Test
    void shouldHoldTheAnswerToASchema() {
        var body = body("{" + USER + """
                ,'response_format':{'type':'json_schema','json_schema':{'name':'s','schema':{'type':'object'}}}}""");

        assertThat(body.path("outputConfig").path("textFormat")).isEqualTo(json("""
                {'type':'json_schema','structure':{'jsonSchema':{
                'schema':'{\\'type\\':\\'object\\',\\'additionalProperties\\':false}','name':'s'}}}"""));
    }

    @Test
    void shouldObeyTheOperator() {
        var target = of("bedrock", CLAUDE, false, TestTargets.limit(20));

        var call = TestTargets.call(plan("{" + USER + ",'max_tokens':50}", target));

        assertThat(Json.tree(call.body()).path("inferenceConfig")).isEqualTo(json("{'maxTokens':20}"));
        assertThat(call.notes()).containsExactly("approximated max_tokens: lowered by the operator's policy");
    }

    private static JsonNode body(String request) {
        return body(request, CLAUDE);
    }

    private static JsonNode body(String request, String model) {
        UpstreamCall call = TestTargets.call(plan(request, of("bedrock", model, false)));
        return Json.tree(call.body());
    }

    private static UpstreamPlan plan(String request, Target target) {
        var body = request.replaceFirst("\\{", "{'model':'m',");
        var parsed = (Parsed.Request) Dialects.inbound(Dialect.OPENAI_CHAT).parse(bytes(body));
        return new BedrockConverseVendor().call(parsed.request(), target);
    }

    private static JsonNode json(String text) {
        return Json.tree(bytes(text));
    }
}
