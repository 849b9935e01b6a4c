package dev.laneway.standalone.config;

import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.RouteReport;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.config.ValidateReport;
import dev.laneway.standalone.cli.Exit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code routes}: what each alias can reach, in order, and why. */
@Command(
        name = "routes",
        description = "Shows what each alias can reach, in order, and why.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RoutesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The config file. Without one, what the environment's provider keys allow.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Environment environment = Environment.system();
        PrintWriter out = spec.commandLine().getOut();
        int exitCode = switch (ReadConfig.load(config, environment)) {
            case ConfigResult.Valid valid -> {
                RouteReport report = RouteReport.of(valid.config(), new Secrets(environment, valid.literals()));
                out.println(json ? report.json() : report.text().stripTrailing());
                yield 0;
            }
            case ConfigResult.Invalid invalid -> {
                ValidateReport report = new ValidateReport(String.valueOf(config), invalid);
                out.println(json ? report.json() : report.text().stripTrailing());
                yield Exit.FAILED;
            }
        };
        out.flush();
        return exitCode;
    }
}
