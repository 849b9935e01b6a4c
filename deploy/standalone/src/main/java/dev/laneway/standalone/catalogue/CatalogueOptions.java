package dev.laneway.standalone.catalogue;

import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.catalogue.CatalogueUpdate;
import dev.laneway.runtime.config.Environment;
import dev.laneway.standalone.cli.Sentence;
import dev.laneway.standalone.servers.DataOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which catalogue is in force. */
final class CatalogueOptions {
    /** Many times as much as there is to say of all models. */
    private static final long MOST_BYTES = 16 << 20;

    private static final int MOST_LINES = 50;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "As it was given to up. Default: .laneway beside the launcher, also for run.")
    @Nullable
    Path dataDir;

    /** The file with rows beside this release's, whether or not it is there. */
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

    /**
     * Reads what was named on the command line.
     *
     * @param date of a table that has none; null for today
     * @throws ParameterException where there is nothing to read
     */
    static CatalogueUpdate.Read read(CommandSpec spec, Path file, @Nullable LocalDate date) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new ParameterException(
                        spec.commandLine(), file + (Files.exists(file) ? " is no file" : " is not there"));
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new ParameterException(
                        spec.commandLine(), file + " is larger than " + MOST_BYTES + " bytes: it is no catalogue");
            }
            return CatalogueUpdate.read(
                    Files.readAllBytes(file), Objects.requireNonNullElseGet(date, CatalogueOptions::today));
        } catch (IOException unreadable) {
            throw new ParameterException(
                    spec.commandLine(), file + " can't be read: " + Sentence.of(unreadable), unreadable);
        }
    }

    /** Of many lines the first ones: a file of another kind is wrong everywhere. */
    static void print(PrintWriter to, String before, List<String> lines) {
        lines.stream().limit(MOST_LINES).forEach(line -> to.println(before + line));
        if (lines.size() > MOST_LINES) {
            to.println(before + "and " + (lines.size() - MOST_LINES) + " more");
        }
    }
}
