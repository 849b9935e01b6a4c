package dev.laneway.standalone.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProofChildTest {
    @Test
    void shouldTakeOverFlagsButNoPortAndLessHeap() {
        assertThat(ProofChild.flags(List.of(
                        "-Xmx640m",
                        "-XX:AOTCache=a",
                        "-agentlib:jdwp=transport=dt_socket,address=5005",
                        "-Dcom.sun.management.jmxremote.port=9010")))
                .containsExactly("-Xmx640m", "-XX:AOTCache=a", "-Xmx384m");
    }

    @Test
    void shouldKeepProviderKeysAndNoServers() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "ANTHROPIC_API_KEY", "k", "KAFKA_BOOTSTRAP_SERVERS", "s", "DATABASE_URL", "d", "REDIS_URL", "r"));

        ProofChild.strip(environment);

        assertThat(environment).containsOnlyKeys("ANTHROPIC_API_KEY");
    }

    @Test
    void shouldHandDownNoSecretOfTheProcessItself() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "KAFKA_PASSWORD_ADMIN", "p",
                "KAFKA_PASSWORD_WORKER_CLOUD_FILE", "/run/secrets/kafka_password_worker_cloud",
                "KAFKA_SASL_JAAS_CONFIG", "j",
                "DATABASE_URL_FILE", "/run/secrets/database_url",
                "LANEWAY_MASTER_KEY", "m",
                "LITELLM_ADMIN_KEY_FILE", "/run/secrets/admin",
                "SSL_KEY_FILE", "/run/secrets/tls.key",
                "SSL_CERT_FILE", "/etc/ssl/authorities.pem",
                "OPENAI_API_KEY_FILE", "/run/secrets/openai_api_key"));

        ProofChild.strip(environment);

        assertThat(environment).containsOnlyKeys("SSL_CERT_FILE", "OPENAI_API_KEY_FILE");
    }
}
