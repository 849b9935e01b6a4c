package dev.laneway.standalone;

import dev.laneway.runtime.catalogue.CatalogueUpdate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catalogue diff FILE}: what an update would change. */
@Command(
        name = "diff",
        description = {
            "Shows what catalogue update FILE would change.",
            "Exit code 0: nothing, 1: something, 2: wrong usage, or the file can't be read."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CatalogueDiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CatalogueOptions options;

    @Parameters(paramLabel = "FILE", description = "A catalogue, or a price table of LiteLLM's.")
    private Path file;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "When the prices of a table of LiteLLM's held. Default: today.")
    private @Nullable LocalDate date;

    @Override
    public Integer call() throws IOException {
        CatalogueUpdate.Read read = CatalogueOptions.read(file, date);
        PrintWriter out = spec.commandLine().getOut();
        if (!read.problems().isEmpty()) {
            read.problems().forEach(problem -> spec.commandLine().getErr().println(file + ": " + problem));
            spec.commandLine().getErr().flush();
            return Main.WRONG_USAGE;
        }
        CatalogueUpdate update =
                CatalogueUpdate.of(options.open().catalogue(), read.catalogue(), CatalogueOptions.today());
        update.changes().forEach(change -> out.println(change.line()));
        read.refused().forEach(refused -> out.println("! " + refused));
        out.println(summary(update, read));
        out.flush();
        return update.changes().isEmpty() ? 0 : DIFFERENT;
    }

    static String summary(CatalogueUpdate update, CatalogueUpdate.Read read) {
        return update.changes().size() + " changes (+ new, ~ changed), "
                + read.refused().size() + " rows refused (!), " + update.older()
                + " models left as they are, of which something newer is in force";
    }
}
