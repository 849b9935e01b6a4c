package dev.laneway.dialects.answers;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.bedrock.EventStreams;
import dev.laneway.dialects.continuing.Continuation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What an answer is reckoned at that broke off before its vendor told its usage. */
class TokensSeenTest {
    private static final String DELTA = "event: response.output_text.delta\ndata: {'type':'response.output_text.delta',"
            + "'item_id':'msg_1','output_index':0,'content_index':0,'delta':'abcd','logprobs':[],'obfuscation':'kQ3v'}\n\n";

    @Test
    void shouldCountTheEventsOfABinaryStream() {
        var pipe = pipe(Dialect.OPENAI_CHAT, "bedrock", Continuation.NONE);

        for (var i = 0; i < 3; i++) {
            pipe.feed(EventStreams.event(
                    "contentBlockDelta", "{'contentBlockIndex':0,'delta':{'text':'abcd'},'p':'abc'}"));
        }

        assertThat(pipe.tokensSeen()).isEqualTo(3);
    }

    @Test
    void shouldCountAsTextWhatAPieceIsLonger() {
        var pipe = pipe(Dialect.OPENAI_CHAT, "bedrock", Continuation.POSSIBLE);

        pipe.feed(EventStreams.event(
                "contentBlockDelta", "{'contentBlockIndex':0,'delta':{'text':'" + "é".repeat(200) + "'}}"));

        assertThat(pipe.tokensSeen()).isEqualTo(100);
    }

    @Test
    void shouldNotCountWhatAResponseRepeatsOfItsRequest() {
        var pipe = pipe(Dialect.OPENAI_RESPONSES, "openai_responses", Continuation.NONE);

        pipe.feed(
                bytes("event: response.created\ndata: {'type':'response.created','response':{'id':'r','instructions':'"
                        + "be brief ".repeat(1_000) + "'}}\n\n"));
        pipe.feed(bytes(DELTA.repeat(3)));

        assertThat(pipe.tokensSeen()).isEqualTo(3);
    }

    private static AnswerPipe pipe(Dialect caller, String provider, Continuation continuation) {
        var body = caller == Dialect.OPENAI_CHAT
                ? "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                : "{\"model\":\"m\",\"stream\":true,\"input\":\"hi\"}";
        var opened = Exchange.open(
                Dialects.inbound(caller),
                body.getBytes(StandardCharsets.UTF_8),
                of(provider, "m", true),
                new RenderContext("r1", "m", 1, true, false),
                continuation);
        return ((Exchange.Ready) opened).answer();
    }
}
