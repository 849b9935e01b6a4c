package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.config.file.KeyTable;
import dev.laneway.runtime.config.models.RequestFields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the table says to be in force is really read: a value that makes no sense is noticed. */
class KeyTableTest {
    private static final Set<KeyTable.Verdict> IN_FORCE = Set.of(KeyTable.Verdict.YES, KeyTable.Verdict.DIFFERENTLY);
    private static final String NONSENSE = "{zz: [[1]]}";

    /** Blocks, and files around one key of each. */
    private static final Map<String, String> FILES = Map.of(
            "file", "%s",
            "router_settings", "router_settings: {%s}",
            "litellm_settings", "litellm_settings: {%s}",
            "general_settings", "general_settings: {%s}",
            "retry_policy", "router_settings: {retry_policy: {%s}}",
            "api_key", "api_keys: [{%s}]",
            "credential", "credential_list: [{%s}]",
            "model", "model_list: [{model_name: a, litellm_params: {model: openai/a}, %s}]",
            "model_info", "model_list: [{model_name: a, litellm_params: {model: openai/a}, model_info: {%s}}]",
            "litellm_params", "model_list: [{model_name: a, litellm_params: {model: openai/a, %s}}]");

    static Stream<Arguments> keys() {
        return FILES.keySet().stream()
                .flatMap(block -> KeyTable.rows(block).stream())
                .filter(row -> IN_FORCE.contains(row.verdict()) && !row.key().contains("*"))
                .filter(row -> !takesAnything(row))
                .map(row -> Arguments.of(row.block(), row.key()));
    }

    /** Fields that go to the vendor as they are, and what is there already in the file around the key. */
    private static boolean takesAnything(KeyTable.Row row) {
        return row.block().equals("litellm_params")
                        && (RequestFields.names().contains(row.key())
                                || Set.of("extra_body", "model").contains(row.key()))
                || row.key().equals("credential_values") // read, but of no name
                || row.block().equals("model")
                        && Set.of("model_name", "litellm_params").contains(row.key());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldBeRead(String block, String key) {
        String text = FILES.get(block).formatted(key + ": " + NONSENSE);

        ConfigResult result = Configs.read(text);

        assertThat(result.problems()).as(text).anyMatch(problem -> problem.key().contains(key));
    }

    @Test
    void shouldSayThatOnlyRequestFieldsAreForAllDeployments() {
        List<String> warnings = Configs.warnings("""
                model_list: [{model_name: a, litellm_params: {model: openai/a}}]
                router_settings: {default_litellm_params: {temperature: 0, timeout: 5, rpm: 3}}
                """);

        assertThat(warnings)
                .contains(
                        "config.yaml:2: router_settings.default_litellm_params.timeout: not supported: only request fields"
                                + " can be set for all deployments: say it where it has one, or remove it")
                .anyMatch(warning -> warning.contains("default_litellm_params.rpm: not supported"));
    }

    @Test
    void shouldSayThatAKeyOfAnotherVendorHasNoEffect() {
        List<String> warnings = Configs.warnings(
                "model_list: [{model_name: a, litellm_params: {model: openai/a, aws_region_name: eu-west-1}}]");

        assertThat(warnings)
                .anyMatch(warning -> warning.contains("aws_region_name: not supported: it has no effect here"));
    }
}
