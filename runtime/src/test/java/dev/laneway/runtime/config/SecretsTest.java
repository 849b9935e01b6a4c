package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    void shouldNameTheFileThatADeploymentsKeyIsNotIn() {
        GatewayConfig config = Configs.valid("model_list: [{model_name: a, litellm_params: {model: openai/a}}]")
                .config();

        assertThat(secrets(Map.of("OPENAI_API_KEY_FILE", "/no/key")).missing(ConfigLoaderTest.only(config, "a")))
                .isEqualTo("OPENAI_API_KEY_FILE: /no/key can't be read or is empty");
    }

    @Test
    void shouldFindAStatedSecretOrSayThatItsFileIsNotThere() throws IOException {
        Path file = Files.writeString(folder.resolve("url"), "redis://x\n");
        Path empty = Files.createFile(folder.resolve("empty"));
        Environment environment = Environment.of(Map.of(
                "DATABASE_URL",
                "d",
                "DATABASE_URL_FILE",
                "/no",
                "REDIS_URL_FILE",
                file.toString(),
                "E_FILE",
                "" + empty));

        assertThat(Secrets.stated(environment, "DATABASE_URL")).contains(new SecretText("d"));
        assertThat(Secrets.stated(environment, "REDIS_URL")).contains(new SecretText("redis://x"));
        assertThat(Secrets.stated(environment, "KAFKA_PASSWORD")).isEmpty();
        assertThatThrownBy(() -> Secrets.stated(environment, "E"))
                .hasMessage("E_FILE: " + empty + " can't be read or is empty");
    }

    @Test
    void shouldTakeMasterAndAdminKeysFromFiles() throws IOException {
        Path master = Files.writeString(folder.resolve("master"), "m\n");
        Path admin = Files.writeString(folder.resolve("admin"), "a\n");

        MasterKeys keys = keys(
                Map.of("LANEWAY_MASTER_KEY_FILE", master.toString(), "LITELLM_ADMIN_KEY_FILE", admin.toString()), null);

        assertThat(keys.master()).contains(new SecretText("m"));
        assertThat(keys.admins()).isEqualTo(List.of(new SecretText("a")));
    }

    @Test
    void shouldRefuseAMasterKeyWhoseFileIsNotThere() {
        Environment environment = Environment.of(Map.of("LITELLM_MASTER_KEY_FILE", "/no/master"));

        assertThatThrownBy(() -> MasterKeys.check(environment))
                .hasMessage("LITELLM_MASTER_KEY_FILE: /no/master can't be read or is empty");
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

    private static MasterKeys keys(Map<String, String> environment, @Nullable SecretRef ofTheFile) {
        return MasterKeys.fromEnvironment(ofTheFile, secrets(environment));
    }
}
