package dev.laneway.e2e;

import java.nio.file.Path;

class InOneJvmIT extends GatewayContract {
    @Override
    Gateway start(SharedServers servers, String config, Path folder) throws Exception {
        return InOneJvm.start(servers.fresh(), config, folder);
    }
}
