package dev.laneway.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The same over two processes of each role. */
@Tag("processes")
@Tag("apart")
class ContinuationRolesApartIT extends ContinuationContract {
    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder);
    }
}
