package dev.laneway.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.runtime.config.Environment;
import dev.laneway.services.ServicesConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first curl of the README, run by a shell against what {@code up} runs. */
class ReadmeIT {
    private static final String KEY = "sk-of-the-readme";

    @TempDir
    Path state;

    @Test
    void shouldAnswerTheFirstCurl() throws Exception {
        String curl = Readme.blocks("README.md", "").stream()
                .filter(block -> block.startsWith("curl "))
                .findFirst()
                .orElseThrow();
        try (Standalone laneway = Standalone.start(new Standalone.Settings(
                null,
                "127.0.0.1",
                0,
                0,
                1,
                false,
                ServicesConfig.temporary(),
                state,
                Environment.of(Map.of("LANEWAY_MASTER_KEY", KEY)),
                Duration.ofSeconds(5),
                generated -> {}))) {
            ProcessBuilder shell = new ProcessBuilder(
                            "sh", "-c", curl.replace("127.0.0.1:4000", "127.0.0.1:" + laneway.port()))
                    .redirectError(state.resolve("curl.err").toFile());
            shell.environment().put("LANEWAY_MASTER_KEY", KEY);
            Process process = shell.start();
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            JsonNode json = JsonMapper.builder().build().readTree(answer);
            assertThat(json.at("/model").asText()).isEqualTo("simulated");
            assertThat(json.at("/choices/0/message/content").asText()).isNotBlank();
        }
    }
}
