package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueFileTest {
    private static final String MINE = "[openai]\nmy-model 2026-08-06 verified chat in=1 out=2\n";

    @TempDir
    private Path folder;

    @Test
    void shouldPutTheFileBeforeTheRelease() throws IOException {
        CatalogueFile file = file(MINE);

        assertThat(id(file, "my-model")).isEqualTo("openai/my-model@2026-08-06");
        assertThat(id(file, "gpt-4o")).isEqualTo("openai/gpt-4o@2026-08-06");
    }

    @Test
    void shouldKeepWhatIsInForceWhenALineIsWrong() throws IOException {
        CatalogueFile file = file(MINE);
        Files.writeString(folder.resolve("mine.txt"), MINE + "other 2026-08-06 verified chat in=x out=2\n");

        file.look();

        assertThat(id(file, "my-model")).isEqualTo("openai/my-model@2026-08-06");
        assertThat(id(file, "other")).isNull();
    }

    @Test
    void shouldFollowTheFile() throws IOException {
        CatalogueFile file = file(MINE);
        Files.writeString(folder.resolve("mine.txt"), MINE.replace("my-model", "other"));

        file.look();

        assertThat(id(file, "my-model")).isNull();
        assertThat(id(file, "other")).isEqualTo("openai/other@2026-08-06");
    }

    @Test
    void shouldGoBackToTheReleaseWhenTheFileIsGone() throws IOException {
        CatalogueFile file = file(MINE);
        Files.delete(folder.resolve("mine.txt"));

        file.look();

        assertThat(file.catalogue()).isSameAs(Catalogue.builtIn());
    }

    @Test
    void shouldBeInTheStateFolderUnlessTheEnvironmentSaysElsewhere() {
        assertThat(CatalogueFile.place(Environment.of(Map.of()), folder)).isEqualTo(folder.resolve("catalogue.txt"));
        assertThat(CatalogueFile.place(Environment.of(Map.of("LANEWAY_CATALOGUE", "/etc/prices.txt")), folder))
                .isEqualTo(Path.of("/etc/prices.txt"));
    }

    private CatalogueFile file(String text) throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.txt"), text);
        return CatalogueFile.once(Environment.of(Map.of("LANEWAY_CATALOGUE", mine.toString())));
    }

    private static @Nullable String id(CatalogueFile file, String model) {
        Price price = file.prices().of("openai", model, ModelInfo.NONE, Zone.CLOUD);
        return price == null ? null : price.id();
    }
}
