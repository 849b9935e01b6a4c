package dev.laneway.dialects.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProviderPageTest {
    private static final Path PAGE = Path.of("..", "deploy", "docs", "providers.md");

    @Test
    void shouldBeAsTheRowsAre() throws IOException {
        var found = ProviderPage.text();

        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "providers.md"), found);
        assertThat(found)
                .as("deploy/docs/providers.md; this test has written what it should be to dialects/target/providers.md")
                .isEqualTo(Files.exists(PAGE) ? Files.readString(PAGE) : "no page");
    }
}
