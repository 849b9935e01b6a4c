package dev.laneway.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.runtime.config.Environment;
import dev.laneway.services.ServicesConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first curl of the README, run by a shell against what {@code up} runs. */
class ReadmeIT {
    private static final String KEY = "sk-of-the-readme";

    @TempDir
    Path state;

    /** Stops at what fails, and says it. */
    private static String allOf(List<String> blocks) {
        return "set -e\n" + String.join("\necho\n", blocks);
    }

    @Test
    void shouldMakeAndChangeKeysAsThePageAboutThemSays() throws Exception {
        String script = allOf(Readme.blocks("deploy/docs/keys.md", "sh"));
        try (Standalone laneway = start()) {
            ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
            shell.environment().put("LANEWAY_MASTER_KEY", KEY);
            shell.environment().put("LANEWAY_URL", "http://127.0.0.1:" + laneway.port());
            Process process = shell.start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said)
                    .contains(
                            "\"key\":\"sk-lw-",
                            "\"max_budget\":30",
                            "\"deleted_keys\":[\"nightly\"]",
                            "\"actor\":\"master\"");
        }
    }

    private Standalone start() throws Exception {
        return Standalone.start(new Standalone.Settings(
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
                generated -> {}));
    }

    @Test
    void shouldAnswerTheFirstCurl() throws Exception {
        String curl = Readme.blocks("README.md", "").stream()
                .filter(block -> block.startsWith("curl "))
                .findFirst()
                .orElseThrow();
        try (Standalone laneway = start()) {
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
