package dev.laneway.e2e;

import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.faults.CallMatch;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A gateway for clients that aren't Java, each a process with a home of its own. Its routes are those of {@link ClientConfig}. */
abstract class RealClients extends OneGateway {
    @TempDir
    Path homes;

    private boolean asked;
    private int callsBefore;

    /** The names of the clients. */
    abstract Collection<String> names();

    @Override
    String config() {
        return ClientConfig.of(simulator.baseUrl(), names());
    }

    @Override
    void holdTheLogsAgainstEachOther() throws Exception {
        if (asked) { // else all were skipped, and there is nothing to compare
            super.holdTheLogsAgainstEachOther();
        }
    }

    /** The client's home, which is also the folder that it works in. */
    Path home(String name) throws IOException {
        return Files.createDirectories(homes.resolve(name));
    }

    /** Runs a client to its end. */
    ClientRun run(String name, List<String> command, Map<String, String> environment, Duration patience)
            throws Exception {
        asked = true;
        callsBefore = simulator.calls().size();
        return ClientRun.alone(command, environment, home(name), patience);
    }

    /** What the vendor saw of a client's route in the last run. */
    List<Call> calls(String route) {
        return simulator.calls().stream()
                .skip(callsBefore)
                .filter(call -> call.model().endsWith("sim-" + route))
                .toList();
    }

    /** What the vendor does to the next call of a client's route. */
    void fail(String route, Fault fault) {
        simulator.faults(List.of(FaultRule.first(1, CallMatch.model("sim-" + route), fault)));
    }
}
