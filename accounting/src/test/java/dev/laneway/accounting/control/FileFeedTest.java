package dev.laneway.accounting.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.LastGoodCopy;
import dev.laneway.runtime.config.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFeedTest {
    private static final String TEXT = """
            # written by hand
            model_list: [{model_name: %s, litellm_params: {model: openai/gpt-4o, api_key: %s}}]
            """;

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();
    private Path file;
    private LastGoodCopy copy;
    private ConfigFeed feed;

    @BeforeEach
    void makeFeed() {
        file = folder.resolve("config.yaml");
        copy = new LastGoodCopy(folder.resolve("state"));
        feed = new FileFeed(
                file,
                copy,
                new ConfigLoader(Providers.catalogue(), false),
                Environment.of(Map.of("A_KEY", "topsecret")),
                log::add);
    }

    private ConfigResult.Valid written(String text) throws IOException {
        Files.writeString(file, text);
        return ((ConfigStart.FromFile) feed.start()).valid();
    }

    @Test
    void shouldKeepTheOperatorsTextAndNotThatOfTheCopy() throws IOException {
        String text = TEXT.formatted("a", "os.environ/A_KEY");
        feed.keep(written(text));
        Files.delete(file);
        feed.keep(((ConfigStart.FromLastGood) feed.start()).valid());

        assertThat(copy.history().newestFirst())
                .singleElement()
                .satisfies(kept -> assertThat(kept.path()).content().isEqualTo(text));
    }

    @Test
    void shouldSayOnceThatAFileWithASecretIsNotKept() throws IOException {
        feed.keep(written(TEXT.formatted("a", "topsecret")));
        feed.keep(written(TEXT.formatted("b", "topsecret")));

        assertThat(log)
                .singleElement()
                .asString()
                .contains("config.yaml is not kept", "holds a secret in line 2, ", "os.environ/NAME")
                .doesNotContain("topsecret");
        assertThat(copy.path()).exists();
        assertThat(copy.history().path()).doesNotExist();
    }
}
