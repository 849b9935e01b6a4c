package dev.laneway.standalone.catalogue;

import dev.laneway.runtime.catalogue.CatalogueUpdate;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The catalogue that is to be taken in, or compared with what is in force. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CatalogueSource {
    @Parameters(paramLabel = "FILE", description = "A catalogue, or a price table of LiteLLM's.")
    private Path file;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "When the prices of a table of LiteLLM's held. Default: today.")
    private @Nullable LocalDate date;

    Path file() {
        return file;
    }

    CatalogueUpdate.Read read(CommandSpec spec) {
        return CatalogueOptions.read(spec, file, date);
    }
}
