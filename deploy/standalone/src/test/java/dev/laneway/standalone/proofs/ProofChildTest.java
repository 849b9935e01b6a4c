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
}
