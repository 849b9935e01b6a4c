package dev.laneway.dialects.openai;

import static dev.laneway.dialects.TestTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.providers.ProviderCatalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureTest {
    private final OpenAiChatOutbound azure = new OpenAiChatOutbound();

    @ParameterizedTest
    @CsvSource({
        "azure, https://acme.openai.azure.com, https://acme.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
        "azure, https://acme.openai.azure.com/openai/, https://acme.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
        "azure, https://acme.openai.azure.com/openai/v1, https://acme.openai.azure.com/openai/v1/chat/completions",
        "azure, https://gw.example/openai/deployments/x, https://gw.example/openai/deployments/x/chat/completions?api-version=2024-10-21",
        "azure_ai, https://acme.services.ai.azure.com/models, https://acme.services.ai.azure.com/models/chat/completions?api-version=2024-10-21"
    })
    void shouldCallTheDeployment(String provider, String base, String url) {
        var call = TestTargets.call(
                azure.passThrough(bytes("{'model':'m','messages':[]}"), target(provider, base, "2024-10-21")));

        assertThat(call.url()).isEqualTo(url);
        assertThat(call.headers()).containsEntry("api-key", "the-key").doesNotContainKey("authorization");
    }

    @Test
    void shouldTypeTheContentFiltersRefusal() {
        var failure = azure.classify(
                400,
                HeaderLookup.NONE,
                bytes(
                        "{'error':{'message':'The response was filtered due to the prompt triggering the management policy.',"
                                + "'type':null,'param':'prompt','code':'content_filter','status':400,'innererror':{"
                                + "'code':'ResponsibleAIPolicyViolation','content_filter_result':{'hate':{'filtered':true}}}}}"),
                0);

        assertThat(failure.kind()).isEqualTo(FailureKind.CONTENT_POLICY);
    }

    @Test
    void shouldTypeADeploymentThatIsNotThere() {
        var failure = azure.classify(
                404,
                HeaderLookup.NONE,
                bytes("{'error':{'code':'DeploymentNotFound','message':'The API deployment does not exist.'}}"),
                0);

        assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED);
    }

    private static Target target(String provider, String base, String version) {
        return new Target(
                ProviderCatalogue.find(provider),
                "my gpt",
                new Target.Endpoint(base, "the-key", Map.of(), null, null, version),
                "r:0:0",
                false,
                Map.of(),
                Target.Policy.NONE);
    }
}
