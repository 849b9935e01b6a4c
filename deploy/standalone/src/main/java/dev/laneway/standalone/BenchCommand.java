package dev.laneway.standalone;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.bench.Bench;
import dev.laneway.bench.BenchReport;
import dev.laneway.bench.BenchSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench}: measures, and exits with 1 where a figure was not reached. */
@Command(
        name = "bench",
        description = "Measures the pipeline beside bare Kafka hops and direct calls, in one run on this machine.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Save the report there.")
    private @Nullable Path json;

    @Option(names = "--quick", description = "A minute and a half: shows what is broken, not how fast it is.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Bench bench = new Bench(quick ? BenchSettings.quick() : BenchSettings.full(), out)) {
            BenchReport report = bench.run();
            out.println(report.text());
            out.flush();
            if (json != null) {
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report);
            }
            return report.allKept() ? 0 : Main.FAILED;
        }
    }
}
