package dev.laneway.chaos;

import dev.laneway.chaos.attack.Attack;
import dev.laneway.chaos.attack.Attacks;
import dev.laneway.chaos.attack.DiskFull;
import dev.laneway.chaos.attack.SmallDisk;
import dev.laneway.chaos.attack.Stage;
import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.load.Asked;
import dev.laneway.chaos.load.Load;
import dev.laneway.chaos.load.Workload;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import dev.laneway.testkit.faults.CallMatch;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.FaultRule;
import dev.laneway.testkit.faults.Occurrence;
import dev.laneway.testkit.faults.RetryAfter;
import dev.laneway.testkit.proxy.FaultProxy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of the attack suite. Blocks; one thread. */
public final class Chaos {
    private static final int SHORTEST_CALL = 4;
    private static final int LONGEST_CALL = 120;
    private static final double SHAKY = 0.3;
    private static final int WARM_UP_TRIES = 5;

    private final ChaosSettings settings;
    private final PrintWriter out;

    public Chaos(ChaosSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /** Every scenario's name. */
    public static List<String> scenarios() {
        return Attacks.names();
    }

    /** Starts everything, attacks, compares, and stops everything. */
    public ChaosReport run() throws Exception {
        Map<Attack, String> skipped = new LinkedHashMap<>();
        List<Attack> attacks = chosen();
        Path folder = Files.createTempDirectory("laneway-chaos");
        ChaosReport report;
        try (SmallDisk disk = SmallDisk.at(folder.resolve("broker"))) {
            for (Attack attack : attacks) {
                Optional<String> cannot = attack.name().equals(DiskFull.NAME) ? disk.mount() : attack.cannot();
                cannot.ifPresent(why -> skipped.put(attack, why));
            }
            report = attack(folder, disk.place().resolve("data"), attacks, skipped);
        }
        if (report.allKept()) {
            delete(folder);
        } else {
            say("what each process said is kept in " + folder);
        }
        return report;
    }

    private List<Attack> chosen() {
        if (settings.scenarios().isEmpty()) {
            return Attacks.all();
        }
        return settings.scenarios().stream()
                .map(name -> Attacks.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + name)))
                .toList();
    }

    private ChaosReport attack(Path folder, Path kafka, List<Attack> attacks, Map<Attack, String> skipped)
            throws Exception {
        String startedAt = Instant.now().toString();
        int shares = attacks.stream()
                .filter(attack -> !skipped.containsKey(attack))
                .mapToInt(Attack::share)
                .sum();
        double shareSeconds = settings.minutes() * 60 / Math.max(1, shares);
        int longest = settings.longestSeconds() > 0
                ? settings.longestSeconds()
                : (int) Math.clamp(shareSeconds / 4, SHORTEST_CALL, LONGEST_CALL);
        Workload workload = new Workload(longest, Duration.ofSeconds((long) (settings.minutes() * 60)));
        SplittableRandom random = new SplittableRandom(settings.seed());
        Vertx vertx = Vertx.vertx();
        VendorSimulator simulator =
                VendorSimulator.start(vertx, SimulatorConfig.defaults()).await(20, TimeUnit.SECONDS);
        simulator.faults(List.of(new FaultRule(
                CallMatch.model(Workload.SHAKY),
                new Occurrence.Chance(SHAKY),
                new Fault.Status(503, new RetryAfter.None()))));
        List<ChaosReport.Row> rows = new ArrayList<>();
        try (FaultProxy vendor = FaultProxy.open("127.0.0.1", simulator.port())) {
            say("starting the servers and two processes of each role ...");
            try (Cluster cluster =
                            Cluster.start(folder, kafka, vendor, workload.config("http://127.0.0.1:" + vendor.port()));
                    Load load = Load.start(workload, cluster::ingresses, Cluster.KEY, random.nextLong())) {
                warmUp(load);
                Stage stage = new Stage(cluster, simulator, load, random.split(), folder, this::say);
                Scenarios scenarios =
                        new Scenarios(cluster, simulator, load, stage, longest, settings.perSecond(), this::say);
                for (Attack attack : attacks) {
                    String why = skipped.get(attack);
                    rows.add(
                            why == null
                                    ? scenarios.run(attack, shareSeconds * attack.share())
                                    : Scenarios.skipped(attack, why));
                }
                return new ChaosReport(
                        startedAt,
                        settings.seed(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().toString(),
                        longest,
                        settings.perSecond(),
                        rows,
                        stage.measures(),
                        scenarios.verdicts(),
                        scenarios.findings());
            }
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void warmUp(Load load) throws IOException, InterruptedException {
        List<Asked> failed = List.of();
        for (int i = 0; i < WARM_UP_TRIES; i++) {
            failed = load.tryAll();
            if (failed.isEmpty()) {
                say("everything answers");
                return;
            }
        }
        throw new IOException("it doesn't answer even before an attack: " + failed.getFirst());
    }

    private void say(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
