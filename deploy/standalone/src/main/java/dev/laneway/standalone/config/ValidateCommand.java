package dev.laneway.standalone.config;

import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.ValidateReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate FILE}: every problem of a config file, each with its line and its fix, and what becomes of each key. */
@Command(
        name = "validate",
        description =
                "Lists all problems of a config file, and what becomes of each of its keys. Exit code 0: valid (warnings allowed), 1: refused, 2: wrong usage.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The config file.")
    private Path file;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--accept-unenforced", description = "As for up: what can't be enforced is a warning.")
    private boolean acceptUnenforced;

    @Override
    public Integer call() {
        Environment environment = Environment.system();
        ConfigLoader loader = new ConfigLoader(
                new CatalogueProviders(), CatalogueFile.once(environment).prices(), acceptUnenforced);
        ConfigLoader.Explained explained = loader.explain(file, environment);
        ValidateReport report = new ValidateReport(file.toString(), explained.result(), explained.keys());
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.json() + "\n" : report.text());
        out.flush();
        return report.exitCode();
    }
}
