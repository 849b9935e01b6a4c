package dev.laneway.standalone.trials;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.chaos.Chaos;
import dev.laneway.chaos.ChaosReport;
import dev.laneway.chaos.ChaosSettings;
import dev.laneway.standalone.cli.Exit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chaos}: attacks, and exits with 1 where a promise was broken. */
@Command(
        name = "chaos",
        description =
                "Attacks the pipeline while it works, as processes of its own, and compares what every part says after it.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ChaosCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "Of attacks, in all; starting and comparing come on top. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, in this order: ${COMPLETION-CANDIDATES}. Default: every attack.",
            completionCandidates = ChaosScenarios.class)
    private List<String> scenarios = List.of();

    @Option(names = "--seed", defaultValue = "1", description = "What is drawn from. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--longest",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "Of a vendor's call, 2 to 120. Default: what fits the time.")
    private int longest;

    @Option(names = "--rate", defaultValue = "6", description = "Requests a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--json", paramLabel = "FILE", description = "Save the report there.")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        ChaosReport report = new Chaos(new ChaosSettings(scenarios, minutes, seed, longest, rate), out).run();
        out.println(report.text());
        out.flush();
        if (json != null) {
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report);
        }
        return report.allKept() ? 0 : Exit.FAILED;
    }
}
