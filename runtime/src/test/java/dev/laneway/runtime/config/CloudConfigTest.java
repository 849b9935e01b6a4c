package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.dialects.providers.ProviderRow.AuthStyle;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudConfigTest {
    private static final String CLAUDE = "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static final String ROLE = "arn:aws:iam::123456789012:role/bedrock";

    @Test
    void shouldReadAnAccessKeyOfAws() {
        Deployment read = one(
                CLAUDE,
                "aws_access_key_id: os.environ/ID, aws_secret_access_key: os.environ/SECRET, "
                        + "aws_session_token: os.environ/SESSION, aws_region_name: eu-west-1",
                Map.of("ID", "a", "SECRET", "b", "SESSION", "c"));

        assertThat(read.cloud())
                .isEqualTo(new CloudAccess.Aws(
                        "eu-west-1",
                        new AwsKeys.Stated(
                                new SecretRef.Env("ID"), new SecretRef.Env("SECRET"), new SecretRef.Env("SESSION"))));
        assertThat(read.apiKey()).isNull();
        assertThat(read.baseUrl()).hasToString("https://bedrock-runtime.eu-west-1.amazonaws.com");
        assertThat(read.vendorModel()).isEqualTo("us.anthropic.claude-sonnet-4-5-20250929-v1:0");
    }

    @Test
    void shouldTakeAwsFromTheEnvironment() {
        Deployment read = one(
                CLAUDE,
                "timeout: 60",
                Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b", "AWS_REGION", "us-east-1"));

        assertThat(read.cloud())
                .isEqualTo(new CloudAccess.Aws(
                        "us-east-1",
                        new AwsKeys.Stated(
                                new SecretRef.Env("AWS_ACCESS_KEY_ID"),
                                new SecretRef.Env("AWS_SECRET_ACCESS_KEY"),
                                null)));
    }

    @ParameterizedTest
    @CsvSource({
        "bedrock/us-west-2/anthropic.claude-v2:1, timeout: 60, us-west-2, anthropic.claude-v2:1",
        "bedrock/converse/us-gov-west-1/amazon.nova-pro-v1:0, timeout: 60, us-gov-west-1, amazon.nova-pro-v1:0",
        "bedrock/eu-west-1/invoke/amazon.titan-embed-text-v2:0, timeout: 60, eu-west-1, amazon.titan-embed-text-v2:0",
        "bedrock/us-west-2/anthropic.claude-v2:1, aws_region_name: eu-central-1, eu-central-1, anthropic.claude-v2:1",
        "bedrock/eu.anthropic.claude-v2:1, timeout: 60, us-east-1, eu.anthropic.claude-v2:1",
        "bedrock/arn:aws:bedrock:eu-north-1:1:inference-profile/x, timeout: 60, eu-north-1, arn:aws:bedrock:eu-north-1:1:inference-profile/x"
    })
    void shouldTakeARegionFromAModelsName(String model, String params, String region, String id) {
        Deployment read = one(model, params, Map.of("AWS_REGION", "us-east-1"));

        assertThat(read.cloud())
                .isInstanceOfSatisfying(
                        CloudAccess.Aws.class, aws -> assertThat(aws.region()).isEqualTo(region));
        assertThat(read.vendorModel()).isEqualTo(id);
        assertThat(read.baseUrl()).hasToString("https://bedrock-runtime." + region + ".amazonaws.com");
    }

    @Test
    void shouldCallClaudeOnVertexAiAsAnthropicHasIt() {
        Deployment claude = one("vertex_ai/claude-sonnet-4-5@20250929", "vertex_location: eu", Map.of());
        Deployment gemini = one("vertex_ai/gemini-2.5-pro", "vertex_location: global", Map.of());

        assertThat(claude.provider()).isEqualTo("vertex_ai_anthropic");
        assertThat(claude.baseUrl()).hasToString("https://aiplatform.eu.rep.googleapis.com");
        assertThat(claude.cloud()).isInstanceOf(CloudAccess.Google.class);
        assertThat(gemini.provider()).isEqualTo("vertex_ai");
    }

    @ParameterizedTest
    @CsvSource({
        "vertex_ai/*, vertex_ai/*, vertex_ai/claude-sonnet-4-5, vertex_ai_anthropic, claude-sonnet-4-5",
        "vertex_ai/*, vertex_ai/*, vertex_ai/gemini-2.5-pro, vertex_ai, gemini-2.5-pro",
        "v/*, vertex_ai/claude-*, v/haiku-4-5, vertex_ai_anthropic, claude-haiku-4-5"
    })
    void shouldGoByTheModelsNameBehindAPattern(
            String group, String model, String asked, String provider, String vendorModel) {
        GatewayConfig config = ((ConfigResult.Valid) load(
                        "model_list:\n  - {model_name: '" + group + "', litellm_params: {model: '" + model
                                + "', vertex_credentials: /sa.json}}\n"
                                + "lanes: {premium: {privacy: cloud_allowed}}\n"
                                + "routes: {chained: {lane: premium, chain: ['" + asked + "']}}\n",
                        Map.of()))
                .config();

        Deployment pattern = config.deployments()
                .get(config.groups().get(group).deployments().getFirst());
        Deployment chained = config.deployments()
                .get(config.groups().get(asked).deployments().getFirst());
        assertThat(pattern.provider(asked)).isEqualTo(provider);
        assertThat(pattern.vendorModel(asked)).isEqualTo(vendorModel);
        assertThat(chained.provider()).isEqualTo(provider);
        assertThat(chained.vendorModel()).isEqualTo(vendorModel);
    }

    @Test
    void shouldPreferAnApiKeyOfBedrock() {
        Deployment read = one(
                CLAUDE,
                "aws_region_name: us-east-1",
                Map.of("AWS_BEARER_TOKEN_BEDROCK", "k", "AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"));

        assertThat(read.cloud()).isEqualTo(new CloudAccess.Aws("us-east-1", new AwsKeys.Unsigned()));
        assertThat(read.apiKey()).isEqualTo(new SecretRef.Env("AWS_BEARER_TOKEN_BEDROCK"));
    }

    @Test
    void shouldTakeAnEndpointOfBedrock() {
        Deployment read = one(
                CLAUDE,
                "aws_region_name: us-east-1, aws_bedrock_runtime_endpoint: 'https://vpce-1.bedrock.example/'",
                Map.of());

        assertThat(read.baseUrl()).hasToString("https://vpce-1.bedrock.example");
    }

    @Test
    void shouldSayThatARegionIsMissing() {
        ConfigResult.Valid valid = valid(CLAUDE, "timeout: 60", Map.of());

        assertThat(valid.problems()).anySatisfy(w -> assertThat(w.toString()).contains("AWS_REGION is not set here"));
        assertThat(valid.config().groups().get("m").outOfService())
                .singleElement()
                .satisfies(out -> assertThat(out.reason()).isEqualTo("AWS_REGION is not set"));
    }

    @Test
    void shouldLeaveKeysThatNobodyStatesToAwssOwnChain() {
        ConfigResult.Valid valid = valid(CLAUDE, "aws_region_name: us-east-1", Map.of());

        assertThat(valid.config().deployments().values())
                .singleElement()
                .satisfies(read ->
                        assertThat(read.cloud()).isEqualTo(new CloudAccess.Aws("us-east-1", new AwsKeys.Found())));
        assertThat(valid.problems())
                .anySatisfy(w -> assertThat(w.toString()).contains("AWS_ACCESS_KEY_ID is not set here"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI"})
    void shouldNotMissKeysWhereAnotherSourceIsSet(String variable) {
        ConfigResult.Valid valid = valid(CLAUDE, "aws_region_name: us-east-1", Map.of(variable, "x"));

        assertThat(valid.problems()).isEmpty();
    }

    @Test
    void shouldTakeTheChainOverAnApiKeyOfTheEnvironment() {
        Deployment read = one(
                CLAUDE,
                "aws_region_name: us-east-1, aws_credential_chain: true",
                Map.of("AWS_BEARER_TOKEN_BEDROCK", "k"));

        assertThat(read.cloud()).isEqualTo(new CloudAccess.Aws("us-east-1", new AwsKeys.Found()));
        assertThat(read.apiKey()).isNull();
    }

    @Test
    void shouldReadAProfile() {
        Deployment read = one(CLAUDE, "aws_region_name: us-east-1, aws_profile_name: dev", Map.of());

        assertThat(read.cloud()).isEqualTo(new CloudAccess.Aws("us-east-1", new AwsKeys.Profile("dev")));
    }

    @Test
    void shouldReadARoleThatStatedKeysTakeOn() {
        Deployment read = one(
                CLAUDE,
                "aws_region_name: us-east-1, aws_access_key_id: os.environ/ID, aws_secret_access_key: os.environ/S, "
                        + "aws_role_name: '" + ROLE + "', aws_session_name: nightly, aws_external_id: 'x:1', "
                        + "aws_sts_endpoint: 'https://sts.eu-west-1.amazonaws.com/'",
                Map.of("ID", "a", "S", "b"));

        assertThat(read.cloud())
                .isEqualTo(new CloudAccess.Aws(
                        "us-east-1",
                        new AwsKeys.Assumed(
                                new AwsKeys.Role(
                                        ROLE, "nightly", "x:1", URI.create("https://sts.eu-west-1.amazonaws.com")),
                                new AwsKeys.Stated(new SecretRef.Env("ID"), new SecretRef.Env("S"), null))));
        assertThat(read.apiKey()).isNull();
    }

    @Test
    void shouldReadARoleThatWhateverIsThereTakesOn() {
        Deployment read = one(
                CLAUDE,
                "aws_region_name: us-east-1, aws_role_name: '" + ROLE + "'",
                Map.of("AWS_BEARER_TOKEN_BEDROCK", "k"));

        assertThat(read.cloud())
                .isEqualTo(new CloudAccess.Aws(
                        "us-east-1",
                        new AwsKeys.Assumed(new AwsKeys.Role(ROLE, "laneway", null, null), new AwsKeys.Found())));
    }

    @ParameterizedTest
    @CsvSource({
        "/var/run/token, /var/run/token",
        "oidc/file//var/run/token, /var/run/token",
        "oidc/env_path/TOKEN_PATH, /from/the/environment",
        "os.environ/AWS_WEB_IDENTITY_TOKEN_FILE, /from/eks"
    })
    void shouldReadAWebIdentity(String token, Path file) {
        Deployment read = one(
                CLAUDE,
                "aws_region_name: us-east-1, aws_role_name: '" + ROLE + "', aws_web_identity_token: '" + token + "'",
                Map.of("TOKEN_PATH", "/from/the/environment", "AWS_WEB_IDENTITY_TOKEN_FILE", "/from/eks"));

        assertThat(read.cloud())
                .isEqualTo(new CloudAccess.Aws(
                        "us-east-1",
                        new AwsKeys.WebIdentity(
                                new AwsKeys.Role(ROLE, "laneway", null, null), new SecretRef.File(file))));
    }

    @ParameterizedTest
    @CsvSource({
        "aws_role_name: bedrock, aws_role_name: is no role",
        "aws_web_identity_token: /token, aws_web_identity_token: goes with aws_role_name",
        "'aws_role_name: ''arn:aws:iam::123456789012:role/b'', aws_web_identity_token: oidc/google/a', comes from nobody",
        "'aws_role_name: ''arn:aws:iam::123456789012:role/b'', aws_session_name: a b', is no name of a session",
        "'aws_role_name: ''arn:aws:iam::123456789012:role/b'', aws_sts_endpoint: sts', aws_sts_endpoint: is no address"
    })
    void shouldRefuseASignInThatCannotBe(String params, String problem) {
        ConfigResult result = load(CLAUDE, "aws_region_name: us-east-1, " + params, Map.of());

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConfigResult.Invalid.class,
                        invalid -> assertThat(invalid.problems().toString()).contains(problem));
    }

    @Test
    void shouldRefuseHalfOfAPair() {
        ConfigResult result =
                load(CLAUDE, "aws_region_name: us-east-1, aws_access_key_id: os.environ/ID", Map.of("ID", "a"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConfigResult.Invalid.class,
                        invalid -> assertThat(invalid.problems().toString()).contains("aws_secret_access_key"));
    }

    @Test
    void shouldReadAServiceAccountByItsPath() {
        Deployment read = one(
                "vertex_ai/gemini-2.5-pro",
                "vertex_project: acme, vertex_location: europe-west4, vertex_credentials: /run/secrets/sa.json",
                Map.of());

        assertThat(read.cloud())
                .isEqualTo(new CloudAccess.Google(
                        "acme", "europe-west4", new SecretRef.File(Path.of("/run/secrets/sa.json"))));
        assertThat(read.baseUrl()).hasToString("https://europe-west4-aiplatform.googleapis.com");
        assertThat(read.apiKey()).isNull();
    }

    @Test
    void shouldTakeGoogleFromTheEnvironment() {
        Deployment read = one(
                "vertex_ai/gemini-2.5-pro",
                "location: global",
                Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/sa.json", "GOOGLE_CLOUD_PROJECT", "acme"));

        assertThat(read.cloud())
                .isEqualTo(
                        new CloudAccess.Google("acme", "global", new SecretRef.Env("GOOGLE_APPLICATION_CREDENTIALS")));
        assertThat(read.baseUrl()).hasToString("https://aiplatform.googleapis.com");
    }

    @Test
    void shouldLeaveTheProjectToTheServiceAccount() {
        Deployment read =
                one("vertex_ai/gemini-2.5-pro", "vertex_credentials: os.environ/SA", Map.of("SA", "{\"a\":1}"));

        assertThat(read.cloud()).isEqualTo(new CloudAccess.Google(null, "us-central1", new SecretRef.Env("SA")));
    }

    @Test
    void shouldKeepAServiceAccountThatIsWrittenOut() {
        ConfigResult.Valid valid =
                valid("vertex_ai/gemini-2.5-pro", "vertex_credentials: '{\"private_key\":\"hush\"}'", Map.of());

        assertThat(valid.config().deployments().values().iterator().next().secrets())
                .singleElement()
                .isInstanceOf(SecretRef.Literal.class);
        assertThat(valid.config().toString()).doesNotContain("hush");
    }

    @Test
    void shouldReadAzure() {
        Deployment read = one(
                "azure/my-gpt",
                "api_base: 'https://acme.openai.azure.com/', api_key: os.environ/K, api_version: '2025-01-01-preview'",
                Map.of("K", "k"));

        assertThat(read.cloud()).isEqualTo(new CloudAccess.Azure("2025-01-01-preview", null));
        assertThat(read.apiKey()).isEqualTo(new SecretRef.Env("K"));
        assertThat(read.baseUrl()).hasToString("https://acme.openai.azure.com");
    }

    @Test
    void shouldTakeAzureFromTheEnvironment() {
        Deployment read = one(
                "azure/my-gpt",
                "timeout: 60",
                Map.of(
                        "AZURE_API_BASE",
                        "https://acme.openai.azure.com",
                        "AZURE_API_KEY",
                        "k",
                        "AZURE_API_VERSION",
                        "2024-10-21"));

        assertThat(read.cloud()).isEqualTo(new CloudAccess.Azure("2024-10-21", null));
        assertThat(read.apiKey()).isEqualTo(new SecretRef.Env("AZURE_API_KEY"));
    }

    @Test
    void shouldPreferATokenOfEntraThatIsStated() {
        Deployment read = one(
                "azure/my-gpt",
                "api_base: 'https://acme.openai.azure.com', azure_ad_token: os.environ/T",
                Map.of("T", "t", "AZURE_API_KEY", "k"));

        assertThat(read.cloud()).isEqualTo(new CloudAccess.Azure("2024-10-21", new SecretRef.Env("T")));
        assertThat(read.apiKey()).isNull();
    }

    @Test
    void shouldMeanTheSameWhereverItIsReadAgain() {
        Map<String, String> here = Map.of(
                "AWS_ACCESS_KEY_ID", "a",
                "AWS_SECRET_ACCESS_KEY", "b",
                "AWS_REGION", "us-east-1",
                "AZURE_API_BASE", "https://acme.openai.azure.com",
                "AZURE_AD_TOKEN", "t",
                "GOOGLE_CLOUD_PROJECT", "acme");
        String file = file(CLAUDE, "timeout: 60")
                + item("azure/gpt", "timeout: 60")
                + item(CLAUDE, "aws_credential_chain: true")
                + item(CLAUDE, "aws_profile_name: dev")
                + item(CLAUDE, "aws_role_name: '" + ROLE + "', aws_external_id: x1")
                + item(CLAUDE, "aws_role_name: '" + ROLE + "', aws_profile_name: dev, aws_session_name: s1")
                + item(CLAUDE, "aws_role_name: '" + ROLE + "', aws_web_identity_token: /token")
                + item("bedrock/us-west-2/anthropic.claude-v2:1", "timeout: 60")
                + item("vertex_ai/gemini-2.5-pro", "vertex_credentials: /sa.json")
                + item("vertex_ai/claude-sonnet-4-5", "vertex_credentials: /sa.json");
        ConfigResult.Valid first = (ConfigResult.Valid) load(file, here);

        ConfigResult.Valid second = (ConfigResult.Valid) load(first.publishableText(), Map.of());

        assertThat(second.config()).isEqualTo(first.config());
        assertThat(second.publishableText()).isEqualTo(first.publishableText());
    }

    @Test
    void shouldTellAccountsApart() {
        String keys = "aws_region_name: us-east-1, aws_secret_access_key: os.environ/S, aws_access_key_id: os.environ/";
        ConfigResult.Valid valid =
                (ConfigResult.Valid) load(file(CLAUDE, keys + "ONE") + item(CLAUDE, keys + "TWO"), Map.of());

        assertThat(valid.config().deployments().values().stream()
                        .map(Deployment::account)
                        .distinct())
                .hasSize(2);
    }

    private static Deployment one(String model, String params, Map<String, String> environment) {
        return valid(model, params, environment)
                .config()
                .deployments()
                .values()
                .iterator()
                .next();
    }

    private static ConfigResult.Valid valid(String model, String params, Map<String, String> environment) {
        return (ConfigResult.Valid) load(model, params, environment);
    }

    private static ConfigResult load(String model, String params, Map<String, String> environment) {
        return load(file(model, params), environment);
    }

    private static ConfigResult load(String text, Map<String, String> environment) {
        return new ConfigLoader(new Clouds(), false).parse(text, "config.yaml", Environment.of(environment));
    }

    private static String file(String model, String params) {
        return "model_list:\n" + item(model, params);
    }

    private static String item(String model, String params) {
        return "  - {model_name: m, litellm_params: {model: '" + model + "', " + params + "}}\n";
    }

    /** The platforms. */
    private static final class Clouds implements Providers {
        private final List<ProviderRow> rows = List.of(
                new ProviderRow(
                        "bedrock",
                        VendorOnlyDialect.BEDROCK_CONVERSE,
                        null,
                        AuthStyle.AWS,
                        List.of("AWS_BEARER_TOKEN_BEDROCK"),
                        List.of("AWS_BEDROCK_RUNTIME_ENDPOINT"),
                        false,
                        Set.of()),
                new ProviderRow(
                        "vertex_ai",
                        Dialect.OPENAI_CHAT,
                        null,
                        AuthStyle.GOOGLE,
                        List.of(),
                        List.of(),
                        false,
                        Set.of()),
                new ProviderRow(
                        "vertex_ai_anthropic",
                        Dialect.ANTHROPIC_MESSAGES,
                        null,
                        AuthStyle.GOOGLE,
                        List.of(),
                        List.of(),
                        false,
                        Set.of()),
                new ProviderRow(
                        "azure",
                        Dialect.OPENAI_CHAT,
                        null,
                        AuthStyle.API_KEY,
                        List.of("AZURE_API_KEY"),
                        List.of("AZURE_API_BASE"),
                        false,
                        Set.of()));

        @Override
        public ProviderRow find(String prefix) {
            return rows.stream()
                    .filter(row -> Objects.equals(row.name(), prefix))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<ProviderRow> all() {
            return rows;
        }
    }
}
