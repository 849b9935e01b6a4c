package dev.laneway.standalone;

import dev.laneway.runtime.catalogue.CatalogueUpdate;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private CatalogueSource source;

    @Override
    public Integer call() throws IOException {
        CatalogueUpdate.Read read = source.read();
        PrintWriter out = spec.commandLine().getOut();
        if (!read.problems().isEmpty()) {
            read.problems().forEach(problem -> spec.commandLine().getErr().println(source.file() + ": " + problem));
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
