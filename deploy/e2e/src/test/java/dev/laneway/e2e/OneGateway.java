package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.role.RoleContext;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import dev.laneway.testkit.calls.Call;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One gateway, in this JVM unless said otherwise, between one simulator and the tests of a class. {@link Oracle} compares the whole logs, so what it would
 * find after each test it also finds after the last, and a failure names the request.
 */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneGateway {
    Vertx vertx;
    VendorSimulator simulator;
    RoleContext.Servers servers;
    Gateway gateway;
    Oracle oracle;

    /** What the gateway is started with. */
    abstract String config();

    /** Starts it; a subclass may do so another way. */
    Gateway start(Path folder) throws Exception {
        return InOneJvm.start(servers, config(), folder);
    }

    @BeforeAll
    void startAll(SharedServers shared, @TempDir Path folder) throws Exception {
        vertx = Vertx.vertx();
        simulator = VendorSimulator.start(vertx, SimulatorConfig.defaults().withKeepBodies(true))
                .await(20, TimeUnit.SECONDS);
        servers = shared.fresh();
        gateway = start(folder);
        oracle = new Oracle(gateway, simulator);
    }

    @AfterAll
    void stopAll() throws Exception {
        try {
            if (gateway != null) {
                holdTheLogsAgainstEachOther();
            }
        } finally {
            if (gateway != null) {
                gateway.close();
            }
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    /** After the last test. */
    void holdTheLogsAgainstEachOther() throws Exception {
        oracle.checkAll();
    }

    /** What the vendor saw last. */
    Call lastCall() {
        assertThat(simulator.calls()).isNotEmpty();
        return simulator.calls().getLast();
    }
}
