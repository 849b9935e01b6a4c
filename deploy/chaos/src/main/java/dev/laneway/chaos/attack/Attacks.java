package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.ServerUnit.Kind;
import java.util.List;
import java.util.Optional;

/** Every attack, in the order in which a run makes them. */
public final class Attacks {
    private static final List<Attack> ALL = List.of(
            new Kills(),
            new Failpoints(),
            new Freezes(),
            new Rebalances(),
            new RedisEmptied(),
            new ServerKills("redis-killed", Kind.REDIS),
            new ServerKills("postgres-killed", Kind.POSTGRES),
            new ServerKills("broker-killed", Kind.KAFKA),
            new DiskFull(),
            new NetworkFaults("vendor", stage -> stage.cluster().vendor()),
            new NetworkFaults(
                    "redis", stage -> stage.cluster().server(Kind.REDIS).proxy()),
            new NetworkFaults(
                    "postgres", stage -> stage.cluster().server(Kind.POSTGRES).proxy()),
            new NetworkFaults(
                    "kafka", stage -> stage.cluster().server(Kind.KAFKA).proxy()),
            new ClockJumps());

    private Attacks() {}

    public static List<Attack> all() {
        return ALL;
    }

    public static Optional<Attack> named(String name) {
        return ALL.stream().filter(attack -> attack.name().equals(name)).findFirst();
    }
}
