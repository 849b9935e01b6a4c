package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.dialects.providers.ProviderRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A vendor's credentials that are not there are said at once, whatever kind they are, and its deployments are shown as out of service. */
class VendorKeysTest {
    private static final Environment NOTHING = Environment.of(Map.of());

    static Stream<String> vendors() {
        return Providers.catalogue().all().stream()
                .filter(row -> row.auth() != ProviderRow.AuthStyle.NONE)
                .map(ProviderRow::name);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void shouldSayWhatIsMissingAndShowItOutOfService(String vendor) {
        String text = "model_list: [{model_name: m, litellm_params: {model: " + vendor + "/some-model, "
                + "aws_region_name: eu-west-1, vertex_project: some-project"
                + (vendor.startsWith("azure") || vendor.startsWith("custom")
                        ? ", api_base: \"https://vendor.example\""
                        : "")
                + "}}]";

        ConfigResult result = new ConfigLoader(Providers.catalogue(), false).parse(text, "config.yaml", NOTHING);

        assertThat(result).as(() -> Configs.lines(result.problems())).isInstanceOf(ConfigResult.Valid.class);
        GatewayConfig config = ((ConfigResult.Valid) result).config();
        assertThat(Configs.of(result, Severity.WARNING)).anyMatch(warning -> warning.contains(" is not set here"));
        List<RouteReport.Target> targets = RouteReport.of(config, new Secrets(NOTHING, SecretValues.NONE))
                .routes()
                .getFirst()
                .hops()
                .getFirst()
                .deployments();
        assertThat(targets).hasSize(1).allSatisfy(target -> {
            boolean onlyWorkersCanTell = vendor.equals("bedrock"); // their machine may have a role
            assertThat(target.inService()).isEqualTo(onlyWorkersCanTell);
            assertThat(target.reason() == null).isEqualTo(onlyWorkersCanTell);
        });
    }
}
