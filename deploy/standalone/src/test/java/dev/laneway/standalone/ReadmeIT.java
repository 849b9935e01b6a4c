package dev.laneway.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.runtime.config.Environment;
import dev.laneway.standalone.serve.Standalone;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What pages for newcomers say to a shell, run by one against what {@code up} runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT {
    private static final String KEY = "sk-of-the-readme";

    private Standalone laneway;

    /** What a shell said, and what it ended with. */
    private record Ended(int code, String said) {}

    @BeforeAll
    void start(@TempDir Path state) throws Exception {
        laneway = Standalone.start(
                Standalone.Settings.onTrial(null, false, state, Environment.of(Map.of("LANEWAY_MASTER_KEY", KEY))));
    }

    @AfterAll
    void stop() {
        laneway.close();
    }

    private Ended run(String script, boolean errorsToo) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(errorsToo);
        if (!errorsToo) {
            shell.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        shell.environment().put("LANEWAY_MASTER_KEY", KEY);
        shell.environment().put("LANEWAY_URL", "http://127.0.0.1:" + laneway.port());
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    @Test
    void shouldAnswerTheFirstCurl() throws Exception {
        String curl = Readme.blocks("README.md", "").stream()
                .filter(block -> block.startsWith("curl "))
                .findFirst()
                .orElseThrow();

        Ended ended = run(curl.replace("127.0.0.1:4000", "127.0.0.1:" + laneway.port()), false);

        JsonNode json = JsonMapper.builder().build().readTree(ended.said());
        assertThat(json.at("/model").asText()).isEqualTo("simulated");
        assertThat(json.at("/choices/0/message/content").asText()).isNotBlank();
    }

    @Test
    void shouldMakeAndChangeKeysAsThePageAboutThemSays() throws Exception {
        List<String> blocks = Readme.blocks("deploy/docs/keys.md", "sh");

        Ended ended = run("set -e\n" + String.join("\necho\n", blocks), true);

        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said())
                .contains(
                        "\"key\":\"sk-lw-",
                        "\"max_budget\":30",
                        "\"deleted_keys\":[\"nightly\"]",
                        "\"actor\":\"master\"");
    }
}
