package dev.laneway.e2e;

import java.nio.file.Path;

/** The same over two processes of each role. */
class ContinuationRolesApartIT extends ContinuationContract {
    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder);
    }
}
