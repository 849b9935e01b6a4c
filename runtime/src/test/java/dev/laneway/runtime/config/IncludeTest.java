package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeTest {
    private static final String MAIN = """
            include:
              - models.yaml
              - more/last.yaml
            model_list:
              - {model_name: first, litellm_params: {model: openai/gpt-4o}}
            router_settings: {num_retries: 1}
            """;
    private static final String MODELS = """
            # the models of the second team
            model_list:
              - model_name: second
                litellm_params: {model: openai/gpt-4o-mini}
            """;
    private static final String LAST = """
            model_list: [{model_name: third, litellm_params: {model: openai/gpt-4.1}}]
            """;

    @TempDir
    Path folder;

    private final ConfigLoader loader = new ConfigLoader(new TestProviders(), false);
    private final Environment environment = Environment.of(Configs.KEYS);
    private Path file;

    @BeforeEach
    void writeFiles() throws IOException {
        file = write("config.yaml", MAIN);
        write("models.yaml", MODELS);
        write("more/last.yaml", LAST);
    }

    private Path write(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private ConfigResult.Valid valid() {
        ConfigResult result = loader.load(file, environment);
        assertThat(result).as(() -> Configs.lines(result.problems())).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    private List<String> problems() {
        return loader.load(file, environment).problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void shouldAddTheListsOfIncludedFiles() {
        ConfigResult.Valid valid = valid();

        assertThat(valid.config().groups()).containsOnlyKeys("first", "second", "third");
        assertThat(valid.problems()).isEmpty();
    }

    @Test
    void shouldTakeOtherKeysOfAnIncludedFileAndWarnWhereOneIsReplaced() throws IOException {
        write("models.yaml", MODELS + "router_settings: {num_retries: 7}\n");

        ConfigResult.Valid valid = valid();

        assertThat(valid.config().router().numRetries()).isEqualTo(7);
        assertThat(problems())
                .containsExactly(
                        "models.yaml:5: router_settings: takes the place of the one in line 6: keep one of the two");
    }

    @Test
    void shouldReadWhatAnIncludedFileIncludes() throws IOException {
        write("config.yaml", "include: models.yaml\n");
        write("models.yaml", MODELS + "include: [more/last.yaml]\n");

        assertThat(valid().config().groups()).containsOnlyKeys("second", "third");
    }

    @Test
    void shouldNameTheIncludedFileAndItsLineInAProblem() throws IOException {
        write("more/last.yaml", "\n\nmodel_list:\n  - {model_name: third, litellm_params: {model: nobody/c}}\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("more/last.yaml:4: model_list[2].litellm_params.model: ");
    }

    @Test
    void shouldNameTheIncludedFileWhereAWayLeavesTheNetwork() throws IOException {
        write(
                "models.yaml",
                "lanes:\n  private: {privacy: local_only}\nroutes:\n  home: {lane: private, chain: [first]}\n");

        assertThat(problems())
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("models.yaml:4: routes.home")
                        .contains("line 4 of")
                        .contains("line 5)"));
    }

    @Test
    void shouldSayEachFileThatIsNotThereWhereItIsNamed() throws IOException {
        Files.delete(folder.resolve("models.yaml"));
        Files.delete(folder.resolve("more/last.yaml"));

        assertThat(problems())
                .containsExactly(
                        "config.yaml:2: include[0]: models.yaml: there is no such file: check the path",
                        "config.yaml:3: include[1]: more/last.yaml: there is no such file: check the path");
    }

    @Test
    void shouldRefuseAFileThatIsIncludedTwice() throws IOException {
        write("models.yaml", MODELS + "include: [models.yaml]\n");

        assertThat(problems())
                .containsExactly("models.yaml:5: include[2]: models.yaml is included already: name each file once");
    }

    @Test
    void shouldRefuseSyntaxOfAnIncludedFileAtItsLine() throws IOException {
        write("models.yaml", "model_list:\n  - [\n");

        assertThat(problems()).singleElement().asString().startsWith("models.yaml:3: file: is no valid YAML");
    }

    @Test
    void shouldReadNoFileBecauseOfATextThatIsNone() {
        ConfigResult result = loader.parse(MAIN, file.toString(), environment);

        assertThat(Configs.of(result, Severity.ERROR))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("nothing can be included here"));
    }

    @Test
    void shouldTellTheFileOfEachKey() {
        List<KeyUse> keys = loader.explain(file, environment).keys();

        assertThat(keys)
                .extracting(use -> use.key() + " " + use.place().replace(folder + "/", ""))
                .contains("model_list[0].model_name 5", "model_list[1].model_name models.yaml:3", "include 1");
    }

    @Test
    void shouldPublishNoSecretOfAnIncludedFile() throws IOException {
        write("models.yaml", MODELS.replace("openai/gpt-4o-mini", "openai/b, api_key: sk-written-out"));

        ConfigResult.Valid valid = valid();

        assertThat(valid.publishableText()).doesNotContain("sk-written-out").doesNotContain("include");
        assertThat(valid.literals().isEmpty()).isFalse();
        assertThat(Configs.valid(valid.publishableText()).config()).isEqualTo(valid.config());
    }

    @Test
    void shouldStartFromTheCopyWhereAnIncludedFileIsAwayAndTheFileIsAsItWas() throws IOException {
        LastGoodCopy copy = new LastGoodCopy(folder.resolve("state"));
        ConfigResult.Valid valid = valid();
        copy.save(valid);
        Files.delete(folder.resolve("models.yaml"));

        ConfigStart away = ConfigStart.of(file, copy, loader, environment);
        write("config.yaml", MAIN + "# changed\n");
        ConfigStart changed = ConfigStart.of(file, copy, loader, environment);

        assertThat(away).isInstanceOfSatisfying(ConfigStart.FromLastGood.class, start -> {
            assertThat(start.valid().config()).isEqualTo(valid.config());
            assertThat(start.why().problem()).contains("models.yaml");
        });
        assertThat(changed).isInstanceOf(ConfigStart.Refused.class);
    }

    @Test
    void shouldSeeAnIncludedFileChange() throws IOException {
        List<ConfigResult.Valid> changes = new ArrayList<>();
        try (ConfigWatcher watcher = new ConfigWatcher(
                file, loader, environment, valid().config().version(), listener(changes, new ArrayList<>()))) {
            looks(watcher);
            write("models.yaml", MODELS.replace("second", "another"));

            looks(watcher);

            assertThat(changes)
                    .singleElement()
                    .satisfies(valid -> assertThat(valid.config().groups()).containsKey("another"));
        }
    }

    @Test
    void shouldSayOnceThatAnIncludedFileIsAwayAndTakeItAgain() throws IOException {
        List<ConfigResult.Valid> changes = new ArrayList<>();
        List<List<Problem>> refusals = new ArrayList<>();
        try (ConfigWatcher watcher =
                new ConfigWatcher(file, loader, environment, valid().config().version(), listener(changes, refusals))) {
            Files.delete(folder.resolve("models.yaml"));
            looks(watcher);
            write("models.yaml", MODELS.replace("second", "another"));

            looks(watcher);

            assertThat(refusals).hasSize(1);
            assertThat(changes).hasSize(1);
        }
    }

    @Test
    void shouldRollBackAllFilesTogether() throws IOException {
        ConfigHistory history = new ConfigHistory(folder.resolve("config.history"), () -> Instant.EPOCH);
        history.keep(valid());
        write("config.yaml", MAIN.replace("num_retries: 1", "num_retries: 2"));
        write("models.yaml", MODELS.replace("second", "another"));
        Files.delete(folder.resolve("more/last.yaml"));
        write("more/last.yaml", LAST);
        FileHistory files = new FileHistory(file, history, loader, environment);

        ConfigRollback.Outcome outcome = ConfigRollback.to(files.numbered(1).orElseThrow(), files);

        assertThat(outcome).isInstanceOf(ConfigRollback.Outcome.Done.class);
        assertThat(file).hasContent(MAIN);
        assertThat(folder.resolve("models.yaml")).hasContent(MODELS);
        assertThat(files.read(files.numbered(2).orElseThrow()))
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        before -> assertThat(before.config().groups()).containsOnlyKeys("first", "another", "third"));
    }

    @Test
    void shouldRollBackNoFileWhereOneCannotBeReplaced() throws IOException {
        ConfigHistory history = new ConfigHistory(folder.resolve("config.history"), () -> Instant.EPOCH);
        history.keep(valid());
        write("models.yaml", MODELS.replace("second", "another"));
        Files.delete(folder.resolve("more/last.yaml"));
        Files.delete(folder.resolve("more"));
        write("config.yaml", "include: models.yaml\n");
        FileHistory files = new FileHistory(file, history, loader, environment);

        ConfigRollback.Outcome outcome = ConfigRollback.to(files.numbered(1).orElseThrow(), files);

        assertThat(outcome).isInstanceOf(ConfigRollback.Outcome.Impossible.class);
        assertThat(file).hasContent("include: models.yaml\n");
        assertThat(folder.resolve("models.yaml")).hasContent(MODELS.replace("second", "another"));
    }

    @Test
    void shouldKeepNoTextsOfWhichOneHoldsASecret() throws IOException {
        ConfigHistory history = new ConfigHistory(folder.resolve("config.history"), () -> Instant.EPOCH);
        write("more/last.yaml", LAST + "# api_key: sk-forgotten-here\n");
        ConfigResult.Valid valid = valid();

        ConfigHistory.Kept kept = history.keep(valid);

        assertThat(kept).isEqualTo(ConfigHistory.Kept.SECRET);
        assertThat(ConfigHistory.secretPlace(valid.source().reveal())).isEqualTo(" in line 2 of more/last.yaml");
    }

    @Test
    void shouldWriteAndReadTextsTogether() {
        ConfigText text = new ConfigText(
                "a: ü\n",
                List.of(new dev.laneway.runtime.config.file.Including.Included("b c.yaml", "\n# ---- included: x\n")));

        assertThat(ConfigText.of(text.written())).isEqualTo(text);
        assertThat(ConfigText.of("a: b\n")).isEqualTo(new ConfigText("a: b\n", List.of()));
    }

    private static void looks(ConfigWatcher watcher) {
        for (int i = 0; i < 4; i++) {
            watcher.look();
        }
    }

    private static ConfigWatcher.Listener listener(List<ConfigResult.Valid> changes, List<List<Problem>> refusals) {
        return new ConfigWatcher.Listener() {
            @Override
            public void changed(ConfigResult.Valid valid) {
                changes.add(valid);
            }

            @Override
            public void refused(List<Problem> problems) {
                refusals.add(problems);
            }
        };
    }
}
