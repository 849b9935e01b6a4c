package dev.laneway.standalone.trials;

import dev.laneway.testkit.SimulatorMain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code simulate}: the vendor simulator, which reads its own options. */
@Command(
        name = "simulate",
        description = {
            "Starts the vendor simulator: real HTTP, real wire formats, faults on demand.",
            "Options: --port N (9090), --host ADDRESS, --seed N, --log FILE.jsonl, --keep-bodies, --instances N,",
            "--defaults '~ttft=200~gap=20~chunks=64', --rpm N, --tpm N, --parallel N. See deploy/testkit/README.md."
        })
public final class SimulateCommand implements Callable<Integer> {
    @Unmatched
    private final List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        if (options.contains("--help") || options.contains("-h")) {
            CommandLine.usage(this, System.out);
            return 0;
        }
        return SimulatorMain.run(options, System.out, System.err);
    }
}
