package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.contracts.Principal;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaEnvironmentTest {
    private static KafkaAccess read(Map<String, String> environment) {
        return KafkaEnvironment.read(Environment.of(environment), "b:9092");
    }

    @Test
    void shouldLogInNowhereWhereNobodyIsAsked() {
        KafkaAccess access = read(Map.of());

        assertThat(access.as(Principal.WORKER_CLOUD)).isEqualTo(KafkaSettings.plain("b:9092"));
        assertThat(access.zones(Principal::worker)).containsExactly(Zone.LOCAL, Zone.CLOUD);
    }

    @Test
    void shouldBeWhomItHasThePasswordOf() {
        KafkaAccess access = read(Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                "KAFKA_SASL_MECHANISM", "PLAIN",
                "KAFKA_PASSWORD_WORKER_CLOUD", "pw-1"));

        assertThat(access.as(Principal.WORKER_CLOUD).security())
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\"worker-cloud\" password=\"pw-1\";");
        assertThat(access.zones(Principal::worker)).containsExactly(Zone.CLOUD);
        assertThatThrownBy(() -> access.as(Principal.WORKER_LOCAL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("worker-local");
    }

    @Test
    void shouldNotSendAPasswordInTheClearUnlessTold() {
        KafkaSettings settings = read(Map.of("KAFKA_PASSWORD_INGRESS", "pw")).as(Principal.INGRESS);

        assertThat(settings.security())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        assertThat(settings.security().get("sasl.jaas.config")).contains("ScramLoginModule");
    }

    @Test
    void shouldUseTheNameThatABrokerGaveItsUser() {
        KafkaSettings settings = read(Map.of("KAFKA_PASSWORD_INGRESS", "pw", "KAFKA_USERNAME_INGRESS", "APIKEY7"))
                .as(Principal.INGRESS);

        assertThat(settings.user()).isEqualTo("APIKEY7");
        assertThat(settings.security().get("sasl.jaas.config")).contains("username=\"APIKEY7\"");
    }

    @Test
    void shouldBeOneUserForAllWhereThereIsOnlyOne() {
        KafkaAccess access = read(Map.of("KAFKA_USERNAME", "all", "KAFKA_PASSWORD", "pw"));

        assertThat(access.as(Principal.INGRESS)).isEqualTo(access.as(Principal.WORKER_LOCAL));
        assertThat(access.as(Principal.INGRESS).security().get("sasl.jaas.config"))
                .contains("username=\"all\"");
    }

    @Test
    void shouldFindPasswordsInFiles(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "from-file\n");

        KafkaSettings settings =
                read(Map.of("KAFKA_PASSWORD_ACCOUNTING_FILE", file.toString())).as(Principal.ACCOUNTING);

        assertThat(settings.security().get("sasl.jaas.config")).contains("password=\"from-file\"");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThatThrownBy(() -> read(Map.of("KAFKA_PASSWORD_ACCOUNTING_FILE", "/nowhere/secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KAFKA_PASSWORD_ACCOUNTING_FILE: /nowhere/secret");
    }

    /** As Kafka's own parser reads it. */
    @Test
    void shouldSayAnyPasswordSoThatKafkaUnderstandsIt() {
        String strange = "a\"b\\c;d'e f=g\u00fc";
        KafkaSettings settings = read(Map.of("KAFKA_PASSWORD_INGRESS", strange)).as(Principal.INGRESS);

        var jaas = JaasContext.loadClientContext(
                Map.of("sasl.jaas.config", new Password(settings.security().get("sasl.jaas.config"))));

        assertThat(jaas.configurationEntries().getFirst().getOptions().get("password"))
                .isEqualTo(strange);
    }

    @Test
    void shouldRefuseAPasswordThatWouldNotBeAskedFor() {
        assertThatThrownBy(
                        () -> read(Map.of("KAFKA_PASSWORD_INGRESS", "SECRET", "KAFKA_SECURITY_PROTOCOL", "PLAINTEXT")))
                .hasMessageContaining("KAFKA_SECURITY_PROTOCOL PLAINTEXT")
                .hasMessageNotContaining("SECRET");
        assertThatThrownBy(
                        () -> read(Map.of("KAFKA_PASSWORD_INGRESS", "SECRET", "KAFKA_SASL_MECHANISM", "OAUTHBEARER")))
                .hasMessageContaining("OAUTHBEARER takes no password")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void shouldPassOnWhatTakesNoPassword() {
        KafkaSettings settings = read(Map.of(
                        "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                        "KAFKA_SASL_MECHANISM", "OAUTHBEARER",
                        "KAFKA_SASL_JAAS_CONFIG", "some.Module required;",
                        "KAFKA_SSL_TRUSTSTORE_LOCATION", "/etc/trust.p12"))
                .as(Principal.INGRESS);

        assertThat(settings.security())
                .containsEntry("sasl.jaas.config", "some.Module required;")
                .containsEntry("ssl.truststore.location", "/etc/trust.p12");
    }

    @Test
    void shouldNotPrintPasswords() {
        KafkaAccess access = read(Map.of("KAFKA_PASSWORD_INGRESS", "SECRET", "KAFKA_PASSWORD_ADMIN", "SECRET"));

        assertThat(access.toString() + access.as(Principal.INGRESS) + access.logins())
                .contains("b:9092")
                .doesNotContain("SECRET");
    }

    @Test
    void shouldNotShareAProducerBetweenUsers() {
        KafkaAccess access = read(Map.of("KAFKA_PASSWORD_WORKER_LOCAL", "a", "KAFKA_PASSWORD_WORKER_CLOUD", "b"));

        assertThat(Set.of(
                        access.as(Principal.WORKER_LOCAL).shared("workers"),
                        access.as(Principal.WORKER_CLOUD).shared("workers")))
                .hasSize(2);
    }
}
