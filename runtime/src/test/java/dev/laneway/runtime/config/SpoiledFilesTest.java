package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples with a random part spoiled, the same ones in each run. */
class SpoiledFilesTest {
    private static final int FILES = 150;
    private static final List<String> SPOILS = List.of(
            "null",
            "[]",
            "{}",
            "-1",
            "0",
            "1e99",
            "1e-99",
            "\"\"",
            "\"*\"",
            "true",
            "${X}",
            "os.environ/",
            "os.file/",
            "[[a]]",
            "{a: {b: c}}",
            "claude",
            "home-llama",
            "\"a/b*c*d\"",
            "0x",
            "!x y",
            "&a b",
            "*a",
            "\"\\0\"",
            "os.environ/EMPTY",
            "999999999999999999999999999999",
            "{cloud: }",
            "literal/012345678901",
            "http://[::",
            "'{'");

    private final ConfigLoader loader = new ConfigLoader(Providers.catalogue(), true);
    private final Environment environment =
            Environment.of(Map.of("OPENAI_API_KEY", "a", "ANTHROPIC_API_KEY", "b", "OLLAMA_HOST", "0.0.0.0"));

    @ParameterizedTest
    @MethodSource("dev.laneway.runtime.config.ExamplesTest#examples")
    void shouldRefuseOrReadWhateverTheFileSays(Path example) throws IOException {
        List<String> lines = Files.readAllLines(example);
        Random random = new Random(42);
        int read = 0;
        for (int i = 0; i < FILES; i++) {
            String text = spoil(lines, random);
            ConfigResult result = loader.parse(text, "spoiled", environment);
            assertThat(result.problems())
                    .as(text)
                    .allMatch(problem -> problem.toString().lines().count() == 1);
            if (result instanceof ConfigResult.Valid valid) {
                read++;
                requireFenced(valid.config(), text);
                requireSame(valid, text);
            }
        }
        assertThat(read).isBetween(1, FILES - 1);
    }

    private String spoil(List<String> lines, Random random) {
        String[] copy = lines.toArray(new String[0]);
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int line = random.nextInt(copy.length);
            String spoil = Matcher.quoteReplacement(SPOILS.get(random.nextInt(SPOILS.size())));
            copy[line] = switch (random.nextInt(4)) {
                case 0 -> copy[line].replaceFirst(": [^{\\[].*$", ": " + spoil);
                case 1 -> copy[line].replaceFirst("(?<=: )[^{}\\[\\],]+(?=[,}\\]])", spoil);
                case 2 -> copy[line].replaceFirst("[a-z_]+:", spoil + ":");
                default -> "";
            };
        }
        return String.join("\n", copy);
    }

    private static void requireFenced(GatewayConfig config, String text) {
        for (Route route : config.routes().values()) {
            if (route.privacy() == Privacy.LOCAL_ONLY) {
                assertThat(route.chain().stream().flatMap(hop -> hop.deployments().stream()))
                        .as(text)
                        .allMatch(id -> config.deployments().get(id).zone() == Zone.LOCAL);
            }
        }
    }

    private void requireSame(ConfigResult.Valid valid, String text) {
        ConfigResult again =
                loader.parse(valid.publishableText(), "published", Environment.of(Map.of("OPENAI_API_KEY", "z")));
        assertThat(again)
                .as(() -> text + "\n" + Configs.lines(again.problems()))
                .isInstanceOf(ConfigResult.Valid.class);
        assertThat(((ConfigResult.Valid) again).config()).as(text).isEqualTo(valid.config());
    }
}
