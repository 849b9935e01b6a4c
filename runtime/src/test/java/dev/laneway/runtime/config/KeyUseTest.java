package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class KeyUseTest {
    private static final String TEXT = """
            x-base: &base {timeout: 60}
            model_list:
              - model_name: a
                litellm_params: {<<: *base, model: openai/a, rpm: 5, tags: [x], temprature: 1}
              - model_name: b
                litellm_params: {model: openai/b, drop_params: true}
                model_info: {supports_vision: true, team_id: t}
            router_settings:
              routing_strategy: least-busy
              enable_tag_filtering: false
              model_group_alias: {c: a, d: {model: b, hidden: true}}
            litellm_settings: {callbacks: [langfuse, presidio], num_retries: x}
            general_settings: {master_key: os.environ/OPENAI_API_KEY, max_parallel_requests: 3}
            """;

    @Test
    void shouldListEachKeyWithItsStanding() {
        List<KeyUse> keys = explain(TEXT).keys();

        assertThat(keys)
                .extracting(KeyUse::key, KeyUse::line, KeyUse::standing)
                .contains(
                        in("x-base", 1),
                        in("model_list", 2),
                        in("model_list[0].model_name", 3),
                        in("model_list[0].litellm_params", 4),
                        in("model_list[0].litellm_params.timeout", 1),
                        in("model_list[0].litellm_params.model", 4),
                        tuple("model_list[0].litellm_params.rpm", 4, KeyStanding.DIFFERENTLY),
                        tuple("model_list[0].litellm_params.tags", 4, KeyStanding.NOT_SUPPORTED),
                        tuple("model_list[0].litellm_params.temprature", 4, KeyStanding.UNKNOWN),
                        tuple("model_list[1].litellm_params.drop_params", 6, KeyStanding.DIFFERENTLY),
                        in("model_list[1].model_info.supports_vision", 7),
                        tuple("model_list[1].model_info.team_id", 7, KeyStanding.NOT_ENFORCED),
                        in("router_settings.routing_strategy", 9),
                        in("router_settings.enable_tag_filtering", 10),
                        in("router_settings.model_group_alias", 11),
                        in("router_settings.model_group_alias.d.hidden", 11),
                        tuple("litellm_settings.callbacks", 12, KeyStanding.NOT_ENFORCED),
                        tuple("litellm_settings.num_retries", 12, KeyStanding.REFUSED),
                        in("general_settings.master_key", 13),
                        tuple("general_settings.max_parallel_requests", 13, KeyStanding.DIFFERENTLY));
        assertThat(keys).extracting(KeyUse::note).noneMatch(String::isBlank);
    }

    @Test
    void shouldLeaveNoKeyOut() {
        List<KeyUse> keys = explain(TEXT).keys();

        assertThat(keys).hasSize(28);
    }

    @Test
    void shouldSayTheSameToPeopleWithSameKeysInOneLine() {
        ConfigLoader.Explained explained = explain("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a, tags: [x]}}
                  - {model_name: b, litellm_params: {model: openai/b, tags: [x]}}
                """);

        String text = new ValidateReport("config.yaml", explained.result(), explained.keys()).text();

        assertThat(text)
                .contains("keys of the file:\n  not supported         model_list[].litellm_params.tags (lines 2, 3): ")
                .contains("\n  in force              model_list[].model_name (lines 2, 3): ");
    }

    @Test
    void shouldSayTheSameToPrograms() throws IOException {
        ConfigLoader.Explained explained = explain("litellm_settings: {success_callback: [langfuse]}\n");

        JsonNode json = new ObjectMapper()
                .readTree(new ValidateReport("config.yaml", explained.result(), explained.keys()).json());

        assertThat(json.at("/keys/1/key").asText()).isEqualTo("litellm_settings.success_callback");
        assertThat(json.at("/keys/1/line").asInt()).isEqualTo(1);
        assertThat(json.at("/keys/1/standing").asText()).isEqualTo("not_supported");
        assertThat(json.at("/keys/1/note").asText()).contains("/metrics");
        assertThat(json.at("/keys/1").size()).isEqualTo(4);
    }

    private static Tuple in(String key, int line) {
        return tuple(key, line, KeyStanding.IN_FORCE);
    }

    private static ConfigLoader.Explained explain(String text) {
        return new ConfigLoader(new TestProviders(), false)
                .explain(text, Configs.FILE, Environment.of(Map.of("OPENAI_API_KEY", "sk-open")));
    }
}
