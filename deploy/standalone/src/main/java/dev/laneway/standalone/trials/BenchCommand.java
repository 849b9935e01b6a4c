package dev.laneway.standalone.trials;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.bench.Bench;
import dev.laneway.bench.BenchReport;
import dev.laneway.bench.BenchSettings;
import dev.laneway.runtime.config.Environment;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.ServicesConfig;
import dev.laneway.standalone.cli.Exit;
import dev.laneway.standalone.ledger.LedgerBench;
import dev.laneway.standalone.servers.ServersFromEnvironment;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
public final class BenchCommand implements Callable<Integer> {
    private static final int FACTS = 400_000;
    private static final int PACE = 5_000;
    private static final int SECONDS = 60;
    private static final int QUICK_FACTS = 100_000;
    private static final int QUICK_PACE = 1_000;
    private static final int QUICK_SECONDS = 15;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Save the report there.")
    private @Nullable Path json;

    @Option(names = "--quick", description = "A minute and a half: shows what is broken, not how fast it is.")
    private boolean quick;

    @Option(
            names = "--ledger",
            description =
                    "Measure the ledger in place of the pipeline: from a usage fact to a committed row and its cost in an answer.")
    private boolean ledger;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (ledger) {
            return ledger(out);
        }
        try (Bench bench = new Bench(quick ? BenchSettings.quick() : BenchSettings.full(), out)) {
            BenchReport report = bench.run();
            out.println(report.text());
            out.flush();
            if (json != null) {
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report);
            }
            return report.allKept() ? 0 : Exit.FAILED;
        }
    }

    /** Over servers of its own on a real disk, whose data goes with them: with what {@code --ephemeral} leaves out, fsync. */
    private int ledger(PrintWriter out) throws Exception {
        Path folder = Files.createTempDirectory("laneway-bench");
        try (EmbeddedServices services = EmbeddedServices.start(ServicesConfig.in(folder));
                LedgerBench bench =
                        new LedgerBench(ServersFromEnvironment.of(Environment.of(Map.of()), services), out)) {
            LedgerBench.Result result =
                    quick ? bench.run(QUICK_FACTS, QUICK_PACE, QUICK_SECONDS) : bench.run(FACTS, PACE, SECONDS);
            out.println(result.text());
            out.flush();
            if (json != null) {
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
            }
            return result.kept() ? 0 : Exit.FAILED;
        } finally {
            Folders.delete(folder);
        }
    }
}
