package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.ServerUnit.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The attacks, in the order in which a run makes them. */
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
    /** Only where they are asked for: they measure, and take their time. */
    private static final List<Attack> ON_DEMAND =
            List.of(new Backlogged(), new Overdrafts(), new Billing(), new Soak());

    private Attacks() {}

    /** What a run does that names none. */
    public static List<Attack> all() {
        return ALL;
    }

    /** Every name there is. */
    public static List<String> names() {
        return Stream.concat(ALL.stream(), ON_DEMAND.stream()).map(Attack::name).toList();
    }

    public static Optional<Attack> named(String name) {
        return Stream.concat(ALL.stream(), ON_DEMAND.stream())
                .filter(attack -> attack.name().equals(name))
                .findFirst();
    }
}
