package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Zone;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteLlmFileTest {
    /** In the style of LiteLLM's own documentation, with much of what its users write. */
    private static final String TYPICAL = """
            x-defaults: &defaults {timeout: 60, temperature: 0.2}
            model_list:
              - model_name: gpt-4o
                litellm_params:
                  <<: *defaults
                  model: gpt-4o
                  api_key: os.environ/OPENAI_API_KEY
                  rpm: 480
                  stream_timeout: 30
              - model_name: gpt-4o
                litellm_params: {model: openai/gpt-4o, api_base: "https://proxy.example/v1", api_key: "${SECOND_KEY}", rpm: 960}
              - model_name: claude
                litellm_params: {model: claude-3-opus-20240229, max_retries: 3}
              - model_name: azure-gpt
                litellm_params: {model: azure/gpt-4o, api_base: os.environ/AZURE_API_BASE, api_key: os.environ/AZURE_API_KEY, api_version: "2024-07-01"}
              - model_name: "anthropic/*"
                litellm_params: {model: "anthropic/*"}
              - model_name: local
                litellm_params: {model: ollama/llama3.1, api_base: http://localhost:11434}
            litellm_settings:
              drop_params: true
              set_verbose: false
              num_retries: 3
              request_timeout: 45
              success_callback: ["langfuse"]
              fallbacks: [{"gpt-4o": ["claude"]}, {"claude": ["gpt-4o"]}]
              default_fallbacks: ["local"]
              context_window_fallbacks: [{"gpt-4o": ["claude"]}]
            router_settings:
              routing_strategy: simple-shuffle
              num_retries: 1
              model_group_alias: {"gpt-4": "gpt-4o", "old": {"model": "claude", "hidden": true}}
            general_settings:
              master_key: os.environ/LITELLM_KEY
              database_url: os.environ/DATABASE_URL
            """;

    private final Map<String, String> environment =
            Map.of("OPENAI_API_KEY", "a", "SECOND_KEY", "b", "ANTHROPIC_API_KEY", "c", "LITELLM_KEY", "d");

    @Test
    void shouldMakeEveryModelARouteOfLaneRoutine() {
        GatewayConfig config = Configs.valid(TYPICAL, environment).config();

        assertThat(config.routes())
                .containsOnlyKeys("gpt-4o", "claude", "azure-gpt", "anthropic/*", "local", "gpt-4", "old");
        assertThat(config.lanes().get("routine").privacy()).isEqualTo(Privacy.CLOUD_ALLOWED);
        assertThat(config.routes().values()).allMatch(route -> route.lane().equals("routine"));
        assertThat(names(config, "gpt-4o")).containsExactly("gpt-4o", "claude");
        assertThat(names(config, "claude")).containsExactly("claude", "gpt-4o");
        assertThat(names(config, "azure-gpt")).containsExactly("azure-gpt", "local");
        assertThat(names(config, "gpt-4")).startsWith("gpt-4o", "claude");
        assertThat(config.routes().get("old").visible()).isFalse();
        assertThat(config.routes().get("azure-gpt").chain().getFirst().deployments())
                .isEmpty();
        assertThat(config.router().numRetries()).isEqualTo(1);
        assertThat(config.limits().requestTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.masterKey()).isEqualTo(new SecretRef.Env("LITELLM_KEY"));
    }

    @Test
    void shouldReadAGroupsDeployments() {
        GatewayConfig config = Configs.valid(TYPICAL, environment).config();

        List<Deployment> group = config.groups().get("gpt-4o").deployments().stream()
                .map(config.deployments()::get)
                .toList();
        assertThat(group).extracting(Deployment::weight).containsExactly(1, 2);
        assertThat(group)
                .extracting(Deployment::account)
                .doesNotHaveDuplicates()
                .allMatch(a -> a.matches("[a-z0-9-]{1,40}"));
        assertThat(group.getFirst().account()).isEqualTo("openai");
        assertThat(group.getFirst().timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(group.getFirst().streamTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(group.getFirst().extra().get("temperature").asDouble()).isEqualTo(0.2);
        assertThat(group.getFirst().baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
        assertThat(group.getLast().apiKey()).isEqualTo(new SecretRef.Env("SECOND_KEY"));
        assertThat(ConfigLoaderTest.only(config, "claude").provider()).isEqualTo("anthropic");
        assertThat(ConfigLoaderTest.only(config, "local").zone()).isEqualTo(Zone.LOCAL);
    }

    @Test
    void shouldListWhatIsNotSupportedLineByLine() {
        List<String> warnings = Configs.of(Configs.valid(TYPICAL, environment), Severity.WARNING);

        assertThat(warnings)
                .anyMatch(w -> w.startsWith("config.yaml:8: model_list[0].litellm_params.rpm: shares out the load"))
                .anyMatch(w -> w.startsWith("config.yaml:15: ") && w.contains("the provider azure"))
                .anyMatch(w -> w.startsWith("config.yaml:21: litellm_settings.drop_params: in force differently"))
                .anyMatch(w -> w.startsWith("config.yaml:25: litellm_settings.success_callback: not supported"))
                .noneMatch(w -> w.contains("max_retries") || w.contains("database_url"));
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite:///./laneway.db, SQLite is not used: PostgreSQL takes its place",
        "sqlite+aiosqlite:////data/x.db, SQLite is not used",
        "os.environ/LOCAL_DB, SQLite is not used",
        "postgresql://user:password@db/x, not supported: PostgreSQL is set by the environment variable DATABASE_URL",
        "os.environ/OTHER, not supported: PostgreSQL is set by the environment variable DATABASE_URL",
    })
    void shouldSayWhichDatabaseIsUsed(String url, String said) {
        ConfigResult.Valid valid = Configs.valid(
                "general_settings: {database_url: \"" + url + "\"}", Map.of("LOCAL_DB", "sqlite:///x.db"));

        assertThat(Configs.of(valid, Severity.WARNING))
                .anyMatch(warning -> warning.startsWith("config.yaml:1: general_settings.database_url: " + said))
                .noneMatch(warning -> warning.contains("user:password"));
    }

    @Test
    void shouldAnswerForAPatternsModels() {
        GatewayConfig config = Configs.valid(TYPICAL, environment).config();

        Route route = config.route("anthropic/claude-3-haiku").orElseThrow();

        Deployment deployment =
                config.deployments().get(route.chain().getFirst().deployments().getFirst());
        assertThat(route.name()).isEqualTo("anthropic/*");
        assertThat(route.visible()).isFalse();
        assertThat(deployment.vendorModel("anthropic/claude-3-haiku")).isEqualTo("claude-3-haiku");
        assertThat(config.route("anthropic/")).isEmpty();
        assertThat(config.route("anthropic/*")).isEmpty();
    }

    @Test
    void shouldAnswerByTheMostSpecificPattern() {
        GatewayConfig config = Configs.valid("""
                model_list:
                  - {model_name: "*", litellm_params: {model: "openai/*"}}
                  - {model_name: "claude-*", litellm_params: {model: "anthropic/claude-*"}}
                  - {model_name: claude-exact, litellm_params: {model: mistral/tiny, api_key: none}}
                """).config();

        assertThat(config.route("gpt-4o").orElseThrow().name()).isEqualTo("*");
        assertThat(config.route("claude-3").orElseThrow().name()).isEqualTo("claude-*");
        assertThat(config.route("claude-exact").orElseThrow().name()).isEqualTo("claude-exact");
        assertThat(ConfigLoaderTest.only(config, "claude-*").vendorModel("claude-3"))
                .isEqualTo("claude-3");
        assertThat(ConfigLoaderTest.only(config, "*").vendorModel("openai/gpt-4o"))
                .isEqualTo("gpt-4o");
    }

    @Test
    void shouldNotLetALocalPatternReachAVendorsCloud() {
        GatewayConfig config = Configs.valid("""
                model_list:
                  - {model_name: "ollama/*", litellm_params: {model: "ollama/*"}}
                """).config();

        assertThat(config.route("ollama/llama3.2")).isPresent();
        assertThat(config.route("ollama/gpt-oss:120b-cloud")).isEmpty();
        assertThat(config.route("ollama/kimi:CLOUD")).isEmpty();
        Deployment pattern = ConfigLoaderTest.only(config, "ollama/*");
        assertThat(pattern.zone("ollama/llama3.2")).isEqualTo(Zone.LOCAL);
        assertThat(pattern.zone("ollama/kimi:CLOUD")).isEqualTo(Zone.CLOUD);
    }

    @Test
    void shouldExpandAStarIntoEveryVendorWithAKey() {
        GatewayConfig config = Configs.valid("model_list: [{model_name: '*', litellm_params: {model: '*'}}]")
                .config();

        assertThat(config.groups())
                .containsKeys("openai/*", "gpt-*", "anthropic/*", "claude-*")
                .doesNotContainKey("mistral/*");
        assertThat(config.route("claude-sonnet-4-5").orElseThrow().name()).isEqualTo("claude-*");
    }

    @Test
    void shouldExposeModelsBesideRoutesOnlyWhenAskedTo() {
        String text = """
                model_list:
                  - {model_name: home, litellm_params: {model: ollama/llama3.2}}
                  - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5}}
                routes:
                  a: {lane: private, chain: [home]}
                general_settings: {expose_models: %s}
                """;

        GatewayConfig hidden = Configs.valid(text.formatted("false")).config();
        ConfigResult.Valid exposed = Configs.valid(text.formatted("true"));

        assertThat(hidden.routes()).containsOnlyKeys("a");
        assertThat(exposed.config().routes()).containsOnlyKeys("a", "home");
        assertThat(Configs.of(exposed, Severity.WARNING))
                .anyMatch(warning ->
                        warning.contains("claude can't be called by its own name: lane routine is local_only"));
    }

    @Test
    void shouldRefuseAnExposedModelThatCouldLeaveThroughAFallback() {
        List<String> errors = Configs.errors("""
                model_list:
                  - {model_name: home, litellm_params: {model: ollama/llama3.2}}
                  - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5}}
                lanes: {private: {}}
                router_settings: {fallbacks: [{home: [claude]}]}
                """);

        assertThat(errors).singleElement().asString().contains("home -> claude (router_settings.fallbacks, line 5)");
    }

    @ParameterizedTest
    @CsvSource({
        "simple-shuffle, WEIGHT, 0",
        "least-busy, LEAST_BUSY, 0",
        "latency-based-routing, LATENCY, 0",
        "cost-based-routing, COST, 0",
        "usage-based-routing, USAGE, 0",
        "usage-based-routing-v2, USAGE, 0",
        "my-own, WEIGHT, 1"
    })
    void shouldTakeAStrategyAndSayWhereItIsAnother(String strategy, RoutingStrategy expected, int warnings) {
        ConfigResult.Valid valid = Configs.valid(
                "model_list: [{model_name: a, litellm_params: {model: openai/gpt-4o}}]\nrouter_settings: {routing_strategy: "
                        + strategy + "}\n");

        assertThat(valid.config().router().strategy()).isEqualTo(expected);
        assertThat(Configs.of(valid, Severity.WARNING))
                .filteredOn(warning -> warning.contains("routing_strategy"))
                .hasSize(warnings);
        assertThat(Configs.valid(valid.publishableText()).config()).isEqualTo(valid.config());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "litellm_settings: {callbacks: [presidio]}",
                "litellm_settings: {default_internal_user_params: {max_budget: 1}}",
                "router_settings: {enable_tag_filtering: true}",
                "general_settings: {enable_jwt_auth: true}",
                "guardrails: [{guardrail_name: pii}]",
                "model_list: [{model_name: a, litellm_params: {model: openai/a}, model_info: {team_id: x}}]",
            })
    void shouldRefuseWhatItCannotEnforceUnlessThatIsAccepted(String text) {
        List<String> errors = Configs.errors(text);
        ConfigResult accepted =
                new ConfigLoader(new TestProviders(), true).parse(text, Configs.FILE, Environment.of(Configs.KEYS));

        assertThat(errors).singleElement().asString().contains("can't be enforced by this version");
        assertThat(accepted).isInstanceOf(ConfigResult.Valid.class);
        assertThat(Configs.of(accepted, Severity.WARNING))
                .anyMatch(warning -> warning.contains("not enforced by this version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "litellm_settings: {max_budget: null}",
                "router_settings: {enable_tag_filtering: false}",
                "general_settings: {allowed_ips: []}",
            })
    void shouldNotRefuseALimitThatAsksForNothing(String text) {
        assertThat(Configs.of(Configs.valid(text), Severity.WARNING))
                .noneMatch(warning -> warning.contains("enforced"));
    }

    @Test
    void shouldTakeVariablesOfTheFileAsLiteralSecrets() {
        ConfigResult.Valid valid = Configs.valid("""
                environment_variables: {OPENAI_API_KEY: sk-in-file, BASE: "https://b.example/v1"}
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a, api_key: os.environ/OPENAI_API_KEY, api_base: os.environ/BASE}}
                  - {model_name: b, litellm_params: {model: openai/b}}
                """);

        assertThat(ConfigLoaderTest.only(valid.config(), "a").apiKey()).isInstanceOf(SecretRef.Literal.class);
        assertThat(ConfigLoaderTest.only(valid.config(), "b").apiKey()).isInstanceOf(SecretRef.Literal.class);
        assertThat(ConfigLoaderTest.only(valid.config(), "a").baseUrl()).isEqualTo(URI.create("https://b.example/v1"));
        assertThat(valid.publishableText()).doesNotContain("sk-in-file");
    }

    @Test
    void shouldSayWhatIsOutOfServiceHere() {
        ConfigResult.Valid valid = Configs.valid("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a}}
                  - {model_name: a, litellm_params: {model: ollama/b, api_base: "http://${GPU_HOST}:11434"}}
                  - {model_name: a, litellm_params: {model: openai/c, weight: 0}}
                """, Map.of());

        assertThat(valid.config().groups().get("a").deployments()).hasSize(1);
        assertThat(valid.config().groups().get("a").outOfService())
                .extracting(OutOfService::reason)
                .containsExactly("GPU_HOST is not set", "its weight is 0");
        assertThat(Configs.of(valid, Severity.WARNING))
                .anyMatch(warning -> warning.contains("OPENAI_API_KEY is not set here"))
                .anyMatch(warning -> warning.contains("GPU_HOST is not set here"));
    }

    @Test
    void shouldKeepAccountsApartThatDifferInKeyAddressOrZone() {
        GatewayConfig config = Configs.valid("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a}}
                  - {model_name: b, litellm_params: {model: openai/b}}
                  - {model_name: c, litellm_params: {model: openai/c, api_key: none}}
                  - {model_name: d, litellm_params: {model: openai/d, api_key: os.environ/ANTHROPIC_API_KEY}}
                  - {model_name: e, litellm_params: {model: openai/e, api_base: "https://e.example", api_key: none}}
                  - {model_name: f, litellm_params: {model: anthropic/f, api_key: none}, model_info: {account: mistral}}
                  - {model_name: g, litellm_params: {model: mistral/g, api_key: os.environ/MISTRAL_API_KEY}}
                """).config();

        assertThat(account(config, "a")).isEqualTo("openai").isEqualTo(account(config, "b"));
        assertThat(List.of("a", "c", "d", "e", "f", "g"))
                .extracting(group -> account(config, group))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]{1,40}"));
    }

    @Test
    void shouldGiveDefaultsToEveryDeployment() {
        GatewayConfig config = Configs.valid("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a, temperature: 1, extra_body: {enable_thinking: false}}}
                router_settings: {timeout: 20, stream_timeout: 5, default_litellm_params: {temperature: 0, max_tokens: 9}}
                """).config();

        Deployment deployment = ConfigLoaderTest.only(config, "a");
        assertThat(deployment.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(deployment.streamTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(deployment.extra().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().toString())))
                .isEqualTo(Map.of("temperature", "1", "max_tokens", "9", "enable_thinking", "false"));
        assertThat(deployment.extra().values()).allMatch(JsonNode::isValueNode);
    }

    @Test
    void shouldCapTokensByTheEnvironment() {
        GatewayConfig config = Configs.valid("model_list: []", Map.of("LITELLM_PROXY_MAX_TOKENS", "4096"))
                .config();

        assertThat(config.limits().maxTokens()).isEqualTo(4096);
    }

    private static String account(GatewayConfig config, String group) {
        return ConfigLoaderTest.only(config, group).account();
    }

    private static List<String> names(GatewayConfig config, String route) {
        return config.routes().get(route).chain().stream().map(ChainHop::name).toList();
    }
}
