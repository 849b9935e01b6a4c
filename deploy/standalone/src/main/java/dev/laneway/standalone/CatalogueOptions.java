package dev.laneway.standalone;

import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.catalogue.CatalogueUpdate;
import dev.laneway.runtime.config.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which catalogue is in force. */
final class CatalogueOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "As it was given to up. Default: .laneway beside the launcher, also for run.")
    @Nullable
    Path dataDir;

    /** The file that goes before this release's rows, whether or not it is there. */
    Path place() {
        Environment environment = Environment.system();
        return CatalogueFile.place(
                environment, DataOptions.folder(dataDir, environment).resolveSibling("state"));
    }

    CatalogueFile open() {
        return CatalogueFile.once(place());
    }

    static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /** @param date of a table that has none; null for today */
    static CatalogueUpdate.Read read(Path file, @Nullable LocalDate date) throws IOException {
        return CatalogueUpdate.read(
                Files.readAllBytes(file), Objects.requireNonNullElseGet(date, CatalogueOptions::today));
    }
}
