package dev.laneway.ingress.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretValues;
import io.vertx.core.MultiMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysInForceTest {
    private static final String GENERATED = HexFormat.of().formatHex(MasterKeyAuthenticator.sha256("generated"));

    @TempDir
    private Path folder;

    @Test
    void shouldPreferTheEnvironmentsKeyToTheFilesAndTheGeneratedOne() {
        Map<String, String> variables = Map.of("LITELLM_MASTER_KEY", "of-env", "OF_FILE", "of-file");

        KeysInForce keys = keys(variables, new SecretRef.Env("OF_FILE"));

        assertThat(admits(keys, "of-env")).isTrue();
        assertThat(admits(keys, "of-file")).isFalse();
        assertThat(admits(keys, "generated")).isFalse();
    }

    @Test
    void shouldPreferTheFilesKeyToTheGeneratedOne() {
        KeysInForce keys = keys(Map.of("OF_FILE", "of-file"), new SecretRef.Env("OF_FILE"));

        assertThat(admits(keys, "of-file")).isTrue();
        assertThat(admits(keys, "generated")).isFalse();
    }

    @Test
    void shouldTakeTheGeneratedOneWhereNoneIsStated() {
        assertThat(admits(keys(Map.of(), null), "generated")).isTrue();
    }

    @Test
    void shouldTakeAdminKeysBesideTheMasterKey() {
        KeysInForce keys = keys(Map.of("LITELLM_PROXY_ADMIN_KEY", "one", "LITELLM_ADMIN_KEY", "two"), null);

        assertThat(admits(keys, "one")).isTrue();
        assertThat(admits(keys, "two")).isTrue();
        assertThat(admits(keys, "generated")).isTrue();
        assertThat(admits(keys, "three")).isFalse();
    }

    @Test
    void shouldFollowARotatedFile() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "old\n");
        KeysInForce keys = keys(Map.of(), new SecretRef.File(file));
        boolean before = admits(keys, "old");
        Files.writeString(file, "new\n");

        keys.refresh();

        assertThat(before).isTrue();
        assertThat(admits(keys, "old")).isFalse();
        assertThat(admits(keys, "new")).isTrue();
    }

    @Test
    void shouldSayThatItKnowsNoKeyYet() {
        KeysInForce none =
                new KeysInForce(Environment.of(Map.of()), () -> SecretValues.NONE, Optional::empty, Optional::empty);

        Admission admission = new MasterKeyAuthenticator(none)
                .admit(MultiMap.caseInsensitiveMultiMap().add("x-api-key", "any"));

        assertThat(admission).isInstanceOf(Admission.Undecided.class);
    }

    private static KeysInForce keys(Map<String, String> variables, SecretRef ofTheFile) {
        return new KeysInForce(
                Environment.of(variables),
                () -> SecretValues.NONE,
                () -> Optional.ofNullable(ofTheFile),
                () -> Optional.of(GENERATED));
    }

    private static boolean admits(KeysInForce keys, String key) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("authorization", "Bearer " + key);
        return new MasterKeyAuthenticator(keys).admit(headers) instanceof Admission.Admitted;
    }
}
