package dev.laneway.dialects.gemini;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.of;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of Gemini's dialect have others asked, and what they are told. */
class FromGeminiTest {
    private static final String TALK =
            "{'systemInstruction':{'parts':[{'text':'s'}]},'contents':[{'parts':[{'text':'q'}]},"
                    + "{'role':'model','parts':[{'functionCall':{'name':'f','args':{'a':1}}},{'functionCall':{'name':'f','args':{'a':2}}}]},"
                    + "{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'result':'one'}}},"
                    + "{'functionResponse':{'name':'f','response':{'x':2}}},{'text':'go on'}]}],"
                    + "'tools':[{'functionDeclarations':[{'name':'f','description':'d','parameters':{'type':'OBJECT',"
                    + "'properties':{'a':{'type':'INTEGER','nullable':true,'minimum':'1'}},'required':['a']}}]},{'googleSearch':{}}],"
                    + "'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['f']}},"
                    + "'generationConfig':{'temperature':0.5,'maxOutputTokens':9,'topP':0.5,'stopSequences':['x'],'responseMimeType':"
                    + "'application/json','responseSchema':{'type':'OBJECT','propertyOrdering':['a']}},'safetySettings':[]}";

    @Test
    void shouldAskOpenAi() {
        var parsed = (Parsed.Request) Dialects.inbound(Dialect.GEMINI).parse(bytes(TALK));

        var call = call(Dialects.outbound(Dialect.OPENAI_CHAT).call(parsed.request(), of("openai", "gpt-4o", false)));

        assertThat(text(call.body()))
                .contains("{'role':'system','content':'s'},{'role':'user','content':'q'}")
                .contains("{'id':'call_1','type':'function','function':{'name':'f','arguments':'{\\'a\\':1}'}}")
                .contains("{'role':'tool','tool_call_id':'call_1','content':'one'}")
                .contains("{'role':'tool','tool_call_id':'call_2','content':'{\\'x\\':2}'}")
                .contains(
                        "'parameters':{'type':'object','properties':{'a':{'type':['integer','null'],'minimum':1}},'required':['a']}")
                .contains("'tool_choice':{'type':'function','function':{'name':'f'}}")
                .contains("'max_completion_tokens':9")
                .contains("'response_format':{'type':'json_schema'");
        assertThat(call.notes()).contains("dropped tool googleSearch: another vendor runs it");
    }

    @Test
    void shouldAskAnthropic() {
        var parsed = (Parsed.Request) Dialects.inbound(Dialect.GEMINI).parse(bytes(TALK));

        var call = call(Dialects.outbound(Dialect.ANTHROPIC_MESSAGES)
                .call(parsed.request(), of("anthropic", "claude-sonnet-4-5", true)));

        assertThat(text(call.body()))
                .contains("'model':'claude-sonnet-4-5','max_tokens':9,'system':'s'")
                .contains("{'type':'tool_use','id':'call_2','name':'f','input':{'a':2}}")
                .contains("{'type':'tool_result','tool_use_id':'call_1','content':'one'}")
                .contains("'stream':true");
    }

    @Test
    void shouldBeTheSameAgainForGoogle() {
        var parsed = (Parsed.Request) Dialects.inbound(Dialect.GEMINI).parse(bytes(TALK));

        var call = call(Dialects.outbound(Dialect.GEMINI).call(parsed.request(), of("gemini", "gemini-3-pro", false)));

        assertThat(text(call.body()))
                .contains("{'googleSearch':{}}")
                .contains("'safetySettings':[]")
                .contains("'functionResponse':{'id':'call_1','name':'f','response':{'output':'one'}}")
                .contains("'thoughtSignature':'skip_thought_signature_validator'");
    }

    @Test
    void shouldBringAnothersThoughtBackToItsVendor() {
        var renderer = Dialects.inbound(Dialect.GEMINI).renderer(new RenderContext("r", "m", 1, false, true));
        renderer.on(new ChatEvent.Started("x", "v"));
        renderer.on(new ChatEvent.ReasoningDelta(0, "hm"));
        renderer.on(new ChatEvent.ReasoningSignature(0, "EqQB+/=="));
        renderer.on(new ChatEvent.ToolCallStarted(0, 0, "toolu_1", "f"));
        renderer.on(new ChatEvent.ToolArgumentsDelta(0, 0, "{}"));
        renderer.on(new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));
        var told = text(renderer.complete());
        var parts = told.substring(told.indexOf("'parts':") + 8, told.indexOf(",'role'"));

        var parsed = (Parsed.Request) Dialects.inbound(Dialect.GEMINI)
                .parse(bytes("{'contents':[{'parts':[{'text':'q'}]},{'role':'model','parts':" + parts
                        + "},{'parts':[{'functionResponse':{'name':'f','response':{'output':'1'}}}]}]}"));
        var call = call(Dialects.outbound(Dialect.ANTHROPIC_MESSAGES)
                .call(parsed.request(), of("anthropic", "claude-sonnet-4-5", false)));

        assertThat(told).contains("'finishReason':'STOP'");
        assertThat(text(call.body()))
                .contains(
                        "{'type':'thinking','thinking':'hm','signature':'EqQB+/=='},{'type':'tool_use','id':'toolu_1'");
    }

    /** Gemini CLI 0.61 writes it on each call of another vendor's. */
    @ParameterizedTest
    @ValueSource(strings = {"skip_thought_signature_validator", "context_engineering_is_the_way_to_go"})
    void shouldNotTakeThePlaceholderOfASignatureForAThought(String placeholder) {
        var parsed = (Parsed.Request)
                Dialects.inbound(Dialect.GEMINI)
                        .parse(
                                bytes(
                                        "{'contents':[{'parts':[{'text':'q'}]},{'role':'model','parts':[{'functionCall':{'id':'c','name':'f',"
                                                + "'args':{}},'thoughtSignature':'" + placeholder
                                                + "'}]},{'parts':[{'functionResponse':{'id':'c','name':'f','response':{'output':'1'}}}]}]}"));

        var call = call(Dialects.outbound(Dialect.ANTHROPIC_MESSAGES)
                .call(parsed.request(), of("anthropic", "claude-sonnet-4-5", true)));

        assertThat(text(call.body())).doesNotContain("thinking").doesNotContain(placeholder);
        assertThat(call.notes()).noneMatch(note -> note.contains("thinking"));
    }

    @Test
    void shouldWriteSignaturesThatSdksCanRead() {
        assertThat(Base64.getDecoder().decode(ForeignSignature.written("any#thing")))
                .isEqualTo("elsewhereany#thing".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldWordErrorsAsGoogleDoes() {
        var error = new ClientError(429, "rate_limit_error", "rate_limit_exceeded", null, "slow \"down\"", "r1");
        var gemini = Dialects.inbound(Dialect.GEMINI);

        assertThat(text(gemini.errorBody(error)))
                .isEqualTo("{'error':{'code':429,'message':'slow \\'down\\'','status':'RESOURCE_EXHAUSTED','details':["
                        + "{'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'rate_limit_exceeded','domain':'laneway'},"
                        + "{'@type':'type.googleapis.com/google.rpc.RequestInfo','requestId':'r1'}]}}");
        assertThat(text(gemini.errorFrames(error)))
                .startsWith("data: {'error':{'code':429,")
                .contains("}\n\n{'error':{'code':429,")
                .doesNotEndWith("\n");
    }
}
