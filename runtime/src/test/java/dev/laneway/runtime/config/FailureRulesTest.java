package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureRulesTest {
    private static final String TEXT = """
            model_list:
              - {model_name: a, litellm_params: {model: openai/a, order: 1, max_retries: 4, cooldown_time: 9, additional_drop_params: [logprobs, "tools[*].x"]}}
              - {model_name: a, litellm_params: {model: openai/b, num_retries: 0, max_retries: 4, headers: {X-Team: red}}}
            router_settings:
              num_retries: 1
              allowed_fails: 2
              cooldown_time: 30
              retry_policy: {TimeoutErrorRetries: 0, RateLimitErrorRetries: 5, BadRequestErrorRetries: 3}
              model_group_retry_policy: {a: {RateLimitErrorRetries: 7, InternalServerErrorRetries: 3}}
              allowed_fails_policy: {TimeoutErrorAllowedFails: 5, RateLimitErrorAllowedFails: 1}
            litellm_settings: {allowed_fails: 9, disable_cooldowns: false}
            """;

    @Test
    void shouldReadHowFailuresAreFollowed() {
        RouterSettings router = Configs.valid(TEXT).config().router();

        assertThat(router.retries("other", FailureKind.TIMEOUT)).isZero();
        assertThat(router.retries("other", FailureKind.RATE_LIMITED)).isEqualTo(5);
        assertThat(router.retries("other", FailureKind.SERVER_ERROR)).isNull();
        assertThat(router.retries("a", FailureKind.RATE_LIMITED)).isEqualTo(7);
        assertThat(router.retries("a", FailureKind.OVERLOADED)).isEqualTo(3);
        assertThat(router.retries("a", FailureKind.STALLED_STREAM)).isZero();
        assertThat(router.retries("a", FailureKind.REJECTED)).isNull();
        assertThat(router.cooldown())
                .isEqualTo(new Cooldown(false, 3, new AllowedFails(5, null), Duration.ofSeconds(30)));
    }

    @Test
    void shouldReadHowADeploymentIsCalled() {
        GatewayConfig config = Configs.valid(TEXT).config();

        List<CallRules> rules = config.groups().get("a").deployments().stream()
                .map(id -> config.deployments().get(id).rules())
                .toList();

        assertThat(rules.getFirst().order()).isEqualTo(1);
        assertThat(rules.getFirst().retries()).isEqualTo(4);
        assertThat(rules.getFirst().cooldown())
                .isEqualTo(new Cooldown(false, 3, new AllowedFails(5, null), Duration.ofSeconds(9)));
        assertThat(rules.getFirst().drops()).containsExactly("logprobs");
        assertThat(rules.getLast().order()).isEqualTo(CallRules.LAST);
        assertThat(rules.getLast().retries()).isZero();
        assertThat(rules.getLast().cooldown().time()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldMeanTheSameWhenPublished() {
        ConfigResult.Valid valid = Configs.valid(TEXT);

        ConfigResult again = Configs.read(valid.publishableText(), Map.of());

        assertThat(again)
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        same -> assertThat(same.config()).isEqualTo(valid.config()));
    }

    @Test
    void shouldSayWhatIsNotFollowed() {
        List<String> warnings = Configs.warnings(TEXT);

        assertThat(warnings)
                .anyMatch(
                        w -> w.startsWith("config.yaml:2: model_list[0].litellm_params.additional_drop_params[1]: not"))
                .anyMatch(w -> w.startsWith("config.yaml:8: router_settings.retry_policy.BadRequestErrorRetries: not"))
                .anyMatch(w -> w.startsWith(
                        "config.yaml:10: router_settings.allowed_fails_policy.RateLimitErrorAllowedFails: not"));
    }

    @Test
    void shouldRefuseToDropWhatMakesARequest() {
        List<String> errors = Configs.errors(
                "model_list: [{model_name: a, litellm_params: {model: openai/a, additional_drop_params: [messages]}}]");

        assertThat(errors).singleElement().asString().contains("messages can't be dropped");
    }

    @Test
    void shouldTakeCredentialsOfTheList() {
        GatewayConfig config = Configs.valid("""
                credential_list:
                  - credential_name: shared
                    credential_values: {api_key: os.environ/OPENAI_API_KEY, api_base: "https://proxy.example/v1"}
                    credential_info: {description: for all}
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a, litellm_credential_name: shared}}
                  - {model_name: b, litellm_params: {model: openai/b, litellm_credential_name: shared, api_base: "https://own.example"}}
                """).config();

        assertThat(ConfigLoaderTest.only(config, "a").baseUrl()).hasHost("proxy.example");
        assertThat(ConfigLoaderTest.only(config, "a").apiKey()).isEqualTo(new SecretRef.Env("OPENAI_API_KEY"));
        assertThat(ConfigLoaderTest.only(config, "b").baseUrl()).hasHost("own.example");
    }

    @Test
    void shouldRefuseACredentialThatIsNotThere() {
        List<String> errors = Configs.errors("""
                credential_list: [{credential_name: shared, credential_values: {api_key: none}}]
                model_list: [{model_name: a, litellm_params: {model: openai/a, litellm_credential_name: shred}}]
                """);

        assertThat(errors).singleElement().asString().endsWith("there is no credential shred: did you mean shared?");
    }
}
