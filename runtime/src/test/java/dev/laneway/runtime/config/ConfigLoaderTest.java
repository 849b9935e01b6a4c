package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigLoaderTest {
    private static final String PINNED = """
            model_list:
              - model_name: home-llama
                litellm_params: {model: ollama/llama3.2, api_base: http://localhost:11434, timeout: 120}
                model_info: {zone: local}
              - model_name: claude
                litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY}
            lanes:
              private: {privacy: local_only, purpose: "legal, financial, identity, household"}
              routine: {privacy: local_first, approved: [claude], weight: 2}
              premium: {privacy: cloud_allowed}
            routes:
              secure-core: {lane: private, chain: [home-llama]}
              general-smart: {lane: premium, chain: [claude, home-llama]}
              legal-opinion: {lane: premium, chain: [claude], fallback: never, purpose: "a wrong answer costs more than none"}
            """;

    @Test
    void shouldReadThePinnedExample() {
        ConfigResult.Valid valid = Configs.valid(PINNED);

        GatewayConfig config = valid.config();
        assertThat(valid.problems()).isEmpty();
        assertThat(config.routes()).containsOnlyKeys("secure-core", "general-smart", "legal-opinion");
        assertThat(config.lanes()).containsOnlyKeys("private", "routine", "coding", "web", "premium");
        assertThat(config.lanes().get("routine"))
                .isEqualTo(new Lane(
                        "routine",
                        Privacy.LOCAL_FIRST,
                        List.of("claude"),
                        2,
                        OnUnknown.FAIL,
                        false,
                        "everyday work",
                        List.of()));
        assertThat(config.route("secure-core")).get().satisfies(route -> {
            assertThat(route.zone()).isEqualTo(Zone.LOCAL);
            assertThat(route.privacy()).isEqualTo(Privacy.LOCAL_ONLY);
            assertThat(route.chain()).extracting(ChainHop::name).containsExactly("home-llama");
        });
        assertThat(config.route("general-smart")).get().satisfies(route -> {
            assertThat(route.zone()).isEqualTo(Zone.CLOUD);
            assertThat(route.chain()).extracting(ChainHop::name).containsExactly("claude", "home-llama");
        });
        assertThat(config.route("legal-opinion"))
                .get()
                .extracting(Route::fallbackAllowed)
                .isEqualTo(false);
        assertThat(config.route("claude")).as("a deployment's name").isEmpty();
        assertThat(config.route("nobody")).isEmpty();
        assertThat(config.router().numRetries()).isEqualTo(2);
        assertThat(config.limits()).isEqualTo(new Limits(20L * 1024 * 1024, Duration.ofMinutes(10), null));
    }

    @Test
    void shouldReadADeploymentsFields() {
        GatewayConfig config = Configs.valid(PINNED).config();

        Deployment home = only(config, "home-llama");
        assertThat(home.provider()).isEqualTo("ollama");
        assertThat(home.vendorModel()).isEqualTo("llama3.2");
        assertThat(home.baseUrl()).isEqualTo(URI.create("http://localhost:11434"));
        assertThat(home.zone()).isEqualTo(Zone.LOCAL);
        assertThat(home.timeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(home.apiKey()).isNull();
        assertThat(home.account()).isEqualTo("ollama");
        Deployment claude = only(config, "claude");
        assertThat(claude.apiKey()).isEqualTo(new SecretRef.Env("ANTHROPIC_API_KEY"));
        assertThat(claude.account()).isEqualTo("anthropic");
        assertThat(claude.id()).matches("d_[0-9a-f]{12}");
    }

    @Test
    void shouldGiveTheSameConfigAndVersionFromThePublishedTextInAnyEnvironment() {
        String text = """
                model_list:
                  - model_name: fast
                    litellm_params:
                      model: openai/gpt-4o-mini
                      api_base: ${SOME_BASE}
                      api_key: sk-written-out
                      temperature: 0.25
                      max_tokens: 300
                      stop: ["a", "ü \\"q\\""]
                      weight: 0.7
                      max_parallel_requests: 9
                      extra_headers: {HTTP-Referer: "https://example.org"}
                    model_info: {id: fast-1, max_input_tokens: 1000, supports_vision: true, supports_audio_input: false, region: eu}
                  - model_name: fast
                    litellm_params: {model: openai/gpt-4o-mini, weight: 0.3}
                  - {model_name: any/*, litellm_params: {model: anthropic/*}}
                  - {model_name: odd, litellm_params: {model: bedrock/x}}
                  - {model_name: home, litellm_params: {model: ollama/llama3.2}}
                lanes:
                  routine: {privacy: cloud_allowed, weight: 3, on_unknown: retry, durable: true, room: 50}
                  private: {}
                  first: {privacy: local_first, approved: [fast, odd]}
                routes:
                  a: {lane: routine, chain: [fast, any/claude-x]}
                  b: {lane: first, chain: [home, fast], approved: [fast], visible: false}
                  any/*: {lane: routine, chain: [any/*]}
                router_settings:
                  num_retries: 4
                  retry_after: 0.5
                  model_group_alias: {quick: fast, slow: {model: home, hidden: true}}
                  fallbacks: [{a: [home]}]
                  context_window_fallbacks: [{a: [home]}]
                litellm_settings: {request_timeout: 33.5}
                general_settings: {master_key: os.environ/KEY, expose_models: false, max_request_size_mb: 3}
                """;
        ConfigResult.Valid first =
                Configs.valid(text, Map.of("SOME_BASE", "https://a.example/v1", "OPENAI_API_KEY", "k"));

        ConfigResult.Valid second = Configs.valid(
                first.publishableText(),
                Map.of("OPENAI_BASE_URL", "https://b.example", "LITELLM_PROXY_MAX_TOKENS", "7"));

        assertThat(second.config()).isEqualTo(first.config());
        assertThat(second.publishableText()).isEqualTo(first.publishableText());
        assertThat(first.publishableText()).doesNotContain("sk-written-out").contains("literal/");
    }

    @Test
    void shouldKeepALiteralSecretOutOfConfigAndProblems() {
        ConfigResult.Valid valid = Configs.valid("""
                model_list:
                  - {model_name: m, litellm_params: {model: openai/m, api_key: sk-topsecret}}
                """);

        SecretRef key = only(valid.config(), "m").apiKey();
        assertThat(key).isInstanceOf(SecretRef.Literal.class);
        assertThat(valid.literals().find((SecretRef.Literal) key)).contains(new SecretText("sk-topsecret"));
        assertThat(valid.toString()).doesNotContain("topsecret");
        assertThat(Configs.lines(valid.problems()))
                .contains("config.yaml:2: model_list[0].litellm_params.api_key: a secret is written into the file");
    }

    static Deployment only(GatewayConfig config, String group) {
        List<String> ids = config.groups().get(group).deployments();
        assertThat(ids).hasSize(1);
        return config.deployments().get(ids.getFirst());
    }
}
