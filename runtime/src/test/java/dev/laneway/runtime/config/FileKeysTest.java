package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Terms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKeysTest {
    private static final String LONG = "sk-team-blue-0123456789";
    private static final String MODELS = """
            model_list:
              - {model_name: a, litellm_params: {model: openai/a}}
              - {model_name: "claude-*", litellm_params: {model: "anthropic/claude-*"}}
            """;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("OPENAI_API_KEY", "x", "ANTHROPIC_API_KEY", "y", "TEAM_KEY", "sk-team-red-0123456789");

    @Test
    void shouldKeepDigestsOnly() {
        ConfigResult.Valid valid = Configs.valid(MODELS + """
                api_keys:
                  - {key: "${TEAM_KEY}", name: red, models: [a, claude-3]}
                  - {key: %s, models: ["*"]}
                  - os.environ/OPENAI_API_KEY
                """.formatted(LONG), ENVIRONMENT);

        assertThat(valid.config().keys())
                .containsExactly(
                        new FileKey(
                                "red",
                                FileKey.digest("sk-team-red-0123456789"),
                                Terms.NONE.withModels(List.of("a", "claude-3"))),
                        new FileKey("key-" + FileKey.digest(LONG).substring(0, 12), FileKey.digest(LONG), Terms.NONE),
                        new FileKey("key-" + FileKey.digest("x").substring(0, 12), FileKey.digest("x"), Terms.NONE));
        assertThat(valid.publishableText()).doesNotContain(LONG).doesNotContain("sk-team-red");
        assertThat(valid.config().toString()).doesNotContain(LONG);
    }

    @Test
    void shouldMeanTheSameWhenPublished() {
        ConfigResult.Valid valid = Configs.valid(
                MODELS + "api_keys: [{key: \"${TEAM_KEY}\", name: red, models: [a]}, " + LONG + "]\n", ENVIRONMENT);

        ConfigResult again = Configs.read(valid.publishableText(), Map.of());

        assertThat(again)
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        same -> assertThat(same.config()).isEqualTo(valid.config()));
    }

    @Test
    void shouldReadAKeyFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), LONG + "\n");

        GatewayConfig config = Configs.valid(MODELS + "general_settings: {api_keys: [{key: os.file/" + file + "}]}")
                .config();

        assertThat(config.keys()).extracting(FileKey::sha256).containsExactly(FileKey.digest(LONG));
    }

    @Test
    void shouldSayWhatOpensNothingAndWhatCanBeGuessed() {
        ConfigResult.Valid valid = Configs.valid(
                MODELS + "api_keys: [{key: os.environ/ABSENT}, {key: sk-1234, models: [b]}]\n", ENVIRONMENT);

        assertThat(valid.config().keys()).hasSize(1);
        assertThat(Configs.of(valid, Severity.WARNING))
                .anyMatch(w -> w.contains("api_keys[0].key: os.environ/ABSENT is not there, so this key opens nothing"))
                .anyMatch(w -> w.contains("api_keys[1].key: a secret is written into the file"))
                .anyMatch(w -> w.contains("api_keys[1].key: is a key of fewer than 16 characters"))
                .anyMatch(w ->
                        w.contains("api_keys[1].models[0]: clients can call nothing of the name b: did you mean a?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: x}|says no key",
                "{key: none}|is no key",
                "{key: sk-0123456789abcdef, name: master}|is the name of the master key",
                "{key: sk-0123456789abcdef, name: ' '}|is no name",
                "{key: sk-0123456789abcdef, expires: 2030-01-01}|can't be enforced by this version: an expiry",
                "{key: sk-0123456789abcdef, blocked: true}|can't be enforced by this version: that the key is blocked",
                "{key: sk-0123456789abcdef, rate_limit: {per_ip: 5}}|can't be enforced by this version: a limit",
            })
    void shouldRefuse(String key, String problem) {
        List<String> errors = Configs.errors(MODELS + "api_keys: [" + key + "]\n");

        assertThat(errors).singleElement().asString().contains(problem);
    }

    @Test
    void shouldRefuseAKeyOrANameTwice() {
        List<String> errors = Configs.errors(MODELS + """
                api_keys:
                  - {key: sk-0123456789abcdef, name: x}
                  - {key: sk-0123456789abcdef, name: y}
                  - {key: sk-fedcba9876543210, name: x}
                """);

        assertThat(errors)
                .satisfiesExactly(
                        e -> assertThat(e).contains(":6: ").contains("has the key of another entry"),
                        e -> assertThat(e).contains(":7: ").contains("has the name of another entry"));
    }
}
