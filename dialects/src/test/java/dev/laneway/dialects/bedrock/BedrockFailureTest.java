package dev.laneway.dialects.bedrock;

import static dev.laneway.dialects.TestTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.neutral.ChatEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockFailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            429 | ThrottlingException                                     | {'message':'Too many requests, please wait before trying again.'} | RATE_LIMITED
            429 | ModelNotReadyException                                  | {'message':'not ready'}                             | OVERLOADED
            400 | ServiceQuotaExceededException                           | {'message':'quota'}                                 | RATE_LIMITED
            400 | ValidationException:http://internal.amazon.com/x        | {'message':'The provided model identifier is invalid.'} | REJECTED
            400 | ValidationException                                     | {'message':'Input is too long for requested model.'} | CONTEXT_WINDOW
            403 | AccessDeniedException                                   | {'message':'You don`t have access to the model'}    | UNAUTHORIZED
            403 | -                                                       | {'__type':'com.amazon.coral.service#UnrecognizedClientException','message':'x'} | UNAUTHORIZED
            400 | ExpiredTokenException                                   | {'message':'The security token is expired'}         | UNAUTHORIZED
            404 | ResourceNotFoundException                               | {'message':'x'}                                     | REJECTED
            408 | ModelTimeoutException                                   | {'message':'x'}                                     | TIMEOUT
            424 | ModelErrorException                                     | {'message':'x','originalStatusCode':500}            | SERVER_ERROR
            500 | InternalServerException                                 | {}                                                  | SERVER_ERROR
            503 | ServiceUnavailableException                             | {'message':'busy'}                                  | OVERLOADED
            502 | -                                                       | <html>                                              | SERVER_ERROR
            """)
    void shouldTypeTheFailure(int status, String type, String body, FailureKind kind) {
        HeaderLookup headers = name -> name.equals("x-amzn-errortype") && !type.equals("-") ? type : null;

        var failure = Errors.classify(status, headers, bytes(body), 0);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.vendorStatus()).isEqualTo(status);
        assertThat(failure.message()).isNotBlank().doesNotContain("<html>");
    }

    @Test
    void shouldNotPassOnWhatARefusedSignatureQuotes() {
        var body = bytes(
                "{'message':'The request signature we calculated does not match. x-amz-security-token:IQoJb3Jp'}");

        var failure = Errors.classify(403, name -> "InvalidSignatureException", body, 0);

        assertThat(failure.message()).doesNotContain("IQoJb3Jp", "x-amz");
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException, RATE_LIMITED",
        "modelStreamErrorException, SERVER_ERROR",
        "internalServerException, SERVER_ERROR",
        "serviceUnavailableException, OVERLOADED",
        "validationException, REJECTED",
        "somethingNewException, SERVER_ERROR"
    })
    void shouldTypeAnExceptionInTheStream(String type, FailureKind kind) {
        var events = new StreamReader().feed(EventStreams.exception(type, "{'message':'no luck'}"));

        assertThat(events).singleElement().isInstanceOfSatisfying(ChatEvent.Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(kind);
            assertThat(failed.failure().message()).isEqualTo("no luck");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'output':{'message':{'content':[{'text':'hi'}]}},'stopReason':'end_turn'} | MALFORMED
            {'something':'else'}                                                       | MALFORMED
            {'message':'oops'}                                                         | SERVER_ERROR
            {'__type':'ThrottlingException','message':'slower'}                        | RATE_LIMITED
            """)
    void shouldTypeADocumentInPlaceOfAStream(String document, FailureKind kind) {
        var reader = new StreamReader();
        reader.feed(bytes(document));

        var events = reader.end();

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChatEvent.Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(kind));
    }

    @Test
    void shouldNotTakeAnyDocumentForAnAnswer() {
        var reader = new WholeReader();
        reader.feed(bytes("{'something':'else'}"));

        var events = reader.end();

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChatEvent.Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.MALFORMED));
    }

    @Test
    void shouldTypeAnErrorWithoutAModel() {
        var events = new StreamReader()
                .feed(EventStreams.frame(
                        "", ":message-type", "error", ":error-code", "InternalFailure", ":error-message", "oops"));

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChatEvent.Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.SERVER_ERROR));
    }
}
