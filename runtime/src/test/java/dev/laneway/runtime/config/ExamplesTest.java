package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final Path FOLDER = Path.of("..", "deploy", "examples");

    /** Every variable is set, so that a warning is the example's own. */
    private final Environment environment = name ->
            name.endsWith("_KEY") || name.endsWith("_SECOND") || name.endsWith("_CREDENTIALS") ? "sk-" + name : null;

    private final ConfigLoader loader = new ConfigLoader(Providers.catalogue(), false);

    static Stream<Path> examples() throws IOException {
        try (var files = Files.list(FOLDER)) {
            List<Path> examples = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
            return examples.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldUseOnlyWhatIsSupported(Path example) {
        ConfigResult result = loader.load(example, environment);

        assertThat(result).as(() -> Configs.lines(result.problems())).isInstanceOf(ConfigResult.Valid.class);
        assertThat(result.problems())
                .extracting(Problem::problem)
                .allMatch(problem -> problem.startsWith("this fallback leaves the network"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldMeanTheSameWhenPublished(Path example) {
        ConfigResult.Valid valid = (ConfigResult.Valid) loader.load(example, environment);

        ConfigResult again = loader.parse(valid.publishableText(), "published", Environment.of(Map.of()));

        assertThat(again)
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        same -> assertThat(same.config()).isEqualTo(valid.config()));
    }

    @Test
    void shouldKeepTheHouseholdInside() {
        ConfigResult.Valid home = (ConfigResult.Valid) loader.load(FOLDER.resolve("home.yaml"), environment);

        assertThat(home.config().routes().get("household").zone()).isEqualTo(Zone.LOCAL);
        assertThat(home.config().routes().get("assistant").zone()).isEqualTo(Zone.CLOUD);
    }

    @Test
    void shouldReadTheInterfacesOfEveryVendorOfTheCatalogue() {
        for (var row : Providers.catalogue().all()) {
            String text = "model_list: [{model_name: m, litellm_params: {model: " + row.name()
                    + "/some-model, api_base: \"https://vendor.example/v1\", api_key: os.environ/A_KEY,"
                    + " input_cost_per_token: 0.000001, output_cost_per_token: 0.000002}}]";

            ConfigResult result = loader.parse(text, row.name(), environment);

            assertThat(result).as(row.name()).isInstanceOf(ConfigResult.Valid.class);
            assertThat(result.problems()).as(row.name()).isEmpty();
        }
    }
}
