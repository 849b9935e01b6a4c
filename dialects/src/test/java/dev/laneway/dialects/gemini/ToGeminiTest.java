package dev.laneway.dialects.gemini;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.dropping;
import static dev.laneway.dialects.TestTargets.limit;
import static dev.laneway.dialects.TestTargets.of;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.OutboundDialect;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.providers.ProviderCatalogue;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a vendor of Gemini's dialect is sent, for clients of the others. */
class ToGeminiTest {
    private static final OutboundDialect GEMINI = Dialects.outbound(Dialect.GEMINI);

    @Test
    void shouldPutATalkIntoContents() {
        var body = openAi("'messages':[{'role':'system','content':'be brief'},{'role':'user','content':'a'},"
                + "{'role':'user','content':[{'type':'text','text':'b'}]},"
                + "{'role':'assistant','content':'c','tool_calls':["
                + "{'id':'x','type':'function','function':{'name':'f','arguments':'{}'}},"
                + "{'id':'y','type':'function','function':{'name':'g','arguments':''}}]},"
                + "{'role':'tool','tool_call_id':'y','content':'plain'},"
                + "{'role':'tool','tool_call_id':'x','content':'[1]'},{'role':'user','content':'d'}]");

        assertThat(text(Json.bytes(body)))
                .isEqualTo("{'systemInstruction':{'parts':[{'text':'be brief'}]},'contents':["
                        + "{'role':'user','parts':[{'text':'a'},{'text':'b'}]},"
                        + "{'role':'model','parts':[{'text':'c'},{'functionCall':{'id':'x','name':'f','args':{}}},"
                        + "{'functionCall':{'id':'y','name':'g','args':{}}}]},"
                        + "{'role':'user','parts':["
                        + "{'functionResponse':{'id':'y','name':'g','response':{'output':'plain'}}},"
                        + "{'functionResponse':{'id':'x','name':'f','response':{'output':'[1]'}}},{'text':'d'}]}]}");
    }

    @Test
    void shouldGiveObjectsBackAsWhatAFunctionSaid() {
        var body = openAi("'messages':[{'role':'assistant','content':null,'tool_calls':["
                + "{'id':'x','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'x','content':'{\\'a\\':1}'}]");

        assertThat(text(Json.bytes(body.findPath("response")))).isEqualTo("{'a':1}");
    }

    @Test
    void shouldCarryWhatGenerationIsToBeLike() {
        var body = openAi("'messages':[{'role':'user','content':'a'}],'temperature':0.5,'top_p':0.25,'seed':7,'n':2,"
                + "'presence_penalty':1,'frequency_penalty':-1,'max_completion_tokens':9,'stop':['x'],'logprobs':true,"
                + "'top_logprobs':3,'reasoning_effort':'low',"
                + "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'$schema':'s','type':'object',"
                + "'properties':{'a':{'const':1}},'additionalProperties':false}}}");

        assertThat(text(Json.bytes(body.path("generationConfig"))))
                .isEqualTo("{'temperature':0.5,'topP':0.25,'frequencyPenalty':-1.0,'presencePenalty':1.0,'seed':7,"
                        + "'candidateCount':2,'responseLogprobs':true,'logprobs':3,'maxOutputTokens':9,'stopSequences':['x'],"
                        + "'thinkingConfig':{'includeThoughts':true,'thinkingBudget':1024},"
                        + "'responseMimeType':'application/json','responseJsonSchema':{'type':'object',"
                        + "'properties':{'a':{'enum':[1]}},'additionalProperties':false}}");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, low, thinkingBudget, 1024",
        "gemini-2.5-flash, high, thinkingBudget, 24576",
        "gemini-2.5-flash, none, thinkingBudget, 0",
        "gemini-2.5-pro, none, thinkingBudget, 128",
        "gemini-3-pro-preview, minimal, thinkingLevel, low",
        "gemini-3-flash-preview, none, thinkingLevel, minimal",
        "gemini-3.1-pro-preview, medium, thinkingLevel, medium",
        "gemini-flash-latest, xhigh, thinkingLevel, high"
    })
    void shouldThinkAsTheModelCan(String model, String effort, String field, String value) {
        var body = tree(call(plan(
                Dialect.OPENAI_CHAT,
                "{'messages':[{'role':'user','content':'a'}],'reasoning_effort':'" + effort + "'}",
                of("gemini", model, false))));

        assertThat(body.at("/generationConfig/thinkingConfig/" + field).asText())
                .isEqualTo(value);
    }

    @Test
    void shouldNotAskAModelToThinkThatCant() {
        var call = call(plan(
                Dialect.OPENAI_CHAT,
                "{'messages':[{'role':'user','content':'a'}],'reasoning_effort':'low'}",
                of("gemini", "gemini-2.0-flash", false)));

        assertThat(tree(call).has("generationConfig")).isFalse();
        assertThat(call.notes()).containsExactly("dropped reasoning: the model can't");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'auto'                                              | {'mode':'AUTO'}",
                "'none'                                              | {'mode':'NONE'}",
                "'required'                                          | {'mode':'ANY'}",
                "{'type':'function','function':{'name':'f'}}         | {'mode':'ANY','allowedFunctionNames':['f']}"
            })
    void shouldSayHowToolsMayBeUsed(String choice, String config) {
        var body =
                openAi("'messages':[{'role':'user','content':'a'}],'tools':[{'type':'function','function':{'name':'f',"
                        + "'parameters':{'type':'object','$schema':'x','properties':{'n':{'type':'integer','exclusiveMinimum':1}}}}}],"
                        + "'tool_choice':" + choice);

        assertThat(text(Json.bytes(body.at("/toolConfig/functionCallingConfig"))))
                .isEqualTo(config);
        assertThat(text(Json.bytes(body.path("tools"))))
                .isEqualTo("[{'functionDeclarations':[{'name':'f','parametersJsonSchema':"
                        + "{'type':'object','properties':{'n':{'type':'integer','minimum':1}}}}]}]");
    }

    @Test
    void shouldTakeASignatureBackToItsCall() {
        var body = openAi("'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b','tool_calls':["
                + "{'id':'x','type':'function','extra_content':{'google':{'thought_signature':'c2ln'}},"
                + "'function':{'name':'f','arguments':'{}'}},"
                + "{'id':'y','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'x','content':'1'},{'role':'tool','tool_call_id':'y','content':'2'}]");

        assertThat(body.at("/contents/1/parts/0").has("thoughtSignature")).isFalse();
        assertThat(body.at("/contents/1/parts/1/thoughtSignature").asText()).isEqualTo("c2ln");
        assertThat(body.at("/contents/1/parts/2").has("thoughtSignature")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-pro-preview, gemini;c2ln, c2ln",
        "gemini-3-pro-preview, EqQBClaudes, skip_thought_signature_validator",
        "gemini-2.5-pro, gemini;c2ln, c2ln",
        "gemini-2.5-pro, EqQBClaudes, ''"
    })
    void shouldGiveNoModelTheSignatureOfAnother(String model, String signature, String sent) {
        var body = tree(call(plan(
                Dialect.ANTHROPIC_MESSAGES,
                "{'max_tokens':9,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':["
                        + "{'type':'thinking','thinking':'','signature':'" + signature + "'},"
                        + "{'type':'tool_use','id':'x','name':'f','input':{}},"
                        + "{'type':'tool_use','id':'y','name':'f','input':{}}]},{'role':'user','content':["
                        + "{'type':'tool_result','tool_use_id':'x','content':'1'},"
                        + "{'type':'tool_result','tool_use_id':'y','content':'2'}]}]}",
                of("gemini", model, false))));

        assertThat(body.at("/contents/1/parts")).hasSize(2);
        assertThat(body.at("/contents/1/parts/0/thoughtSignature").asText()).isEqualTo(sent);
        assertThat(body.at("/contents/1/parts/1").has("thoughtSignature")).isFalse();
    }

    @Test
    void shouldShowImagesAndFiles() {
        var body = openAi(
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,QQ=='}},"
                        + "{'type':'image_url','image_url':{'url':'https://x.example/b.webp?c'}},"
                        + "{'type':'input_audio','input_audio':{'data':'QQ==','format':'wav'}},"
                        + "{'type':'file','file':{'file_data':'data:application/pdf;base64,QQ=='}}]}]");

        assertThat(text(Json.bytes(body.at("/contents/0/parts"))))
                .isEqualTo("[{'inlineData':{'mimeType':'image/png','data':'QQ=='}},"
                        + "{'fileData':{'mimeType':'image/webp','fileUri':'https://x.example/b.webp?c'}},"
                        + "{'inlineData':{'mimeType':'audio/wav','data':'QQ=='}},"
                        + "{'inlineData':{'mimeType':'application/pdf','data':'QQ=='}}]");
    }

    @Test
    void shouldRefuseWhatItCantSay() {
        var plan = plan(
                Dialect.OPENAI_CHAT,
                "{'messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'f'}}]}]}",
                of("gemini", "gemini-2.5-pro", false));

        assertThat(plan).isInstanceOf(UpstreamPlan.Refused.class);
        assertThat(((UpstreamPlan.Refused) plan).failure().kind()).isEqualTo(FailureKind.REJECTED);
    }

    @Test
    void shouldKeepTheOperatorsPolicy() {
        var asked = "{'messages':[{'role':'user','content':'a'}],'max_tokens':50,'temperature':1}";

        var limited = tree(call(plan(Dialect.OPENAI_CHAT, asked, of("gemini", "m", false, limit(9)))));
        var dropped = tree(call(plan(Dialect.OPENAI_CHAT, asked, of("gemini", "m", false, dropping("temperature")))));

        assertThat(limited.at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(9);
        assertThat(dropped.at("/generationConfig").has("temperature")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "us-central1, https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1",
        "global, https://aiplatform.googleapis.com/v1/projects/p/locations/global"
    })
    void shouldFindAModelOfVertexAi(String location, String base) {
        var call =
                call(plan(Dialect.OPENAI_CHAT, "{'messages':[{'role':'user','content':'a'}]}", vertex(null, location)));

        assertThat(call.url())
                .isEqualTo(base + "/publishers/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse");
        assertThat(call.headers()).containsEntry("authorization", "Bearer token");
    }

    @Test
    void shouldTakeAnOperatorsOwnAddressOfVertexAi() {
        var target = vertex("https://proxy.example/v1/projects/q/locations/l/", "global");

        var call = call(plan(Dialect.OPENAI_CHAT, "{'messages':[{'role':'user','content':'a'}]}", target));

        assertThat(call.url()).startsWith("https://proxy.example/v1/projects/q/locations/l/publishers/google/models/");
    }

    @Test
    void shouldLeaveIdsOfCallsOutForVertexAi() {
        var body = tree(call(plan(
                Dialect.OPENAI_CHAT,
                "{'messages':[{'role':'assistant','content':null,'tool_calls':["
                        + "{'id':'x','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'x','content':'1'}]}",
                vertex(null, "global"))));

        assertThat(body.findValues("id")).isEmpty();
        assertThat(body.findPath("functionResponse").path("name").asText()).isEqualTo("f");
    }

    private static Target vertex(String base, String location) {
        var row = Objects.requireNonNull(ProviderCatalogue.find("vertex_ai"));
        var endpoint = new Target.Endpoint(base, "token", Map.of(), "p", location, null);
        return new Target(row, "gemini-2.5-pro", endpoint, "r:0:0", true, Map.of(), Target.Policy.NONE);
    }

    private static JsonNode openAi(String fields) {
        return tree(call(plan(Dialect.OPENAI_CHAT, "{" + fields + "}", of("gemini", "vendor-model", false))));
    }

    private static UpstreamPlan plan(Dialect caller, String body, Target target) {
        var parsed = (Parsed.Request) Dialects.inbound(caller).parse(bytes(body));
        return GEMINI.call(parsed.request(), target);
    }

    private static JsonNode tree(UpstreamCall call) {
        return Objects.requireNonNull(Json.tree(call.body()));
    }
}
