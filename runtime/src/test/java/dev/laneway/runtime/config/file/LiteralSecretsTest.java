package dev.laneway.runtime.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key: abc",
                "  - {model: a, \"api_key\": 'abc'}",
                "# old api_key: abc",
                "keys:\n  token: abc",
                "auth: {user: a, pass: abc}",
                "secret: {token: abc}",
                "#api_key: abc",
                "# FIRST=1 MASTER_KEY=abc ./laneway up",
                "api_key:\n    abc",
                "api_key: >-\n    abc",
                "DB_PASSWORD: hunter2",
                "redis_pass: hunter2",
                "aws_secret_access_key: \"${SECRET:-abc}\"",
                "keys: [abc]",
                "database_url: postgres://laneway:hunter2@db/laneway",
                "cache: redis://:hunter2@cache:6379",
                "note: use sk-abcdefgh1234",
                "headers: [Bearer abcdefgh1234]",
                "pem: |\n  -----BEGIN RSA PRIVATE KEY-----",
            })
    void shouldFindWhatLooksLikeASecret(String text) {
        assertThat(LiteralSecrets.firstLine(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key: os.environ/A_KEY",
                "api_key: \"os.environ/A_KEY\"",
                "{model: a, api_key: ${A_KEY}}",
                "api_key: os.file/run/secrets/key",
                "api_key: none",
                "api_key: \"\"",
                "api_key: null",
                "max_tokens: 4_096",
                "input_cost_per_token: 3e-06",
                "use_token: true",
                "monkey:\n  lane: private",
                "monkey: {lane: private}",
                "# the key: put it into the environment",
                "compass: north",
                "#  OPENAI_API_KEY=... MASTER_KEY=sk-... OTHER_KEY=$KEY THIRD_KEY=<yours> ./laneway up",
                "url: http://${USER}:${PASS}@proxy:3128",
                "model: claude-sonnet-4-5",
            })
    void shouldNotMistakeOtherThings(String text) {
        assertThat(LiteralSecrets.firstLine(text)).isEmpty();
    }

    @Test
    void shouldNameTheLine() {
        assertThat(LiteralSecrets.firstLine("a: 1\napi_key: os.environ/A\nb: {token: abc}\n"))
                .hasValue(3);
    }

    @Test
    void shouldFindNoneInTheExamples() throws IOException {
        try (var files = Files.list(Path.of("..", "deploy", "examples"))) {
            List<Path> examples =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(examples)
                    .isNotEmpty()
                    .allSatisfy(example -> assertThat(LiteralSecrets.firstLine(Files.readString(example)))
                            .isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-", "#", "{", ",", "${", "a", "_", "a_", "key", "key:", "://a", "sk-", "\n", "api_key: ${"})
    void shouldEndInGoodTimeOnAnyText(String piece) {
        String text = piece.repeat(1024 * 1024 / piece.length());

        assertThatCode(() -> LiteralSecrets.firstLine(text)).doesNotThrowAnyException();
    }
}
