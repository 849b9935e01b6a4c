package dev.laneway.dialects.providers;

import static dev.laneway.dialects.TestTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row: where it is called, how it is signed in to, and what of a request its quirks change. */
class EveryVendorTest {
    /** Row, address stated where it has none, what is called, the header that has the key. */
    private static final String[] CALLS = {
        "openai | | https://api.openai.com/v1/chat/completions | authorization",
        "anthropic | | https://api.anthropic.com/v1/messages | x-api-key",
        "azure | https://a.openai.azure.com | https://a.openai.azure.com/openai/deployments/m-1/chat/completions?api-version=v1 | api-key",
        "azure_ai | https://a.services.ai.azure.com/models | https://a.services.ai.azure.com/models/chat/completions?api-version=v1 | api-key",
        "bedrock | https://b.example | https://b.example/model/m-1/converse | authorization",
        "vertex_ai_anthropic | https://v.example/v1/projects/p/locations/l | https://v.example/v1/projects/p/locations/l/publishers/anthropic/models/m-1:rawPredict | authorization",
        "ollama | | http://localhost:11434/api/chat | authorization",
        "hosted_vllm | http://10.0.0.7:8000 | http://10.0.0.7:8000/v1/chat/completions | authorization",
        "lm_studio | | http://localhost:1234/v1/chat/completions | authorization",
        "llamafile | | http://127.0.0.1:8080/v1/chat/completions | authorization",
        "llama_cpp | | http://127.0.0.1:8080/v1/chat/completions | authorization",
        "mistral | | https://api.mistral.ai/v1/chat/completions | authorization",
        "groq | | https://api.groq.com/openai/v1/chat/completions | authorization",
        "deepseek | | https://api.deepseek.com/v1/chat/completions | authorization",
        "together_ai | | https://api.together.xyz/v1/chat/completions | authorization",
        "fireworks_ai | | https://api.fireworks.ai/inference/v1/chat/completions | authorization",
        "openrouter | | https://openrouter.ai/api/v1/chat/completions | authorization",
        "xai | | https://api.x.ai/v1/chat/completions | authorization",
        "perplexity | | https://api.perplexity.ai/chat/completions | authorization",
        "cerebras | | https://api.cerebras.ai/v1/chat/completions | authorization",
        "cohere | | https://api.cohere.ai/compatibility/v1/chat/completions | authorization",
        "deepinfra | | https://api.deepinfra.com/v1/openai/chat/completions | authorization",
        "nvidia_nim | | https://integrate.api.nvidia.com/v1/chat/completions | authorization",
        "moonshot | | https://api.moonshot.ai/v1/chat/completions | authorization",
        "custom_openai | https://c.example/v1 | https://c.example/v1/chat/completions | authorization",
    };

    static String[] calls() {
        return CALLS;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldCallTheVendorsOwnPathWithItsKey(String line) {
        var columns = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        var base = columns.get(1).isEmpty() ? null : columns.get(1);

        var call = call(columns.getFirst(), base, false, "");

        assertThat(call.url()).isEqualTo(columns.get(2));
        var bearer = columns.get(3).equals("authorization");
        assertThat(call.headers()).containsEntry(columns.get(3), bearer ? "Bearer the-key" : "the-key");
        assertThat(call.headers().values().stream().filter(value -> value.contains("the-key")))
                .hasSize(1);
    }

    @Test
    void shouldTryEveryRow() {
        var tried = new TreeSet<String>();
        for (var line : CALLS) {
            tried.add(line.substring(0, line.indexOf(' ')));
        }
        var rows = new ArrayList<String>();
        ProviderCatalogue.all().stream()
                .filter(row -> row.dialect() == Dialect.OPENAI_CHAT
                        || row.dialect() == Dialect.ANTHROPIC_MESSAGES
                        || row.dialect() == Dialect.OLLAMA_CHAT
                        || row.dialect() == VendorOnlyDialect.BEDROCK_CONVERSE)
                .forEach(row -> rows.add(row.name()));

        assertThat(tried).containsExactlyInAnyOrderElementsOf(rows);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, max_completion_tokens, true, developer, true",
        "azure, max_completion_tokens, true, developer, true",
        "mistral, max_tokens, false, system, false",
        "groq, max_completion_tokens, true, developer, true",
        "deepseek, max_tokens, true, system, true",
        "together_ai, max_tokens, true, system, true",
        "fireworks_ai, max_tokens, true, system, true",
        "openrouter, max_completion_tokens, true, developer, true",
        "xai, max_completion_tokens, true, developer, true",
        "perplexity, max_tokens, false, system, true",
        "cerebras, max_completion_tokens, true, developer, true",
        "cohere, max_tokens, true, developer, true",
        "hosted_vllm, max_completion_tokens, true, system, true",
        "lm_studio, max_tokens, true, system, true",
        "llama_cpp, max_tokens, true, system, true"
    })
    void shouldSayItAsTheVendorTakesIt(String row, String limit, boolean usageAsked, String role, boolean user) {
        var call = call(row, "https://v.example/v1", true, ",'max_completion_tokens':9,'user':'u'");

        JsonNode body = Objects.requireNonNull(Json.tree(call.body()));
        assertThat(body.path(limit).asInt()).isEqualTo(9);
        assertThat(body.has("max_tokens") && body.has("max_completion_tokens")).isFalse();
        assertThat(body.path("stream_options").path("include_usage").asBoolean())
                .isEqualTo(usageAsked);
        assertThat(body.path("messages").path(0).path("role").asText()).isEqualTo(role);
        assertThat(body.has("user")).isEqualTo(user);
    }

    private static UpstreamCall call(String row, String base, boolean stream, String more) {
        var target = new Target(
                Objects.requireNonNull(ProviderCatalogue.find(row)),
                "m-1",
                new Target.Endpoint(base, "the-key", Map.of(), null, null, "v1"),
                "r:0:0",
                stream,
                Map.of(),
                new Target.Policy(null, Set.of()));
        var body = bytes("{'model':'route','stream':" + stream
                + ",'messages':[{'role':'developer','content':'be brief'},{'role':'user','content':'hi'}]" + more
                + "}");
        var opened = Exchange.open(
                Dialects.inbound(Dialect.OPENAI_CHAT), body, target, new RenderContext("r", "m", 1, stream, true));
        return ((Exchange.Ready) opened).call();
    }
}
