package dev.laneway.dialects.gemini;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.dropping;
import static dev.laneway.dialects.TestTargets.limit;
import static dev.laneway.dialects.TestTargets.of;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.OutboundDialect;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.neutral.FinishReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiPassThroughTest {
    private static final OutboundDialect GEMINI = Dialects.outbound(Dialect.GEMINI);
    private static final String TALK =
            "{ 'contents' : [ {'parts':[{'text':'a', 'brand_new': 1.10}]} ], 'unheardOf':[null] }";

    @Test
    void shouldChangeNothing() {
        var body = bytes(TALK);

        var call = call(GEMINI.passThrough(body, of("gemini", "gemini-3-pro", true)));

        assertThat(call.body()).isSameAs(body);
        assertThat(call.notes()).isEmpty();
        assertThat(call.url())
                .isEqualTo(
                        "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse");
        assertThat(call.headers()).containsEntry("x-goog-api-key", "k").doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'contents':[]}                                              | {'contents':[],'generationConfig':{'maxOutputTokens':9}}",
                "{'generationConfig':{}}                                      | {'generationConfig':{'maxOutputTokens':9}}",
                "{'generation_config':{'topK':1}}                             | {'generation_config':{'topK':1,'maxOutputTokens':9}}",
                "{'generationConfig':{'maxOutputTokens':5}}                   | {'generationConfig':{'maxOutputTokens':5}}",
                "{'generationConfig':{'maxOutputTokens':'50'}}                | {'generationConfig':{'maxOutputTokens':9}}",
                "{'generationConfig':{'max_output_tokens':50,'topP':1}}       | {'generationConfig':{'max_output_tokens':9,'topP':1}}"
            })
    void shouldHoldTheLimit(String body, String sent) {
        assertThat(passed(body, of("gemini", "m", false, limit(9)))).isEqualTo(sent);
    }

    @Test
    void shouldLeaveOutWhatTheOperatorDrops() {
        var target = of("gemini", "m", false, dropping("safety_settings", "topK"));

        assertThat(passed("{'safetySettings':[],'generationConfig':{'topK':1,'topP':1},'contents':[]}", target))
                .isEqualTo("{'generationConfig':{'topP':1},'contents':[]}");
    }

    @Test
    void shouldTakeOutSignaturesOfOthers() {
        var foreign = ForeignSignature.written("EqQB");
        var body = "{'contents':[{'role':'model','parts':[{'thought':true,'text':'t','thoughtSignature':'" + foreign
                + "'},{'functionCall':{'name':'f'}},{'functionCall':{'name':'g'}}]}]}";

        assertThat(passed(body, of("gemini", "gemini-2.5-pro", false)))
                .isEqualTo("{'contents':[{'role':'model','parts':[{'thought':true,'text':'t'},"
                        + "{'functionCall':{'name':'f'}},{'functionCall':{'name':'g'}}]}]}");
        assertThat(passed(body, of("gemini", "gemini-3-pro", false)))
                .isEqualTo("{'contents':[{'role':'model','parts':[{'thought':true,'text':'t'},"
                        + "{'functionCall':{'name':'f'},'thoughtSignature':'skip_thought_signature_validator'},"
                        + "{'functionCall':{'name':'g'}}]}]}");
    }

    @Test
    void shouldKeepGooglesOwnSignatures() {
        var body = "{'contents':[{'role':'model','parts':[{'functionCall':{'name':'f'},'thought_signature':'c2ln'}]}]}";

        assertThat(passed(body, of("gemini", "gemini-3-pro", false))).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:9, gemini-x, http://h:9/v1beta/models/gemini-x:generateContent",
        "http://h:9/v1beta/, models/gemini-x, http://h:9/v1beta/models/gemini-x:generateContent",
        "http://h:9/v1, tunedModels/t, http://h:9/v1/tunedModels/t:generateContent",
        "http://h:9, a/b:c, http://h:9/v1beta/models/a/b%3Ac:generateContent"
    })
    void shouldCallTheModelByItsAddress(String base, String model, String url) {
        var given = of("gemini", model, false);
        var endpoint = new Target.Endpoint(base, "k", given.endpoint().headers());
        var target = new Target(
                given.provider(), model, endpoint, "r:0:0", false, given.clientHeaders(), Target.Policy.NONE);

        assertThat(call(GEMINI.passThrough(bytes(TALK), target)).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailWhereThePromptWasBlocked(boolean stream) {
        var pipe = answer(
                stream,
                "{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'},'usageMetadata':{'promptTokenCount':9}}");

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.CONTENT_POLICY);
        assertThat(pipe.failure().message()).contains("PROHIBITED_CONTENT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailWhereTheFilterLetNothingThrough(boolean stream) {
        var pipe = answer(stream, "{'candidates':[{'finishReason':'SAFETY','index':0}],'usageMetadata':{}}");

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.CONTENT_POLICY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailWhereTheModelFailedToCall(boolean stream) {
        var pipe = answer(
                stream, "{'candidates':[{'finishReason':'MALFORMED_FUNCTION_CALL','index':0}],'usageMetadata':{}}");

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSeeThatACallIsTheEnd(boolean stream) {
        var pipe = answer(
                stream,
                "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f','args':{}}}]},'finishReason':'STOP'}],"
                        + "'usageMetadata':{'promptTokenCount':1}}");

        assertThat(pipe.failure()).isNull();
        assertThat(pipe.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void shouldWaitForTheLastCandidate() {
        var pipe = GEMINI.passThroughAnswer(new RenderContext("r", "", 1, true, true));

        pipe.feed(bytes("data: {'candidates':[{'content':{'parts':[{'text':'a'}]}},"
                + "{'content':{'parts':[{'text':'b'}]},'index':1,'finishReason':'STOP'}],'usageMetadata':{}}\n\n"));
        pipe.end();

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.CUT_STREAM);
    }

    /** As Google sheds load: behind the last event, over several lines, and not as an event. */
    @Test
    void shouldReadAnErrorThatIsNoEvent() {
        var pipe = GEMINI.passThroughAnswer(new RenderContext("r", "", 1, true, true));
        pipe.feed(bytes("data: {'candidates':[{'content':{'parts':[{'text':'a'}]},'index':0}]}\r\n\r\n"));

        pipe.feed(bytes(
                "{\n  'error': {\n    'code': 503,\n    'message': 'busy',\n    'status': 'UNAVAILABLE'\n  }\n}\n"));
        pipe.end();

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(pipe.failure().message()).isEqualTo("busy");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadWhenToComeAgainInAnAnswer(boolean stream) {
        var pipe = answer(
                stream,
                "{'error':{'code':429,'message':'quota','status':'RESOURCE_EXHAUSTED','details':[{'@type':"
                        + "'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.4s'}]}}");

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(pipe.failure().retryAfterMillis()).isEqualTo(34_400);
    }

    @Test
    void shouldNotBlameTheClientForOurKeyInAnAnswer() {
        var pipe = answer(
                true,
                "{'error':{'code':400,'message':'API key not valid.','status':'INVALID_ARGUMENT','details':[{'@type':"
                        + "'type.googleapis.com/google.rpc.ErrorInfo','reason':'API_KEY_INVALID'}]}}");

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    }

    private static AnswerPipe answer(boolean stream, String json) {
        var pipe = GEMINI.passThroughAnswer(new RenderContext("r", "m", 1, stream, true));
        pipe.feed(bytes(stream ? "data: " + json + "\r\n\r\n" : json));
        pipe.end();
        return pipe;
    }

    private static String passed(String body, Target target) {
        return text(call(GEMINI.passThrough(bytes(body), target)).body());
    }
}
