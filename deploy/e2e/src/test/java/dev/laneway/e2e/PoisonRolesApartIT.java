package dev.laneway.e2e;

import java.nio.file.Path;

/** The same over two processes of each role. */
class PoisonRolesApartIT extends PoisonIT {
    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder);
    }
}
