package dev.laneway.dialects;

import static dev.laneway.dialects.TestTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureClassificationTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    OPENAI_CHAT        | 400 | {'error':{'message':'bad','type':'invalid_request_error','param':'x','code':null}}       | REJECTED
                    OPENAI_CHAT        | 400 | {'error':{'message':'The maximum context length is 8192 tokens.','code':null}}           | CONTEXT_WINDOW
                    OPENAI_CHAT        | 400 | {'error':{'message':'too much','code':'context_length_exceeded'}}                        | CONTEXT_WINDOW
                    OPENAI_CHAT        | 400 | {'error':{'message':'the request exceeds the available context size','type':'exceed_context_size_error','code':400}} | CONTEXT_WINDOW
                    OPENAI_CHAT        | 400 | {'error':{'message':'The response was filtered','code':'content_filter'}}                | CONTENT_POLICY
                    OPENAI_CHAT        | 400 | {'error':{'message':'x','code':'content_policy_violation'}}                              | CONTENT_POLICY
                    OPENAI_CHAT        | 400 | {'error':'This model\u0027s maximum prompt length is 131072 but the request contains 200000 tokens.'} | CONTEXT_WINDOW
                    OPENAI_CHAT        | 400 | [{'error':{'code':400,'message':'The input token count (12) exceeds the maximum number of tokens allowed (1).','status':'INVALID_ARGUMENT'}}] | CONTEXT_WINDOW
                    OPENAI_CHAT        | 401 | {'error':{'message':'Incorrect API key provided: sk-abcdefgh12345'}}                     | UNAUTHORIZED
                    OPENAI_CHAT        | 403 | {}                                                                                       | UNAUTHORIZED
                    OPENAI_CHAT        | 402 | {'error':{'message':'Insufficient Balance'}}                                             | UNAUTHORIZED
                    OPENAI_CHAT        | 404 | {'error':{'message':'no model','code':'model_not_found'}}                                | REJECTED
                    OPENAI_CHAT        | 408 | -                                                                                        | TIMEOUT
                    OPENAI_CHAT        | 413 | -                                                                                        | CONTEXT_WINDOW
                    OPENAI_CHAT        | 422 | {'detail':[{'msg':'x'}]}                                                                 | REJECTED
                    OPENAI_CHAT        | 429 | {'error':{'message':'slow down','code':'rate_limit_exceeded'}}                           | RATE_LIMITED
                    OPENAI_CHAT        | 429 | {'error':{'message':'You exceeded your current quota','code':'insufficient_quota'}}      | UNAUTHORIZED
                    OPENAI_CHAT        | 500 | <html>oops</html>                                                                        | SERVER_ERROR
                    OPENAI_CHAT        | 502 | -                                                                                        | SERVER_ERROR
                    OPENAI_CHAT        | 503 | {'message':'queue full'}                                                                 | OVERLOADED
                    OPENAI_CHAT        | 504 | -                                                                                        | TIMEOUT
                    OPENAI_CHAT        | 302 | -                                                                                        | MALFORMED
                    ANTHROPIC_MESSAGES | 400 | {'type':'error','error':{'type':'invalid_request_error','message':'bad'}}                | REJECTED
                    ANTHROPIC_MESSAGES | 400 | {'type':'error','error':{'type':'invalid_request_error','message':'prompt is too long: 250000 tokens > 200000 maximum'}} | CONTEXT_WINDOW
                    ANTHROPIC_MESSAGES | 400 | {'type':'error','error':{'type':'invalid_request_error','message':'input length and `max_tokens` exceed context limit: 1 + 2 > 3'}} | CONTEXT_WINDOW
                    ANTHROPIC_MESSAGES | 400 | {'type':'error','error':{'type':'invalid_request_error','message':'Output blocked by content filtering policy'}} | CONTENT_POLICY
                    ANTHROPIC_MESSAGES | 400 | {'type':'error','error':{'type':'invalid_request_error','message':'Your credit balance is too low to access the API'}} | UNAUTHORIZED
                    ANTHROPIC_MESSAGES | 400 | {'message':'Input is too long for requested model.'}                                      | CONTEXT_WINDOW
                    ANTHROPIC_MESSAGES | 401 | {'type':'error','error':{'type':'authentication_error','message':'invalid x-api-key'}}   | UNAUTHORIZED
                    ANTHROPIC_MESSAGES | 413 | {'type':'error','error':{'type':'request_too_large','message':'x'}}                      | CONTEXT_WINDOW
                    ANTHROPIC_MESSAGES | 429 | {'type':'error','error':{'type':'rate_limit_error','message':'x'}}                       | RATE_LIMITED
                    ANTHROPIC_MESSAGES | 500 | {'type':'error','error':{'type':'api_error','message':'x'}}                              | SERVER_ERROR
                    ANTHROPIC_MESSAGES | 529 | {'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}              | OVERLOADED
                    GEMINI             | 400 | {'error':{'code':400,'message':'API key not valid','status':'INVALID_ARGUMENT','details':[{'reason':'API_KEY_INVALID'}]}} | UNAUTHORIZED
                    GEMINI             | 400 | {'error':{'code':400,'message':'The input token count (12) exceeds the maximum number of tokens allowed (1).','status':'INVALID_ARGUMENT'}} | CONTEXT_WINDOW
                    GEMINI             | 400 | {'error':{'code':400,'message':'Unable to process','status':'INVALID_ARGUMENT'}}         | REJECTED
                    GEMINI             | 403 | {'error':{'code':403,'message':'x','status':'PERMISSION_DENIED'}}                        | UNAUTHORIZED
                    GEMINI             | 404 | {'error':{'code':404,'message':'models/x is not found','status':'NOT_FOUND'}}            | REJECTED
                    GEMINI             | 429 | [{'error':{'code':429,'message':'quota','status':'RESOURCE_EXHAUSTED'}}]                 | RATE_LIMITED
                    GEMINI             | 500 | {'error':{'code':500,'message':'x','status':'INTERNAL'}}                                 | SERVER_ERROR
                    GEMINI             | 503 | {'error':{'code':503,'message':'The model is overloaded.','status':'UNAVAILABLE'}}       | OVERLOADED
                    GEMINI             | 504 | {'error':{'code':504,'message':'x','status':'DEADLINE_EXCEEDED'}}                        | TIMEOUT
                    """)
    void shouldTypeTheFailure(Dialect dialect, int status, String body, FailureKind kind) {
        var failure = Dialects.outbound(dialect).classify(status, HeaderLookup.NONE, bytes(body), 0);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.vendorStatus()).isEqualTo(status);
        assertThat(failure.message()).isNotBlank().doesNotContain("sk-abc").doesNotContain("<html>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'error':{'message':'m','type':'None','param':'None','code':'429'}}                     | RATE_LIMITED
                    {'error':{'message':'m','code':503}}                                                    | OVERLOADED
                    {'error':{'message':'m','type':'server_error','code':'rate_limit_exceeded'}}            | RATE_LIMITED
                    {'error':{'message':'m','type':'overloaded_error','code':'x'}}                          | OVERLOADED
                    {'error':{'message':'m','type':'invalid_request_error','code':'context_length_exceeded'}} | CONTEXT_WINDOW
                    {'type':'error','error':'overloaded'}                                                   | OVERLOADED
                    {'type':'error','error':{'type':'rate_limit_error','message':'m'}}                      | RATE_LIMITED
                    {'error':'it broke'}                                                                    | SERVER_ERROR
                    """)
    void shouldTypeAnErrorInAnAnswerThatSaid200(String body, FailureKind kind) {
        for (var dialect : List.of(
                Dialect.OPENAI_CHAT,
                Dialect.ANTHROPIC_MESSAGES,
                Dialect.OPENAI_RESPONSES,
                Dialect.OPENAI_COMPLETIONS)) {
            for (var stream : new boolean[] {true, false}) {
                var pipe = Dialects.outbound(dialect).passThroughAnswer(new RenderContext("r", "m", 1, stream, true));

                pipe.feed(bytes(stream ? "data: " + body + "\n\n" : body));
                pipe.end();

                assertThat(pipe.failure()).extracting(Failure::kind).isEqualTo(kind);
            }
        }
    }

    @Test
    void shouldSayWhenToComeBack() {
        var headers = Map.of("retry-after", "7");

        var failure = Dialects.outbound(Dialect.OPENAI_CHAT).classify(429, headers::get, bytes("{}"), 0);

        assertThat(failure.retryAfterMillis()).isEqualTo(7_000);
    }

    @Test
    void shouldWordErrorsAsEachDialectDoes() {
        var error = new ClientError(429, "rate_limit_error", "rate_limit_exceeded", null, "slow \"down\"", "r1");

        var openAi = TestTargets.text(Dialects.inbound(Dialect.OPENAI_CHAT).errorBody(error));
        var anthropic =
                TestTargets.text(Dialects.inbound(Dialect.ANTHROPIC_MESSAGES).errorBody(error));

        assertThat(openAi)
                .isEqualTo("{'error':{'message':'slow \\'down\\'','type':'rate_limit_error','param':null,"
                        + "'code':'rate_limit_exceeded','request_id':'r1'}}");
        assertThat(anthropic)
                .isEqualTo(
                        "{'type':'error','error':{'type':'rate_limit_error','message':'slow \\'down\\''},'request_id':'r1'}");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "401, authentication_error",
        "403, permission_error",
        "404, not_found_error",
        "413, request_too_large",
        "429, rate_limit_error",
        "502, api_error",
        "503, overloaded_error",
        "504, timeout_error"
    })
    void shouldNameErrorsAsAnthropicDoes(int status, String type) {
        var error = new ClientError(status, "x", null, "messages[0].role", "no", "r1");

        var body = TestTargets.text(Dialects.inbound(Dialect.ANTHROPIC_MESSAGES).errorBody(error));

        assertThat(body).contains("'type':'" + type + "'").contains("messages[0].role: no");
    }

    @Test
    void shouldHaveAClientErrorForEveryKindOfFailure() {
        for (var kind : FailureKind.values()) {
            var error = ClientError.of(Failure.of(kind, "m"), kind.clientStatus(), "r");

            assertThat(error.type()).isNotBlank();
            assertThat(error.code()).isNotBlank();
        }
    }
}
