package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final String TEXT = """
            model_list:
              - {model_name: home, litellm_params: {model: ollama/llama3.2}}
              - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5}}
              - {model_name: claude, litellm_params: {model: bedrock/claude}}
              - {model_name: spare, litellm_params: {model: ollama/phi3}}
            lanes:
              routine: {privacy: local_first, approved: [claude]}
            routes:
              secure: {lane: private, chain: [home], purpose: the household}
              daily: {lane: routine, chain: [home]}
            router_settings: {context_window_fallbacks: [{daily: [claude]}]}
            """;

    @Test
    void shouldReportWhatEachAliasCanReachAndWhy() throws IOException {
        RouteReport report = RouteReport.of(Configs.valid(TEXT).config(), secrets(Map.of()));

        JsonNode json = new ObjectMapper().readTree(report.json());

        JsonNode secure = json.at("/routes/0");
        assertThat(secure.at("/route").asText()).isEqualTo("secure");
        assertThat(secure.at("/lane").asText()).isEqualTo("private");
        assertThat(secure.at("/purpose").asText()).isEqualTo("the household");
        assertThat(secure.at("/privacy").asText()).isEqualTo("local_only");
        assertThat(secure.at("/zone").asText()).isEqualTo("local");
        assertThat(secure.at("/why").asText())
                .isEqualTo("lane private is local_only: no deployment outside the network can be reached");
        JsonNode daily = json.at("/routes/1");
        assertThat(daily.at("/zone").asText()).isEqualTo("cloud");
        assertThat(daily.at("/hops/1/name").asText()).isEqualTo("claude");
        assertThat(daily.at("/hops/1/origin").asText()).isEqualTo("context_window_fallbacks");
        assertThat(daily.at("/hops/1/after").asText()).isEqualTo("a prompt that did not fit");
        assertThat(daily.at("/hops/1/deployments/0/in_service").asBoolean()).isFalse();
        assertThat(daily.at("/hops/1/deployments/0/reason").asText()).isEqualTo("ANTHROPIC_API_KEY is not set");
        assertThat(daily.at("/hops/1/deployments/1/reason").asText()).contains("bedrock is not supported");
        assertThat(json.at("/models_without_a_route/0").asText()).isEqualTo("spare");
    }

    @Test
    void shouldReportForPeople() {
        RouteReport report = RouteReport.of(Configs.valid(TEXT).config(), secrets(Configs.KEYS));

        assertThat(report.text())
                .contains("secure  lane private, local_only, zone local\n    for: the household\n")
                .contains("    1. home\n         ollama/llama3.2  local  http://localhost:11434  in service\n")
                .contains("    2. claude, after a prompt that did not fit (context_window_fallbacks)\n")
                .contains(
                        "bedrock/claude  CLOUD  OUT OF SERVICE: the provider bedrock is not supported by this version")
                .contains("models that no route reaches: spare\n");
    }

    @Test
    void shouldReportAValidFile() throws IOException {
        ConfigResult result = Configs.read(TEXT);
        ValidateReport report = new ValidateReport("config.yaml", result);

        JsonNode json = new ObjectMapper().readTree(report.json());

        assertThat(report.exitCode()).isZero();
        assertThat(report.text()).startsWith("warnings:\nconfig.yaml:4: ").contains("config.yaml is valid, version ");
        assertThat(json.at("/valid").asBoolean()).isTrue();
        assertThat(json.at("/problems/0/severity").asText()).isEqualTo("warning");
        assertThat(json.at("/problems/0/line").asInt()).isEqualTo(4);
    }

    @Test
    void shouldReportARefusedFile() throws IOException {
        ValidateReport report = new ValidateReport("config.yaml", Configs.read("lanes: {A: {}}"));

        JsonNode json = new ObjectMapper().readTree(report.json());

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.text())
                .startsWith("config.yaml:1: lanes.A: can't be a part of a topic's name: write ")
                .contains("config.yaml is refused: 1 error");
        assertThat(json.at("/valid").asBoolean()).isFalse();
        assertThat(json.at("/problems/0/fix").asText()).isNotEmpty();
    }

    private static Secrets secrets(Map<String, String> environment) {
        return new Secrets(Environment.of(environment), SecretValues.NONE);
    }
}
