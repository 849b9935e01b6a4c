package dev.laneway.standalone.prove;

import dev.laneway.contracts.Zone;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Two recording vendors on loopback: one stands for every deployment inside the network, one for every deployment outside. Each account
 * has a path of its own there. Safe on any thread.
 */
public final class Stage implements AutoCloseable {
    private static final int SECONDS = 20;

    /** One Vert.x each: two simulators on the free port of one Vert.x would share it, and the calls with it. */
    private final Vertx insideVertx = Vertx.vertx();

    private final Vertx outsideVertx = Vertx.vertx();
    private final VendorSimulator inside;
    private final VendorSimulator outside;

    private Stage() throws TimeoutException {
        inside = VendorSimulator.start(insideVertx, SimulatorConfig.defaults()).await(SECONDS, TimeUnit.SECONDS);
        outside =
                VendorSimulator.start(outsideVertx, SimulatorConfig.defaults()).await(SECONDS, TimeUnit.SECONDS);
        if (inside.port() == outside.port()) {
            throw new IllegalStateException("both sides listen at one port: nothing could be proved");
        }
    }

    /** Starts both; blocks. */
    public static Stage start() throws TimeoutException {
        return new Stage();
    }

    /** Where an account's deployments are to be called. */
    public String address(Zone zone, String account) {
        return (zone == Zone.LOCAL ? inside : outside).baseUrl() + "/" + account;
    }

    /** The account that a call's path belongs to. */
    static String account(String path) {
        String[] parts = path.split("/", 3);
        return parts.length < 3 ? "" : parts[1];
    }

    /** From now on the vendors behave so. */
    void play(Scenario scenario) {
        inside.faults(scenario.faults(Side.INSIDE));
        outside.faults(scenario.faults(Side.OUTSIDE));
    }

    /** Every call so far, on both sides; each side's in the order of arrival. */
    public List<SeenCall> calls() {
        List<SeenCall> calls = new ArrayList<>();
        inside.calls().forEach(call -> calls.add(SeenCall.of(Side.INSIDE, call)));
        outside.calls().forEach(call -> calls.add(SeenCall.of(Side.OUTSIDE, call)));
        return calls;
    }

    /** Those of one request, by time. */
    List<SeenCall> calls(String requestId) {
        return calls().stream()
                .filter(call -> call.isOf(requestId))
                .sorted(Comparator.comparing(SeenCall::time))
                .toList();
    }

    @Override
    public void close() throws TimeoutException {
        inside.close().await(SECONDS, TimeUnit.SECONDS);
        outside.close().await(SECONDS, TimeUnit.SECONDS);
        insideVertx.close().await(SECONDS, TimeUnit.SECONDS);
        outsideVertx.close().await(SECONDS, TimeUnit.SECONDS);
    }
}
