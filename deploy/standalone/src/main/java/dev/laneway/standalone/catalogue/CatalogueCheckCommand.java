package dev.laneway.standalone.catalogue;

import dev.laneway.runtime.catalogue.Catalogue;
import dev.laneway.runtime.catalogue.CatalogueCheck;
import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.catalogue.CatalogueRow;
import dev.laneway.runtime.catalogue.CatalogueUpdate;
import dev.laneway.standalone.cli.Exit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catalogue check}: what is wrong with a catalogue. */
@Command(
        name = "check",
        description = {
            "Looks for prices that can't be meant, rows without a source, and rows that nobody has looked at for long.",
            "Exit code 0: good (warnings allowed), 1: errors, 2: wrong usage, or there is no such file."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CatalogueCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CatalogueOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A catalogue, or a price table of LiteLLM's. Default: what is in force.")
    private @Nullable Path file;

    @Option(
            names = "--months",
            defaultValue = "6",
            description = "How old the price of a model may be before that is said. Default: ${DEFAULT-VALUE}.")
    private int months;

    @Override
    public Integer call() {
        if (months < 1) {
            throw new ParameterException(spec.commandLine(), "--months must be 1 or more");
        }
        List<String> errors = new ArrayList<>();
        Catalogue catalogue = file == null ? inForce(errors) : read(file, errors);
        CatalogueCheck.Found found = CatalogueCheck.of(catalogue, CatalogueOptions.today(), months);
        errors.addAll(found.errors());
        PrintWriter out = spec.commandLine().getOut();
        CatalogueOptions.print(out, "error: ", errors);
        found.warnings().forEach(warning -> out.println("warning: " + warning));
        long verified = catalogue.rows().stream()
                .filter(row -> row.standing() == CatalogueRow.Standing.VERIFIED)
                .count();
        long priced =
                catalogue.rows().stream().filter(row -> !row.price().isEmpty()).count();
        out.println(catalogue.rows().size() + " rows, " + priced + " with a price, " + verified
                + " compared with their vendor's: " + errors.size() + " errors, "
                + found.warnings().size() + " warnings");
        out.flush();
        return errors.isEmpty() ? 0 : Exit.FAILED;
    }

    private Catalogue inForce(List<String> errors) {
        CatalogueFile opened = options.open();
        if (opened.trouble() != null) {
            errors.add(options.place() + " " + opened.trouble() + ": it is not in force");
        }
        return opened.catalogue();
    }

    private Catalogue read(Path file, List<String> errors) {
        CatalogueUpdate.Read read = CatalogueOptions.read(spec, file, null);
        errors.addAll(read.problems());
        errors.addAll(read.refused());
        return read.catalogue();
    }
}
