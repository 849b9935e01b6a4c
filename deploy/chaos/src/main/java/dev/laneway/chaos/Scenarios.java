package dev.laneway.chaos;

import dev.laneway.chaos.attack.Attack;
import dev.laneway.chaos.attack.Stage;
import dev.laneway.chaos.attack.Strike;
import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Cluster.Instance;
import dev.laneway.chaos.cluster.ServerUnit;
import dev.laneway.chaos.load.Asked;
import dev.laneway.chaos.load.Load;
import dev.laneway.chaos.oracle.Finding;
import dev.laneway.chaos.oracle.Promise;
import dev.laneway.testkit.VendorSimulator;
import dev.laneway.testkit.calls.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One attack after the other on one system, each followed by a look at everything; what is found then is that attack's. */
final class Scenarios {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_SHOWN = 60;
    /** What a worker may have begun beyond its last commit where Redis forgot: one step for each partition. */
    private static final int FORGOTTEN = 64 * 4;

    private final Cluster cluster;
    private final VendorSimulator simulator;
    private final Load load;
    private final Stage stage;
    private final int longestSeconds;
    private final double perSecond;
    private final Consumer<String> out;
    private final Set<Finding> known = new LinkedHashSet<>();
    private final Set<String> unknownBefore = new HashSet<>();
    private int askedBefore;
    private int callsBefore;
    private int lateBefore;
    private int strikesBefore;

    Scenarios(
            Cluster cluster,
            VendorSimulator simulator,
            Load load,
            Stage stage,
            int longestSeconds,
            double perSecond,
            Consumer<String> out) {
        this.cluster = cluster;
        this.simulator = simulator;
        this.load = load;
        this.stage = stage;
        this.longestSeconds = longestSeconds;
        this.perSecond = perSecond;
        this.out = out;
    }

    static ChaosReport.Row skipped(Attack attack, String why) {
        return new ChaosReport.Row(attack.name(), 0, why, 0, 0, Map.of(), 0, 0, 0, 0, -1, Map.of());
    }

    ChaosReport.Row run(Attack attack, double seconds) throws Exception {
        long from = System.nanoTime();
        stage.begin(attack.name(), Duration.ofMillis((long) (seconds * 1000)));
        load.rate(attack.bringsItsOwnLoad() ? 0 : perSecond);
        Set<Finding> found = new LinkedHashSet<>();
        try {
            attack.run(stage);
        } catch (IOException e) {
            found.add(new Finding(Promise.ALIVE, attack.name(), "it could not go on: " + e.getMessage()));
        }
        double attacked = (System.nanoTime() - from) / 1e9;
        load.rate(0);
        found.addAll(mend());
        load.awaitQuiet(Duration.ofSeconds(longestSeconds * 2L + 60));
        Look look = Look.until(cluster, simulator, load, stage, known, PATIENCE);
        found.addAll(look.findings());
        return row(attack, attacked, look, found);
    }

    private ChaosReport.Row row(Attack attack, double attacked, Look look, Set<Finding> found) {
        List<Strike> strikes = List.copyOf(stage.strikes())
                .subList(strikesBefore, stage.strikes().size());
        List<Asked> all = load.asked();
        List<Asked> asked = all.subList(askedBefore, all.size());
        Set<String> unknown = new HashSet<>(Judge.unknown(look.log()));
        unknown.removeAll(unknownBefore);
        int limit = limit(attack, strikes, look.calls());
        if (unknown.size() > limit) {
            found.add(new Finding(
                    Promise.UNKNOWN, attack.name(), unknown.size() + " unknown, of " + limit + " calls in flight"));
        }
        long slowest = -1;
        int kills = 0;
        for (Strike strike : strikes) {
            if (strike.killed() != null) {
                kills++;
                long resumed = Judge.resumed(strike, asked, look.calls(), stage.usageRead());
                slowest = Math.max(slowest, resumed);
                if (resumed > Judge.RESUMED_MILLIS) {
                    found.add(new Finding(Promise.RESUMED, strike.what() + "@" + strike.at(), resumed + " ms"));
                }
            }
        }
        found.removeAll(known);
        known.addAll(found);
        Map<String, Integer> broken = new TreeMap<>();
        found.forEach(finding -> broken.merge(finding.promise().name(), 1, Integer::sum));
        Map<String, Integer> endings = new TreeMap<>();
        asked.forEach(one -> endings.merge(one.ending().name(), 1, Integer::sum));
        int late = Judge.late(look.log());
        ChaosReport.Row row = new ChaosReport.Row(
                attack.name(),
                attacked,
                "",
                strikes.size(),
                kills,
                endings,
                look.calls().size() - callsBefore,
                unknown.size(),
                limit,
                late - lateBefore,
                slowest,
                broken);
        out.accept(attack.name() + ": " + endings + ", " + row.calls() + " calls, "
                + (broken.isEmpty() ? "all promises kept" : "BROKEN " + broken));
        unknownBefore.addAll(unknown);
        askedBefore = all.size();
        callsBefore = look.calls().size();
        lateBefore = late;
        strikesBefore = stage.strikes().size();
        return row;
    }

    private static int limit(Attack attack, List<Strike> strikes, List<Call> calls) {
        int limit = strikes.stream()
                .mapToInt(strike -> Judge.inFlight(strike, calls))
                .sum();
        return attack.name().startsWith("redis-") ? limit + FORGOTTEN : limit;
    }

    /** Starts what ended by itself, and says so. */
    private List<Finding> mend() throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (ServerUnit.Kind kind : ServerUnit.Kind.values()) {
            if (!cluster.server(kind).child().isAlive()) {
                findings.add(new Finding(Promise.ALIVE, kind + "@" + System.currentTimeMillis(), "ended by itself"));
                cluster.server(kind).start();
            }
        }
        for (Instance instance : Cluster.instances()) {
            if (!cluster.child(instance).isAlive()) {
                findings.add(new Finding(
                        Promise.ALIVE,
                        instance.toString() + "@" + System.currentTimeMillis(),
                        "ended by itself: "
                                + cluster.child(instance).lastWords().lines().reduce("", (before, last) -> last)));
                cluster.leave(instance);
                cluster.launch(instance, Map.of());
                cluster.awaitReady(instance);
            }
        }
        return findings;
    }

    List<ChaosReport.Verdict> verdicts() {
        Map<Promise, Integer> broken = new TreeMap<>();
        known.forEach(finding -> broken.merge(finding.promise(), 1, Integer::sum));
        List<ChaosReport.Verdict> verdicts = new ArrayList<>();
        for (Promise promise : Promise.values()) {
            verdicts.add(new ChaosReport.Verdict(promise.text(), broken.getOrDefault(promise, 0)));
        }
        return verdicts;
    }

    List<String> findings() {
        return known.stream().map(Finding::toString).limit(MOST_SHOWN).toList();
    }
}
