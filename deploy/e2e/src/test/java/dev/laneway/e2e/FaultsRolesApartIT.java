package dev.laneway.e2e;

import dev.laneway.standalone.faults.FaultCase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Over two processes of each role: a fault for each way over the topics that a failure takes, by every vendor, before every client. */
@Tag("processes")
@Tag("apart")
class FaultsRolesApartIT extends FaultsContract {
    @Override
    List<FaultCase> cases() {
        return everyPair(List.of("503", "stall", "cut", "error-mid-stream"));
    }

    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder);
    }
}
