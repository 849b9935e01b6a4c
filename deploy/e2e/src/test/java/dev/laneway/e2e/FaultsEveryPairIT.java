package dev.laneway.e2e;

import dev.laneway.standalone.faults.FaultCase;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Every fault by every vendor before every client: too many to be tried each time, {@link FaultsIT} has a choice of them. */
@Tag("apart")
class FaultsEveryPairIT extends FaultsContract {
    @Override
    List<FaultCase> cases() {
        return everyPair(quickFaults());
    }
}
