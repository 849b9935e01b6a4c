package dev.laneway.e2e;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.services.ServicesConfig;
import dev.laneway.standalone.serve.Standalone;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** All roles in the test's own JVM: what {@code up} runs, against the tests' servers. */
record InOneJvm(Standalone laneway, RoleContext.Servers servers, Path configFile) implements Gateway {
    static InOneJvm start(RoleContext.Servers servers, String config, Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("laneway.yaml"), config);
        Map<String, String> environment = Brokers.environment(servers.kafka());
        environment.put("LANEWAY_MASTER_KEY", KEY);
        environment.put("SIM_KEY", VENDOR_KEY);
        Standalone laneway = Standalone.start(new Standalone.Settings(
                file,
                "127.0.0.1",
                0,
                0,
                1,
                false,
                new ServicesConfig(
                        folder.resolve("data"),
                        false,
                        servers.kafka().servers(),
                        servers.databaseUrl(),
                        servers.redisUrl()),
                folder.resolve("state"),
                Environment.of(environment),
                Duration.ofSeconds(10),
                generated -> {}));
        return new InOneJvm(laneway, servers, file);
    }

    @Override
    public URI api() {
        return URI.create("http://127.0.0.1:" + laneway.port());
    }

    @Override
    public URI management() {
        return URI.create("http://127.0.0.1:" + laneway.managementPort());
    }

    @Override
    public Map<String, Object> kafka() {
        return Brokers.client(servers.kafka());
    }

    @Override
    public String database() {
        return String.valueOf(servers.databaseUrl());
    }

    @Override
    public void close() {
        laneway.close();
    }
}
