package dev.laneway.standalone.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.standalone.Main;
import dev.laneway.standalone.config.ReadConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that {@code up} starts after a reload, for real. */
class ReloadProofsIT {
    @TempDir
    private Path folder;

    @Test
    void shouldLeaveEvidenceOfTheConfigThatWasAskedFor() throws Exception {
        Path config = Files.writeString(folder.resolve("laneway.yaml"), """
                model_list:
                  - model_name: home
                    litellm_params: {model: ollama/llama3.2, api_base: http://localhost:11434}
                lanes:
                  private: {privacy: local_only}
                routes:
                  secure: {lane: private, chain: [home]}
                """);
        String version = ((ConfigResult.Valid) ReadConfig.load(config, Environment.system()))
                .config()
                .version();
        try (Meters meters = Meters.create();
                ReloadProofs proofs = new ReloadProofs(
                        ProofChild.of(config, Main.class),
                        ProofArchive.in(folder.resolve("proofs")),
                        meters,
                        ReloadProofs.LIMIT)) {
            proofs.request(version);

            await().atMost(Duration.ofMinutes(2)).until(() -> meters.scrape().contains("laneway_proof_runs_total"));
            assertThat(meters.scrape()).contains("laneway_proof_runs_total{outcome=\"kept\"} 1.0");
        }
        List<Path> evidence;
        try (Stream<Path> files = Files.list(folder.resolve("proofs"))) {
            evidence = files.toList();
        }
        assertThat(evidence).hasSize(1);
        JsonNode proof =
                JsonMapper.builder().build().readTree(evidence.getFirst().toFile());
        assertThat(proof.at("/config_version").asText()).isEqualTo(version);
        assertThat(proof.at("/kept").asBoolean()).isTrue();
    }
}
