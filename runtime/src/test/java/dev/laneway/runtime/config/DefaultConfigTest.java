package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultConfigTest {
    @Test
    void shouldCallWhateverTheEnvironmentHas() {
        Map<String, String> environment = Map.of("OPENAI_API_KEY", "k", "OLLAMA_HOST", "0.0.0.0:11434");

        DefaultConfig made = DefaultConfig.from(Environment.of(environment), new TestProviders());

        GatewayConfig config = Configs.valid(made.text(), environment).config();
        assertThat(made.found())
                .containsExactly(
                        new DefaultConfig.Found("openai", "OPENAI_API_KEY", "openai/gpt-4o-mini"),
                        new DefaultConfig.Found("ollama", "OLLAMA_HOST", "ollama/llama3.2"));
        assertThat(config.route("gpt-4o").orElseThrow().zone()).isEqualTo(Zone.CLOUD);
        assertThat(config.route("openai/gpt-4o")).isPresent();
        assertThat(config.route("ollama/llama3.2").orElseThrow().zone()).isEqualTo(Zone.LOCAL);
        assertThat(ConfigLoaderTest.only(config, "ollama/*").baseUrl()).hasToString("http://127.0.0.1:11434");
        assertThat(config.route("claude-x")).isEmpty();
    }

    @Test
    void shouldFindNothingInAnEmptyEnvironment() {
        DefaultConfig made = DefaultConfig.from(Environment.of(Map.of()), new TestProviders());

        assertThat(made.found()).isEmpty();
        assertThat(Configs.valid(made.text(), Map.of()).config().routes()).isEmpty();
    }

    @Test
    void shouldCallTheSimulator() {
        DefaultConfig made = DefaultConfig.simulated("http://127.0.0.1:4010/v1");

        ConfigResult.Valid valid = Configs.valid(made.text(), Map.of("OPENAI_API_KEY", "never-sent"));

        assertThat(valid.problems()).isEmpty();
        assertThat(valid.config().route("simulated").orElseThrow().zone()).isEqualTo(Zone.LOCAL);
        Deployment pattern = ConfigLoaderTest.only(valid.config(), "simulated/*");
        assertThat(pattern.vendorModel("simulated/fail-500")).isEqualTo("fail-500");
        assertThat(pattern.apiKey()).isNull();
    }
}
