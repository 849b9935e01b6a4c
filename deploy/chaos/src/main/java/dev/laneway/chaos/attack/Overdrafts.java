package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Cluster.Instance;
import dev.laneway.chaos.cluster.Role;
import dev.laneway.chaos.cluster.ServerUnit;
import dev.laneway.chaos.load.PaidWork;
import dev.laneway.chaos.load.PaidWork.Size;
import dev.laneway.chaos.oracle.RedisWire;
import dev.laneway.runtime.codec.UndecodableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * 64 callers on all ingresses repeat what is refused until their budgets are spent: one budget, ten, a hundred. In turn: as it is; with a
 * deployment that often fails, and a dearer one behind it, while a worker is killed; and, less often, while Redis is emptied. Then every budget is
 * compared with what the facts say was spent, and with what the vendor made. All its rounds, ten of each of the first two and four of the last, take
 * about half an hour.
 */
final class Overdrafts implements Attack {
    static final String NAME = "budgets";

    private static final int ROUNDS = 24;
    private static final int CALLERS = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** What was held by whoever died is free, or counted, by then. */
    private static final Duration HARMED = Duration.ofSeconds(20);

    private static final Duration UNHARMED = Duration.ofSeconds(5);

    private enum Harm {
        NONE,
        DEARER_AND_KILL,
        REDIS_EMPTIED
    }

    /** Each once at first, for runs that are short. */
    private static final List<Harm> TURNS = List.of(
            Harm.NONE,
            Harm.DEARER_AND_KILL,
            Harm.REDIS_EMPTIED,
            Harm.NONE,
            Harm.DEARER_AND_KILL,
            Harm.NONE,
            Harm.DEARER_AND_KILL);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean bringsItsOwnLoad() {
        return true;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        Spendings all = Spendings.NONE;
        for (int round = 0; round < ROUNDS && (round < Harm.values().length || stage.hasTime()); round++) {
            Harm harm = TURNS.get(round % TURNS.size());
            for (Size size : Size.values()) {
                all = all.plus(overdraw(stage, round, size, harm));
            }
        }
        stage.measure(new Measure("budgets that were overshot, of " + all.budgets(), all.overshot(), 0));
        stage.measure(new Measure("calls fewer than a budget was worth, in all", all.missing(), 0));
        stage.measure(new Measure("budgets that were not used up", all.leftOver(), 0));
    }

    private static Spendings overdraw(Stage stage, int round, Size size, Harm harm)
            throws IOException, InterruptedException {
        String route = harm == Harm.DEARER_AND_KILL ? PaidWork.DEARER : PaidWork.PLAIN;
        List<Payer> payers = payers(stage, round, size, harm == Harm.NONE ? UNHARMED : HARMED);
        long from = System.nanoTime();
        try (Callers callers = Callers.start(CALLERS, stage.cluster()::ingresses, route, payers)) {
            stage.pause(Duration.ofMillis(1_500));
            harm(stage, harm);
            callers.awaitEnd(PATIENCE);
        }
        Spendings spent;
        try {
            spent = Spendings.read(stage.cluster().kafka(), stage.simulator().calls(), payers, size, harm == Harm.NONE);
        } catch (UndecodableException e) {
            throw new IOException("the facts can't be read", e);
        }
        stage.say(size.budgets() + " budgets of " + size.calls() + " calls, " + harm + ": " + spent.text() + ", "
                + Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms");
        return spent;
    }

    private static List<Payer> payers(Stage stage, int round, Size size, Duration patience)
            throws IOException, InterruptedException {
        List<Payer> payers = new ArrayList<>();
        try (KeyMaker keys = KeyMaker.at(stage.one(stage.cluster().ingresses()))) {
            for (int number = 0; number < size.budgets(); number++) {
                String alias = "payer-" + round + "-" + size.budgets() + "-" + number;
                payers.add(new Payer(keys.make(alias, size.budget()), PaidWork.key(alias), patience));
            }
        }
        return payers;
    }

    private static void harm(Stage stage, Harm harm) throws IOException, InterruptedException {
        switch (harm) {
            case NONE -> {}
            case DEARER_AND_KILL -> {
                Cluster cluster = stage.cluster();
                Instance victim = new Instance(Role.WORKERS, stage.random().nextInt(Cluster.INSTANCES));
                Strike strike = stage.strike("kill -9 " + victim, Role.WORKERS, null);
                cluster.kill(victim);
                cluster.launch(victim, Map.of());
                cluster.awaitReady(victim);
                stage.mended(strike);
            }
            case REDIS_EMPTIED -> {
                Strike strike = stage.strike("FLUSHALL", null, null);
                try (RedisWire redis = RedisWire.connect(
                        stage.cluster().server(ServerUnit.Kind.REDIS).address())) {
                    redis.ask("FLUSHALL");
                }
                stage.mended(strike);
            }
        }
    }
}
