package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneTest {
    private static final String ENTRY =
            "model_list: [{model_name: m, litellm_params: {model: %s, api_base: \"%s\", api_key: none}%s}]";

    @ParameterizedTest
    @CsvSource({
        "ollama/llama3.2, http://localhost:11434",
        "ollama/llama3.2, http://127.0.0.1:11434",
        "ollama/llama3.2, http://[::1]:11434",
        "hosted_vllm/qwen, http://192.168.1.5:8000/v1",
        "lm_studio/x, http://[fd00:1::2]:1234/v1",
    })
    void shouldBeLocalUnsaidForSelfHostedKindsAtPrivateAddresses(String model, String url) {
        assertThat(zone(ENTRY.formatted(model, url, ""))).isEqualTo(Zone.LOCAL);
    }

    @ParameterizedTest
    @CsvSource({
        "openai/x, http://localhost:8000/v1",
        "openai/x, http://192.168.1.5:8000/v1",
        "ollama/llama3.2, http://ollama:11434",
        "ollama/llama3.2, http://gpu.lan:11434",
        "ollama/llama3.2, http://100.64.1.2:11434",
        "ollama/llama3.2, http://8.8.8.8:11434",
        "ollama/llama3.2, https://ollama.example.com",
        "ollama/llama3.2, http://2130706433:11434",
        "ollama/gpt-oss:120b-cloud, http://localhost:11434",
        "ollama/kimi-k2:cloud, http://localhost:11434",
    })
    void shouldBeCloudUnsaidOtherwise(String model, String url) {
        assertThat(zone(ENTRY.formatted(model, url, ""))).isEqualTo(Zone.CLOUD);
    }

    @ParameterizedTest
    @CsvSource({
        "openai/x, http://localhost:8000/v1",
        "openai/x, http://10.1.2.3:8000/v1",
        "ollama/llama3.2, http://ollama:11434",
        "hosted_vllm/x, http://gpu.internal:8000",
        "hosted_vllm/x, http://gpu.lan:8000",
        "ollama/llama3.2, http://100.64.1.2:11434",
    })
    void shouldBeLocalWhereThatIsSaidAndCouldBeTrue(String model, String url) {
        assertThat(zone(ENTRY.formatted(model, url, ", model_info: {zone: local}")))
                .isEqualTo(Zone.LOCAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai/x|https://api.openai.com/v1|is a vendor's own address",
                "ollama/x|https://API.anthropic.com|is a vendor's own address",
                "ollama/x|http://8.8.8.8:11434|is not an address inside the network",
                "hosted_vllm/x|https://llm.example.com|is not an address inside the network",
                "hosted_vllm/x|http://2130706433|is an address in disguise",
                "hosted_vllm/x|http://[::ffff:8.8.8.8]:80|is not an address inside the network",
                "ollama/gpt-oss:120b-cloud|http://localhost:11434|runs in the vendor's cloud",
                "openai/gpt-oss:120b-cloud|http://localhost:11434/v1|runs in the vendor's cloud",
            })
    void shouldRefuseALocalThatCannotBeTrue(String model, String url, String why) {
        List<String> errors = Configs.errors(ENTRY.formatted(model, url, ", model_info: {zone: local}"));

        assertThat(errors).singleElement().asString().contains("model_info.zone: ", why);
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:pw@localhost:11434",
        "http://localhost@8.8.8.8",
        "ftp://localhost",
        "localhost:11434",
        "http://",
        "http://my_host:11434",
        "http://localhost:11434?x=1",
        "http://localhost:11434#f",
        "http://local host",
    })
    void shouldRefuseWhatIsNoPlainAddress(String url) {
        assertThat(Configs.errors(ENTRY.formatted("ollama/x", url, "")))
                .singleElement()
                .asString()
                .contains("api_base: ");
    }

    private static Zone zone(String text) {
        return ConfigLoaderTest.only(Configs.valid(text).config(), "m").zone();
    }
}
