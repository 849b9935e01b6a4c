package dev.laneway.dialects.anthropic;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.providers.ProviderCatalogue;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeOnVertexTest {
    private static final String VERSION = "'anthropic_version':'vertex-2023-10-16'";
    private final AnthropicMessagesOutbound dialect = new AnthropicMessagesOutbound();

    @ParameterizedTest
    @CsvSource({
        "us-east5, https://us-east5-aiplatform.googleapis.com, false, rawPredict",
        "global, https://aiplatform.googleapis.com, true, streamRawPredict",
        "eu, https://aiplatform.eu.rep.googleapis.com, true, streamRawPredict"
    })
    void shouldNameTheModelInThePath(String location, String host, boolean stream, String verb) {
        var call = call(dialect.passThrough(bytes("{'model':'a'}"), target(location, stream)));

        assertThat(call.url())
                .isEqualTo(host + "/v1/projects/p/locations/" + location
                        + "/publishers/anthropic/models/claude-sonnet-4-5%4020250929:" + verb);
        assertThat(call.headers())
                .containsEntry("authorization", "Bearer token")
                .containsEntry("anthropic-beta", "b")
                .doesNotContainKey("anthropic-version");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'model':'a','max_tokens':5}                          | {'max_tokens':5,VERSION}
                    {'max_tokens':5, 'model':'a' , 'stream':true}         | {'max_tokens':5 , 'stream':true,VERSION}
                    {'model':'a'}                                         | {VERSION}
                    {'max_tokens':5,'model':'a'}                          | {'max_tokens':5,VERSION}
                    {'anthropic_version':'x','model':'a','max_tokens':5}  | {'max_tokens':5,VERSION}
                    """)
    void shouldPutTheVersionInPlaceOfTheModel(String body, String expected) {
        var call = call(dialect.passThrough(bytes(body), target("global", true)));

        assertThat(text(call.body())).isEqualTo(expected.replace("VERSION", VERSION));
    }

    @Test
    void shouldWriteTheSameForOthersClients() {
        var parsed = (Parsed.Request) Dialects.inbound(Dialect.OPENAI_CHAT)
                .parse(bytes("{'model':'a','messages':[{'role':'user','content':'hi'}]}"));

        var call = call(dialect.call(parsed.request(), target("global", true)));

        assertThat(text(call.body()))
                .contains(VERSION)
                .contains("'stream':true")
                .doesNotContain("'model'");
    }

    private static Target target(String location, boolean stream) {
        var row = Objects.requireNonNull(ProviderCatalogue.find("vertex_ai_anthropic"));
        var endpoint = new Target.Endpoint(null, "token", Map.of(), "p", location, null);
        return new Target(
                row,
                "claude-sonnet-4-5@20250929",
                endpoint,
                "r:0:0",
                stream,
                Map.of("anthropic-beta", "b", "anthropic-version", "2026-10-21"),
                Target.Policy.NONE);
    }
}
