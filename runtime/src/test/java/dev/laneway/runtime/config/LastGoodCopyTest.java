package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodCopyTest {
    private static final String TEXT = """
            model_list: [{model_name: a, litellm_params: {model: openai/a, api_key: sk-literal}}]
            general_settings: {master_key: sk-master}
            """;

    @TempDir
    Path folder;

    private final ConfigLoader loader = new ConfigLoader(new TestProviders(), false);
    private final Environment environment = Environment.of(Configs.KEYS);

    @Test
    void shouldKeepTheConfigWithoutItsSecrets() throws IOException {
        LastGoodCopy copy = new LastGoodCopy(folder.resolve("data"));
        ConfigResult.Valid valid = Configs.valid(TEXT);

        copy.save(valid);

        assertThat(copy.read(loader, environment))
                .get()
                .extracting(ConfigResult.Valid::config)
                .isEqualTo(valid.config());
        assertThat(Files.readString(copy.path())).doesNotContain("sk-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.path())))
                .isEqualTo("rw-------");
        try (var left = Files.list(folder.resolve("data"))) {
            assertThat(left).containsExactly(copy.path());
        }
    }

    @Test
    void shouldStartFromTheCopyOnlyWhenTheFileIsAway() throws IOException {
        LastGoodCopy copy = new LastGoodCopy(folder);
        ConfigResult.Valid valid = Configs.valid(TEXT);
        copy.save(valid);
        Path file = folder.resolve("config.yaml");

        ConfigStart away = ConfigStart.of(file, copy, loader, environment);
        Files.writeString(file, "lanes: [");
        ConfigStart wrong = ConfigStart.of(file, copy, loader, environment);
        Files.writeString(file, TEXT);
        ConfigStart there = ConfigStart.of(file, copy, loader, environment);

        assertThat(away).isInstanceOfSatisfying(ConfigStart.FromLastGood.class, start -> {
            assertThat(start.valid().config()).isEqualTo(valid.config());
            assertThat(start.why().problem()).isEqualTo("there is no such file");
        });
        assertThat(wrong).isInstanceOf(ConfigStart.Refused.class);
        assertThat(there).isInstanceOf(ConfigStart.FromFile.class);
    }

    @Test
    void shouldRefuseAStartWithNeitherFileNorCopy() {
        ConfigStart start = ConfigStart.of(folder.resolve("none.yaml"), new LastGoodCopy(folder), loader, environment);

        assertThat(start).isInstanceOf(ConfigStart.Refused.class);
    }

    @Test
    void shouldNotStartFromTheCopyOfAnotherFile() throws IOException {
        Path file = folder.resolve("config.yaml");
        LastGoodCopy.of(folder, file).save(Configs.valid(TEXT));
        Path misspelt = folder.resolve("confgi.yaml");

        ConfigStart same = ConfigStart.of(file, LastGoodCopy.of(folder, file), loader, environment);
        ConfigStart other = ConfigStart.of(misspelt, LastGoodCopy.of(folder, misspelt), loader, environment);

        assertThat(same).isInstanceOf(ConfigStart.FromLastGood.class);
        assertThat(other).isInstanceOf(ConfigStart.Refused.class);
    }

    @Test
    void shouldIgnoreADamagedCopy() throws IOException {
        LastGoodCopy copy = new LastGoodCopy(folder);
        Files.writeString(copy.path(), "{\"model_list\": [");

        assertThat(copy.read(loader, environment)).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithAFileOnTheDisk() throws IOException {
        Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(1024 * 1024 + 1));
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 0x28});
        Path marked = Files.writeString(folder.resolve("bom.yaml"), "\uFEFFmodel_list: []\n");

        assertThat(loader.load(large, environment).problems())
                .singleElement()
                .asString()
                .contains("is larger than 1 MB");
        assertThat(loader.load(binary, environment).problems())
                .singleElement()
                .asString()
                .contains("is not UTF-8 text");
        assertThat(loader.load(folder, environment).problems())
                .singleElement()
                .asString()
                .contains("is a directory");
        assertThat(loader.load(marked, environment)).isInstanceOf(ConfigResult.Valid.class);
    }
}
