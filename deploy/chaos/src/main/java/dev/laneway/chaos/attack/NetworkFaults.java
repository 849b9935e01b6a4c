package dev.laneway.chaos.attack;

import dev.laneway.testkit.proxy.Direction;
import dev.laneway.testkit.proxy.FaultProxy;
import dev.laneway.testkit.proxy.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** The network in front of one server: slow, byte by byte, silent, reset, cut one way. */
final class NetworkFaults implements Attack {
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofSeconds(12);

    private final String name;
    private final Function<Stage, FaultProxy> proxy;

    /** @param where of the stage's proxies */
    NetworkFaults(String where, Function<Stage, FaultProxy> proxy) {
        this.name = "network-" + where;
        this.proxy = proxy;
    }

    /** A fault and where it sits. */
    private record Fault(String what, Mode mode, List<Direction> directions) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Stage stage) throws InterruptedException {
        FaultProxy attacked = proxy.apply(stage);
        List<Fault> faults = faults();
        Collections.shuffle(faults, new Random(stage.random().nextLong()));
        int turn = 0;
        do {
            Fault fault = faults.get(turn++ % faults.size());
            Duration time = stage.between(LEAST, MOST);
            Strike strike = stage.strike(fault.what() + " for " + time.toMillis() + " ms", null, null);
            try {
                fault.directions().forEach(direction -> attacked.set(direction, fault.mode()));
                stage.pause(time);
            } finally {
                attacked.set(Mode.PASS);
            }
            stage.mended(strike);
            stage.pause(stage.between(Duration.ofSeconds(2), Duration.ofSeconds(6)));
        } while (stage.hasTime());
    }

    private static List<Fault> faults() {
        List<Direction> both = List.of(Direction.values());
        return new ArrayList<>(List.of(
                new Fault(
                        "latency of 0.2 to 1 s",
                        new Mode.Latency(Duration.ofMillis(200), Duration.ofMillis(800)),
                        both),
                new Fault("one byte at a time", new Mode.OneByte(Duration.ZERO), both),
                new Fault("black hole", Mode.BLACK_HOLE, both),
                new Fault("resets", Mode.RESET, both),
                new Fault("cut towards the server", Mode.CUT, List.of(Direction.TO_SERVER)),
                new Fault("cut towards the clients", Mode.CUT, List.of(Direction.TO_CLIENT))));
    }
}
