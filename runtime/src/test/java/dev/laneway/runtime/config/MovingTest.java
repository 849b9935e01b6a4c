package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.file.KeyTable;
import dev.laneway.runtime.config.models.RequestFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as LiteLLM's users and the readers of guides have them, in words of our own. */
class MovingTest {
    private static final Path EXAMPLES = Path.of("..", "deploy", "examples", "moving");
    private static final Path FILES = Path.of("src", "test", "resources", "litellm-files");
    private static final Path PAGE = Path.of("..", "deploy", "docs", "moving-from-litellm.md");

    /** Every secret and every setting is there, but for the addresses of servers and vendors. */
    private final Environment environment =
            name -> name.matches(".*(_BASE_URL|_API_BASE|_ENDPOINT|_FILE|_HOST|_MAX_TOKENS)|DATABASE_URL|REDIS_URL")
                    ? null
                    : name.matches(".*(KEY|PASSWORD|SECRET).*") ? "sk-0123456789-" + name : "value";

    private final ConfigLoader strict = new ConfigLoader(Providers.catalogue(), false);
    private final ConfigLoader accepting = new ConfigLoader(Providers.catalogue(), true);

    static Stream<Path> files() throws IOException {
        try (var examples = Files.list(EXAMPLES);
                var files = Files.list(FILES)) {
            List<Path> all = Stream.concat(examples, files).sorted().toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(5);
            return all.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldBeReadAsItIsOnceWhatIsNotEnforcedIsAccepted(Path file) {
        ConfigResult result = accepting.load(file, environment);

        assertThat(result).as(() -> Configs.lines(result.problems())).isInstanceOf(ConfigResult.Valid.class);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldBeRefusedForWhatIsNotEnforcedAndForNothingElse(Path file) {
        ConfigResult result = strict.load(file, environment);

        assertThat(Configs.of(result, Severity.ERROR))
                .allMatch(error -> error.contains("can't be enforced by this version"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldHaveNoKeyThatNobodyKnows(Path file) {
        List<KeyUse> keys = accepting.explain(file, environment).keys();

        assertThat(keys).isNotEmpty().noneMatch(use -> use.standing() == KeyStanding.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldBeToldOfEachKeyThatIsNotActedOn(Path file) {
        ConfigLoader.Explained explained = accepting.explain(file, environment);

        List<String> warned = explained.result().problems().stream()
                .map(problem -> problem.key().replaceAll("[\\[.].*", ""))
                .distinct()
                .toList();
        assertThat(explained.keys().stream()
                        .filter(use -> use.standing() == KeyStanding.NOT_SUPPORTED
                                || use.standing() == KeyStanding.NOT_ENFORCED)
                        .map(use -> use.key().replaceAll("[\\[.].*", "")))
                .isNotEmpty()
                .isSubsetOf(warned);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldMeanTheSameWhenPublished(Path file) {
        ConfigResult.Valid valid = (ConfigResult.Valid) accepting.load(file, environment);

        ConfigResult again = strict.parse(valid.publishableText(), "published", Environment.of(Map.of()));

        assertThat(valid.publishableText()).doesNotContain("sk-0123456789");
        assertThat(again)
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        same -> assertThat(same.config()).isEqualTo(valid.config()));
    }

    @Test
    void shouldOfferTheGuidesModelsAndRoutesToItsKeys() {
        ConfigResult.Valid guide = (ConfigResult.Valid) accepting.load(EXAMPLES.resolve("guide.yaml"), environment);

        assertThat(guide.config().routes()).containsOnlyKeys("gpt-4o", "claude-sonnet", "local-llama", "always-on");
        assertThat(guide.config().routes().get("always-on").chain())
                .extracting(ChainHop::name)
                .containsExactly("gpt-4o", "claude-sonnet");
        assertThat(guide.config().keys())
                .containsExactly(
                        new FileKey(
                                "team-blue",
                                FileKey.digest("sk-0123456789-TEAM_BLUE_KEY"),
                                new Terms(
                                        List.of("gpt-4o", "always-on"),
                                        null,
                                        null,
                                        List.of(),
                                        null,
                                        new RateLimits(0, 0, 0, 0, 10, 0),
                                        List.of(Budget.of(Money.ofDollars("100"), BudgetPeriod.of("1mo"))),
                                        null,
                                        null)),
                        new FileKey(
                                "team-red",
                                FileKey.digest("sk-0123456789-TEAM_RED_KEY"),
                                Terms.budgeted(Budget.of(Money.ofDollars("25"), BudgetPeriod.of("1w")))
                                        .withModels(List.of("claude-*", "local-llama"))));
        assertThat(Configs.of(guide, Severity.WARNING)).anyMatch(warning -> warning.contains("SQLite is not used"));
    }

    @Test
    void shouldKnowEachFieldOfARequest() {
        assertThat(RequestFields.names())
                .allSatisfy(name -> assertThat(KeyTable.find("litellm_params", name))
                        .as(name)
                        .isNotNull());
    }

    @Test
    void shouldHaveTheSameKeysOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page.substring(page.indexOf(KeyPage.HEADING)))
                .as("./laneway config keys prints the tables of the page")
                .isEqualTo(KeyPage.markdown());
    }
}
