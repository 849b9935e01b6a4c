package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.runtime.config.ConfigHistory.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigHistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String TEXT = "model_list: [{model_name: %s, litellm_params: {model: openai/a}}]\n";

    @TempDir
    Path folder;

    private final ConfigLoader loader = new ConfigLoader(new TestProviders(), false);
    private ConfigHistory history;

    @BeforeEach
    void makeHistory() {
        history = new ConfigHistory(folder.resolve("config.history"), () -> NOW);
    }

    private ConfigResult.Valid file(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), text);
        ConfigResult result = loader.load(file, Environment.of(Configs.KEYS));
        assertThat(result).as(() -> Configs.lines(result.problems())).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    @Test
    void shouldKeepTheOperatorsOwnTextForItsOwnerOnly() throws IOException {
        String text = "# why: see the wiki\n" + TEXT.formatted("a");
        ConfigResult.Valid valid = file(text);

        assertThat(history.keep(valid)).isEqualTo(Kept.KEPT);

        KeptVersion kept = history.newestFirst().getFirst();
        assertThat(Files.readString(kept.path())).isEqualTo(text);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.path())))
                .isEqualTo("rw-------");
        assertThat(kept.path())
                .hasFileName("000001-20260102T030405.678Z-" + valid.config().version() + ".yaml");
        assertThat(kept).isEqualTo(new KeptVersion(1, NOW, valid.config().version(), kept.path()));
    }

    @Test
    void shouldDropTheOldestAndGoOnCounting() throws IOException {
        for (int i = 1; i <= ConfigHistory.MOST + 3; i++) {
            history.keep(file(TEXT.formatted("m" + i)));
        }

        assertThat(history.newestFirst()).hasSize(ConfigHistory.MOST);
        assertThat(history.newestFirst().getFirst().number()).isEqualTo(ConfigHistory.MOST + 3);
        assertThat(history.newestFirst().getLast().number()).isEqualTo(4);
    }

    @Test
    void shouldKeepTheSameVersionInARowOnceByItsNewestText() throws IOException {
        history.keep(file(TEXT.formatted("a")));
        assertThat(history.keep(file(TEXT.formatted("a")))).isEqualTo(Kept.KNOWN);
        assertThat(history.keep(file("# a comment\n" + TEXT.formatted("a")))).isEqualTo(Kept.KEPT);

        assertThat(history.newestFirst())
                .singleElement()
                .satisfies(kept -> assertThat(kept.path()).content().startsWith("# a comment"));

        history.keep(file(TEXT.formatted("b")));
        history.keep(file(TEXT.formatted("a")));
        assertThat(history.newestFirst()).hasSize(3);
    }

    @Test
    void shouldWriteNoSecret() throws IOException {
        ConfigResult.Valid literal =
                file("model_list: [{model_name: a, litellm_params: {model: openai/a, api_key: topsecret}}]\n");
        ConfigResult.Valid comment = file(TEXT.formatted("a") + "# api_key: topsecret\n");
        ConfigResult.Valid ownVariable =
                file("environment_variables: {OPENAI_API_KEY: topsecret}\n" + TEXT.formatted("a"));

        assertThat(history.keep(literal)).isEqualTo(Kept.SECRET);
        assertThat(history.keep(comment)).isEqualTo(Kept.SECRET);
        assertThat(history.keep(ownVariable)).isEqualTo(Kept.SECRET);
        assertThat(history.keepRefused("lanes: [\nmaster_key: topsecret")).isEqualTo(Kept.SECRET);

        assertThat(history.path()).doesNotExist();
        assertThat(literal.toString()).doesNotContain("topsecret");
    }

    @Test
    void shouldNotKeepWhatIsNoOperatorsText() throws IOException {
        LastGoodCopy copy = new LastGoodCopy(folder.resolve("state"));
        copy.save(file(TEXT.formatted("a")));
        ConfigResult.Valid ofTheCopy =
                copy.read(loader, Environment.of(Configs.KEYS)).orElseThrow();

        assertThat(history.keep(ofTheCopy)).isEqualTo(Kept.NO_TEXT);
        assertThat(history.keep(Configs.valid(TEXT.formatted("a")))).isEqualTo(Kept.NO_TEXT);
    }

    @Test
    void shouldTakeOnlyItsOwnFilesAndMakeOnlySafeNames() throws IOException {
        history.keep(file(TEXT.formatted("a")));
        Files.writeString(history.path().resolve("notes.yaml"), "mine");
        Files.writeString(history.path().resolve("000009-20261399T030405.678Z-abc.yaml"), "no such day");

        assertThat(history.newestFirst()).hasSize(1);
        assertThatThrownBy(() -> KeptVersion.in(folder, 1, NOW, "../../etc"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeBesideTheLastGoodCopyOfTheSameFile() {
        Path file = folder.resolve("config.yaml");

        assertThat(ConfigHistory.of(folder, file).path())
                .isEqualTo(LastGoodCopy.of(folder, file).path().resolveSibling("config.history"))
                .isNotEqualTo(
                        ConfigHistory.of(folder, folder.resolve("other.yaml")).path());
    }
}
