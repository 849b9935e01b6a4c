package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    @Test
    @Timeout(30)
    void shouldJudgeALargeFileWithTangledFallbacksInTime() {
        String models = IntStream.range(0, 1500)
                .mapToObj(i -> "  - {model_name: m" + i + ", litellm_params: {model: openai/m}}\n")
                .collect(Collectors.joining());
        String fallbacks = IntStream.range(0, 1499)
                .mapToObj(i -> "{m" + i + ": [m" + (i + 1) + "]}")
                .collect(Collectors.joining(", "));
        String defaults = IntStream.range(0, 1000).mapToObj(i -> "m" + i).collect(Collectors.joining(", "));

        ConfigResult.Valid valid = Configs.valid("model_list:\n" + models + "router_settings:\n  fallbacks: ["
                + fallbacks + "]\n  default_fallbacks: [" + defaults + "]\n");

        assertThat(valid.config().routes()).hasSize(1500);
        assertThat(valid.config().routes().get("m0").chain()).hasSize(32);
    }

    @Test
    @Timeout(30)
    void shouldFollowEveryWayOfALargePrivateFileInTime() {
        String models = IntStream.range(0, 500)
                .mapToObj(i -> "  - {model_name: m" + i + ", litellm_params: {model: ollama/m}}\n")
                .collect(Collectors.joining());
        String fallbacks = IntStream.range(0, 499)
                .mapToObj(i -> "{m" + i + ": [m" + (i + 1) + "]}")
                .collect(Collectors.joining(", "));
        String routes = IntStream.range(0, 500)
                .mapToObj(i -> "  r" + i + ": {lane: private, chain: [m" + i + "]}\n")
                .collect(Collectors.joining());

        ConfigResult.Valid valid = Configs.valid("model_list:\n" + models + "routes:\n" + routes
                + "router_settings:\n  fallbacks: [" + fallbacks + "]\n");

        assertThat(valid.config().routes()).hasSize(500);
    }

    @Test
    @Timeout(30)
    void shouldRefuseALongRowOfAliasesInTime() {
        String aliases = IntStream.range(0, 4_000)
                .mapToObj(i -> "a" + i + ": a" + (i + 1))
                .collect(Collectors.joining(", "));

        List<String> errors =
                Configs.errors("model_list: []\nrouter_settings: {model_group_alias: {" + aliases + "}}\n");

        assertThat(errors).hasSize(201).anyMatch(error -> error.contains("leads over more than 16 aliases"));
    }

    @ParameterizedTest
    @CsvSource({"default_fallbacks: [, m0, ], fallbacks", "model_group_alias: {, a%d: m0, }, aliases"})
    void shouldRefuseMoreThanCanBeFollowed(String begin, String item, String end, String what) {
        String items = IntStream.range(0, 5_001).mapToObj(item::formatted).collect(Collectors.joining(", "));

        List<String> errors = Configs.errors("model_list: [{model_name: m0, litellm_params: {model: ollama/m}}]\n"
                + "router_settings: {" + begin + items + end + "}\n");

        assertThat(errors).singleElement().asString().contains("more than 5000 " + what);
    }

    @Test
    @Timeout(30)
    void shouldLookForMisspeltNamesInTime() {
        String models = IntStream.range(1_000, 2_000)
                .mapToObj(i -> "  - {model_name: model-number-" + i + ", litellm_params: {model: ollama/m}}\n")
                .collect(Collectors.joining());
        String fallbacks =
                IntStream.range(1_000, 5_000).mapToObj(i -> "model-mumber-" + i).collect(Collectors.joining(", "));

        ConfigResult result =
                Configs.read("model_list:\n" + models + "router_settings: {default_fallbacks: [" + fallbacks + "]}\n");

        assertThat(Configs.of(result, Severity.WARNING)).anyMatch(w -> w.contains("did you mean model-number-1000?"));
    }

    @Test
    @Timeout(30)
    void shouldJudgeManyApprovalsInTime() {
        String models = IntStream.range(0, 1_000)
                .mapToObj(i -> "  - {model_name: m" + i + ", litellm_params: {model: openai/m}}\n")
                .collect(Collectors.joining());
        String names = IntStream.range(0, 200).mapToObj(i -> "m" + i).collect(Collectors.joining(", "));
        String routes = IntStream.range(0, 1_000)
                .mapToObj(i -> "  r" + i + ": {lane: routine, chain: [m" + i % 200 + "]}\n")
                .collect(Collectors.joining());

        ConfigResult result = Configs.read("model_list:\n" + models
                + "lanes: {routine: {privacy: local_first, approved: [" + names + "]}}\nroutes:\n" + routes
                + "router_settings: {default_fallbacks: [" + names + "]}\n");

        assertThat(Configs.of(result, Severity.ERROR))
                .singleElement()
                .asString()
                .contains("too large to be published");
    }

    @Test
    void shouldTellALongWayByItsEnds() {
        String models = IntStream.range(0, 20)
                .mapToObj(i -> "  - {model_name: m" + i + ", litellm_params: {model: ollama/m}}\n")
                .collect(Collectors.joining());
        String fallbacks = IntStream.range(0, 20)
                .mapToObj(i -> "{m" + i + ": [" + (i == 19 ? "out" : "m" + (i + 1)) + "]}")
                .collect(Collectors.joining(", "));

        List<String> errors = Configs.errors("model_list:\n" + models
                + "  - {model_name: out, litellm_params: {model: openai/m}}\n"
                + "routes: {a: {lane: private, chain: [m0]}}\nrouter_settings: {fallbacks: [" + fallbacks + "]}\n");

        assertThat(errors)
                .singleElement()
                .asString()
                .contains(
                        "route a -> m0 (chain, line 23) -> m1 (",
                        " -> ... -> m18 (",
                        "-> out (",
                        "openai/m (cloud, line 22)");
    }

    @Test
    void shouldHideNoErrorBehindAHailOfWarnings() {
        String models = IntStream.range(0, 400)
                .mapToObj(i -> "  - {model_name: m" + i + ", litellm_params: {model: ollama/m, tags: 1}}\n")
                .collect(Collectors.joining());

        ConfigResult result = Configs.read("model_list:\n" + models + "router_settings: {num_retries: 99}\n");

        assertThat(Configs.of(result, Severity.ERROR))
                .singleElement()
                .asString()
                .contains("num_retries");
        assertThat(Configs.of(result, Severity.WARNING))
                .hasSize(201)
                .anyMatch(w -> w.contains("more than 200 warnings"));
    }

    @Test
    void shouldRefuseAConfigThatCannotBePublished() {
        String models = IntStream.range(0, 4900)
                .mapToObj(i -> "  - {model_name: m" + i + ", litellm_params: {model: ollama/m}}\n")
                .collect(Collectors.joining());

        assertThat(Configs.errors("model_list:\n" + models))
                .singleElement()
                .asString()
                .contains("too large to be published");
    }

    @Test
    void shouldTakeLimitsFromTheFile() {
        GatewayConfig config =
                Configs.valid("""
                litellm_settings: {request_timeout: 30}
                general_settings: {max_request_size_mb: 0.5, max_tokens_per_request: 100}
                """, Map.of("LITELLM_PROXY_MAX_TOKENS", "7")).config();

        assertThat(config.limits()).isEqualTo(new Limits(512 * 1024, Duration.ofSeconds(30), 100));
    }

    @Test
    void shouldTakeNoReferenceFromAVariable() {
        ConfigResult result = Configs.read(
                "model_list: [{model_name: a, litellm_params: {model: ollama/a, api_base: os.environ/BASE}}]",
                Map.of("BASE", "${OTHER}", "OTHER", "http://localhost:1"));

        assertThat(Configs.of(result, Severity.WARNING)).anyMatch(warning -> warning.contains("BASE is not set here"));
    }
}
