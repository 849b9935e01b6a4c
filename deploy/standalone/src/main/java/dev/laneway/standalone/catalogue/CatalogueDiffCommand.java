package dev.laneway.standalone.catalogue;

import dev.laneway.runtime.catalogue.Bounds;
import dev.laneway.runtime.catalogue.CatalogueUpdate;
import dev.laneway.standalone.cli.Exit;
import java.io.PrintWriter;
import java.util.List;
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
    public Integer call() {
        CatalogueUpdate.Read read = source.read(spec);
        PrintWriter out = spec.commandLine().getOut();
        if (!read.problems().isEmpty()) {
            CatalogueOptions.print(spec.commandLine().getErr(), source.file() + ": ", read.problems());
            spec.commandLine().getErr().flush();
            return Exit.WRONG_USAGE;
        }
        CatalogueUpdate update =
                CatalogueUpdate.of(options.open().catalogue(), read.catalogue(), CatalogueOptions.today());
        update.changes().forEach(change -> out.println(change.line()));
        read.refused().forEach(refused -> out.println("! " + refused));
        update.refused().forEach(refused -> out.println("! " + refused));
        notTaken(read).forEach(line -> out.println("! " + line));
        out.println(summary(update, read));
        out.flush();
        return update.changes().isEmpty() ? 0 : DIFFERENT;
    }

    static String summary(CatalogueUpdate update, CatalogueUpdate.Read read) {
        return update.changes().size() + " changes (+ new, ~ changed), "
                + (read.refused().size() + update.refused().size()) + " rows refused (!), " + update.older()
                + " models left as they are, of which something newer is in force"
                + (read.others() == 0 ? "" : ", " + read.others() + " of vendors or kinds that aren't called");
    }

    /** What a vendor's line says of all of its models is an operator's to write. */
    static List<String> notTaken(CatalogueUpdate.Read read) {
        return read.catalogue().vendors().entrySet().stream()
                .filter(vendor -> !vendor.getValue().fees().isEmpty()
                        || !vendor.getValue().bounds().equals(Bounds.UNKNOWN))
                .map(vendor -> "[" + vendor.getKey()
                        + "] its fees and bounds are not taken: write them into the file in force")
                .sorted()
                .toList();
    }
}
