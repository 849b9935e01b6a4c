package dev.laneway.e2e;

import java.nio.file.Path;

/** The same contract over two processes of each role. */
class SeparateProcessesIT extends GatewayContract {
    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder);
    }
}
