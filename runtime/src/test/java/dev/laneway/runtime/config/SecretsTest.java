package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void shouldFindASecretInAVariableOrTheFileBesideIt() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "sk-from-file\n");
        Secrets secrets = secrets(Map.of("A", "sk-a", "B_FILE", file.toString()));

        assertThat(secrets.find(new SecretRef.Env("A"))).contains(new SecretText("sk-a"));
        assertThat(secrets.find(new SecretRef.Env("B"))).contains(new SecretText("sk-from-file"));
        assertThat(secrets.find(new SecretRef.Env("C"))).isEmpty();
    }

    @Test
    void shouldSeeARotatedFileAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "old");
        Secrets secrets = secrets(Map.of());
        SecretRef reference = new SecretRef.File(file);
        secrets.find(reference);

        Files.writeString(file, "new");

        assertThat(secrets.find(reference)).contains(new SecretText("new"));
    }

    @Test
    void shouldReadAReferenceToAFile() {
        GatewayConfig config = Configs.valid(
                        "model_list: [{model_name: a, litellm_params: {model: openai/a, api_key: os.file//run/secrets/k}}]")
                .config();

        assertThat(ConfigLoaderTest.only(config, "a").apiKey())
                .isEqualTo(new SecretRef.File(Path.of("/run/secrets/k")));
    }

    @Test
    void shouldSayWhyADeploymentCannotBeCalledFromHere() {
        GatewayConfig config = Configs.valid("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a}}
                  - {model_name: b, litellm_params: {model: openai/b, api_key: sk-b}}
                  - {model_name: c, litellm_params: {model: ollama/c}}
                """).config();
        Secrets none = secrets(Map.of());

        assertThat(none.missing(ConfigLoaderTest.only(config, "a"))).isEqualTo("OPENAI_API_KEY is not set");
        assertThat(none.missing(ConfigLoaderTest.only(config, "b"))).contains("config file doesn't have the key");
        assertThat(none.missing(ConfigLoaderTest.only(config, "c"))).isNull();
        assertThat(secrets(Map.of("OPENAI_API_KEY", "x")).missing(ConfigLoaderTest.only(config, "a")))
                .isNull();
    }

    @Test
    void shouldNeverPrintASecret() {
        assertThat(new SecretText("sk-hidden")).hasToString("***");
        assertThat(new SecretValues(Map.of("f", new SecretText("sk-hidden"))).toString())
                .doesNotContain("hidden");
    }

    @Test
    void shouldPreferTheEnvironmentsMasterKey() {
        SecretRef file = new SecretRef.Env("FILE_KEY");
        Map<String, String> all = Map.of(
                "LANEWAY_MASTER_KEY",
                "one",
                "LITELLM_MASTER_KEY",
                "two",
                "FILE_KEY",
                "three",
                "LITELLM_ADMIN_KEY",
                "admin");

        assertThat(keys(all, file).master()).contains(new SecretText("one"));
        assertThat(keys(Map.of("LITELLM_MASTER_KEY", "two", "FILE_KEY", "three"), file)
                        .master())
                .contains(new SecretText("two"));
        assertThat(keys(Map.of("FILE_KEY", "three"), file).master()).contains(new SecretText("three"));
        assertThat(keys(Map.of(), file).master()).isEmpty();
        assertThat(keys(all, file).admins()).isEqualTo(List.of(new SecretText("admin")));
    }

    @Test
    void shouldAdmitOnlyItsKeys() {
        MasterKeys keys = new MasterKeys(Optional.of(new SecretText("m")), List.of(new SecretText("a")));

        assertThat(keys.admits("m")).isTrue();
        assertThat(keys.admits("a")).isTrue();
        assertThat(keys.admits("")).isFalse();
        assertThat(keys.admits("x")).isFalse();
        assertThat(new MasterKeys(Optional.empty(), List.of()).admits("")).isFalse();
    }

    private static Secrets secrets(Map<String, String> environment) {
        return new Secrets(Environment.of(environment), SecretValues.NONE);
    }

    private static MasterKeys keys(Map<String, String> environment, SecretRef ofTheFile) {
        return MasterKeys.fromEnvironment(Environment.of(environment), ofTheFile, secrets(environment));
    }
}
