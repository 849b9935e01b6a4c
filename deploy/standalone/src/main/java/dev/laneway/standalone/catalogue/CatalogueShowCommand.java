package dev.laneway.standalone.catalogue;

import dev.laneway.runtime.catalogue.Catalogue;
import dev.laneway.runtime.catalogue.CatalogueRow;
import dev.laneway.runtime.catalogue.CatalogueText;
import dev.laneway.standalone.cli.Exit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catalogue show MODEL}: what is known of it. */
@Command(
        name = "show",
        description = {
            "Shows what is known of a model: its price in dollars a million tokens, what it can do, since when, and from where.",
            "Exit code 0: known, 1: not known, 2: wrong usage."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CatalogueShowCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 40;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CatalogueOptions options;

    @Parameters(paramLabel = "MODEL", description = "As in litellm_params.model, or a part of that.")
    private String model;

    @Override
    public Integer call() {
        Catalogue catalogue = options.open().catalogue();
        String wanted = model.toLowerCase(Locale.ROOT);
        List<CatalogueRow> exact = rows(catalogue, wanted, true);
        List<CatalogueRow> found = exact.isEmpty() ? rows(catalogue, wanted, false) : exact;
        PrintWriter out = spec.commandLine().getOut();
        found.stream().limit(MOST_SHOWN).forEach(row -> show(out, catalogue, row));
        if (found.size() > MOST_SHOWN) {
            out.println("and " + (found.size() - MOST_SHOWN) + " more");
        }
        if (found.isEmpty()) {
            out.println("nobody knows " + model
                    + ": its calls are recorded without a cost, unless the config has input_cost_per_token and"
                    + " output_cost_per_token");
        }
        out.flush();
        return found.isEmpty() ? Exit.FAILED : 0;
    }

    private static List<CatalogueRow> rows(Catalogue catalogue, String wanted, boolean exact) {
        return catalogue.rows().stream()
                .filter(row -> {
                    String name = row.name().toLowerCase(Locale.ROOT);
                    return exact
                            ? name.equals(wanted)
                                    || row.model().toLowerCase(Locale.ROOT).equals(wanted)
                            : name.contains(wanted);
                })
                .toList();
    }

    private static void show(PrintWriter out, Catalogue catalogue, CatalogueRow row) {
        String source = catalogue.source(row);
        boolean inForce = row.equals(catalogue.find(row.vendor(), row.model(), CatalogueOptions.today()));
        out.println(row.vendor() + "/" + CatalogueText.line(row)
                + (row.source() != null || source.isEmpty() ? "" : " (" + source + ")")
                + (inForce ? "" : " (not in force today)"));
    }
}
