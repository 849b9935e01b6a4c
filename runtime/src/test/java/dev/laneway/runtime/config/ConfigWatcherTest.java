package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {
    private static final String ONE = "model_list: [{model_name: one, litellm_params: {model: ollama/x}}]\n";
    private static final String TWO = "model_list: [{model_name: two, litellm_params: {model: ollama/x}}]\n";
    private static final String BAD = "model_list: [{model_name: two, litellm_params: {model: nobody/x}}]\n";

    @TempDir
    Path folder;

    private final ConfigLoader loader = new ConfigLoader(new TestProviders(), false);
    private final Told told = new Told();
    private Path file;
    private ConfigWatcher watcher;
    private int clock;

    @BeforeEach
    void watch() throws IOException {
        file = folder.resolve("config.yaml");
        write(ONE);
        watcher = new ConfigWatcher(
                file,
                loader,
                Environment.of(Configs.KEYS),
                Configs.valid(ONE).config().version(),
                told);
        looks(2);
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void shouldTakeAChangeOnceItHasSettled() throws IOException {
        write(TWO);
        looks(1);
        assertThat(told.changed).as("after one look").isEmpty();

        looks(1);

        assertThat(told.changed)
                .singleElement()
                .satisfies(valid -> assertThat(valid.config().groups()).containsKey("two"));
    }

    @Test
    void shouldNotTakeAFileThatIsStillBeingWritten() throws IOException {
        for (int i = 0; i < 5; i++) {
            write(TWO + "#".repeat(i));
            looks(1);
        }

        assertThat(told.changed).isEmpty();
    }

    @Test
    void shouldSeeAChangeThatKeepsSizeAndTime() throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, TWO);
        Files.setLastModifiedTime(file, before);
        assertThat(Files.size(file)).isEqualTo(ONE.length());

        looks(2);

        assertThat(told.changed).hasSize(1);
    }

    @Test
    void shouldTellARefusalOnceAndTakeTheRepair() throws IOException {
        write(BAD);
        looks(5);
        assertThat(told.refused).singleElement().asString().contains("unknown provider nobody");
        write(TWO);

        looks(2);

        assertThat(told.changed).hasSize(1);
        assertThat(told.refused).hasSize(1);
    }

    @Test
    void shouldNotTellWhatMeansTheSame() throws IOException {
        write(ONE + "# a comment\n");

        looks(3);

        assertThat(told.changed).isEmpty();
        assertThat(told.refused).isEmpty();
    }

    @Test
    void shouldKeepTheConfigWhileTheFileIsAwayAndSaySoOnce() throws IOException {
        Files.delete(file);
        looks(4);
        assertThat(told.refused).singleElement().asString().contains("there is no such file");
        write(TWO);

        looks(2);

        assertThat(told.changed).hasSize(1);
    }

    @Test
    void shouldSeeTheSwapOfASymbolicLinkedFolder() throws IOException {
        Path data = folder.resolve("..data");
        Path mounted = folder.resolve("mounted.yaml");
        version("v1", ONE);
        version("v2", TWO);
        Files.createSymbolicLink(data, Path.of("v1"));
        Files.createSymbolicLink(mounted, Path.of("..data", "config.yaml"));
        try (ConfigWatcher mount = new ConfigWatcher(
                mounted,
                loader,
                Environment.of(Configs.KEYS),
                Configs.valid(ONE).config().version(),
                told)) {
            mount.look();
            mount.look();
            Files.createSymbolicLink(folder.resolve("next"), Path.of("v2"));
            Files.move(
                    folder.resolve("next"), data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

            mount.look();
            mount.look();
        }

        assertThat(told.changed)
                .singleElement()
                .satisfies(valid -> assertThat(valid.config().groups()).containsKey("two"));
    }

    @Test
    void shouldHaveAChangeInForceWithinFiveSeconds() throws IOException {
        watcher.start();

        write(TWO);

        await().atMost(Duration.ofSeconds(5)).until(() -> told.changed.size() == 1);
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            watcher.look();
        }
    }

    /** Each write has a time of its own, however fast the test is. */
    private void write(String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1000L * clock++));
    }

    private void version(String name, String text) throws IOException {
        Files.createDirectory(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve("config.yaml"), text);
    }

    private static final class Told implements ConfigWatcher.Listener {
        private final List<ConfigResult.Valid> changed = new CopyOnWriteArrayList<>();
        private final List<List<Problem>> refused = new CopyOnWriteArrayList<>();

        @Override
        public void changed(ConfigResult.Valid valid) {
            changed.add(valid);
        }

        @Override
        public void refused(List<Problem> problems) {
            refused.add(problems);
        }
    }
}
