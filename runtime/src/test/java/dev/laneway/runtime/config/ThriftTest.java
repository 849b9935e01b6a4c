package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThriftTest {
    private static final String MODELS = """
            model_list:
              - {model_name: home, litellm_params: {model: ollama/llama3.2}}
              - {model_name: small, litellm_params: {model: openai/gpt-4o-mini}}
              - {model_name: large, litellm_params: {model: anthropic/claude-opus-4-1-20250805}}
              - {model_name: strange, litellm_params: {model: openai/nobody-knows}}
            """;

    @Test
    void shouldWarnWhereRoutineWorkBeginsAtTheDearestModel() {
        assertThat(dear(MODELS + """
                lanes: {routine: {privacy: cloud_allowed}}
                routes: {everyday: {lane: routine, chain: [large, small]}}
                """))
                .containsExactly(
                        "config.yaml:7: routes.everyday.chain[0]: routine work begins at the dearest model, large:"
                                + " begin with a cheaper one, such as home, or move the route to a lane for work that is worth it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lanes: {routine: {privacy: cloud_allowed}}\nroutes: {a: {lane: routine, chain: [small, large]}}",
                "lanes: {routine: {privacy: cloud_allowed}}\nroutes: {a: {lane: routine, chain: [strange]}}",
                "lanes: {premium: {privacy: cloud_allowed}}\nroutes: {a: {lane: premium, chain: [large]}}",
                "lanes: {routine: {privacy: local_only}}\nroutes: {a: {lane: routine, chain: [home]}}",
                "litellm_settings: {request_timeout: 60}",
            })
    void shouldNotWarnOtherwise(String rest) {
        assertThat(dear(MODELS + rest + "\n")).isEmpty();
    }

    @Test
    void shouldGoByThePricesThatTheFileStates() {
        assertThat(dear("""
                model_list:
                  - model_name: one
                    litellm_params: {model: openai/one, input_cost_per_token: 0.00001}
                  - model_name: other
                    litellm_params: {model: openai/other}
                    model_info: {input_cost_per_token: 1e-7, output_cost_per_token: 4e-7}
                lanes: {routine: {privacy: cloud_allowed}}
                routes: {everyday: {lane: routine, chain: [one]}}
                """))
                .singleElement()
                .asString()
                .contains("dearest model, one: begin with a cheaper one, such as other");
    }

    private static List<String> dear(String text) {
        return Configs.of(Configs.read(text), Severity.WARNING).stream()
                .filter(warning -> warning.contains("dearest"))
                .toList();
    }
}
