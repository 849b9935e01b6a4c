package dev.laneway.provider.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.CallRules;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialTest {
    private static final SecretRef KEY = new SecretRef.Env("KEY");
    private static final SecretRef ID = new SecretRef.Env("ID");
    private static final SecretRef SECRET = new SecretRef.Env("SECRET");
    private static final SecretRef SESSION = new SecretRef.Env("SESSION");
    private static final SecretRef ACCOUNT = new SecretRef.Env("ACCOUNT");

    private final Map<SecretRef, String> there = new HashMap<>();

    @Test
    void shouldFindAStaticKey() {
        there.put(KEY, "k");

        assertThat(of(KEY, null)).isEqualTo(new Credential.Key(new SecretText("k")));
    }

    @Test
    void shouldTellNoneFromMissing() {
        assertThat(of(null, null)).isEqualTo(new Credential.None());
        assertThat(of(KEY, null)).isEqualTo(new Credential.Missing());
    }

    @Test
    void shouldPreferAnAccessKeyOfAws() {
        there.put(KEY, "k");
        there.put(ID, "id");
        there.put(SECRET, "secret");

        assertThat(of(KEY, new CloudAccess.Aws("eu-west-1", new AwsKeys.Stated(ID, SECRET, null))))
                .isEqualTo(new Credential.Aws("eu-west-1", new SecretText("id"), new SecretText("secret"), null));
    }

    @Test
    void shouldTakeABedrockKeyWhereThereIsNoAccessKey() {
        there.put(KEY, "k");

        assertThat(of(KEY, new CloudAccess.Aws("eu-west-1", new AwsKeys.Unsigned())))
                .isEqualTo(new Credential.Key(new SecretText("k")));
    }

    @Test
    void shouldMissASessionTokenThatIsConfigured() {
        there.put(ID, "id");
        there.put(SECRET, "secret");

        assertThat(of(null, new CloudAccess.Aws("eu-west-1", new AwsKeys.Stated(ID, SECRET, SESSION))))
                .isEqualTo(new Credential.Missing());
    }

    @Test
    void shouldTakeAServiceAccountByItsTextOrItsPath() {
        String json = Accounts.json("https://tokens.example/token");
        there.put(ACCOUNT, json);
        Credential byText = of(null, new CloudAccess.Google(null, "global", ACCOUNT));
        there.put(ACCOUNT, "/run/secrets/sa.json");
        there.put(new SecretRef.File(Path.of("/run/secrets/sa.json")), json);

        Credential byPath = of(null, new CloudAccess.Google(null, "global", ACCOUNT));

        assertThat(byPath)
                .isEqualTo(byText)
                .isInstanceOfSatisfying(
                        Credential.Google.class,
                        google -> assertThat(google.account().project()).isEqualTo("acme-prod"));
    }

    @Test
    void shouldMissWhatIsNoServiceAccount() {
        there.put(ACCOUNT, "{\"type\":\"authorized_user\",\"refresh_token\":\"x\"}");

        assertThat(of(null, new CloudAccess.Google("p", "global", ACCOUNT))).isEqualTo(new Credential.Missing());
    }

    @Test
    void shouldPreferATokenOfEntra() {
        there.put(KEY, "k");
        there.put(SECRET, "token");

        assertThat(of(KEY, new CloudAccess.Azure("2024-10-21", SECRET)))
                .isEqualTo(new Credential.Bearer(new SecretText("token")));
    }

    @Test
    void shouldPrintNoSecret() {
        there.put(ID, "id-1");
        there.put(SECRET, "secret-1");

        assertThat(of(null, new CloudAccess.Aws("eu-west-1", new AwsKeys.Stated(ID, SECRET, null)))
                        .toString())
                .doesNotContain("secret-1", "id-1");
    }

    private Credential of(SecretRef key, CloudAccess cloud) {
        Deployment deployment = new Deployment(
                "d_1",
                "group",
                "acme",
                "acme",
                "m",
                URI.create("https://acme.example"),
                key,
                Zone.CLOUD,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                null,
                Map.of(),
                Map.of(),
                ModelInfo.NONE,
                null,
                cloud,
                CallRules.USUAL);
        return Credential.of(
                deployment, ref -> Optional.ofNullable(there.get(ref)).map(SecretText::new), AwsKeySource.NONE);
    }
}
