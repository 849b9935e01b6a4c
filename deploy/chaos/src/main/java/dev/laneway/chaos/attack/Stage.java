package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Role;
import dev.laneway.chaos.load.Load;
import dev.laneway.testkit.VendorSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an attack has in its hands. One thread, but for {@link #strikes}. */
public final class Stage {
    private final Cluster cluster;
    private final VendorSimulator simulator;
    private final Load load;
    private final SplittableRandom random;
    private final Path folder;
    private final Consumer<String> out;
    private final List<Strike> strikes = new CopyOnWriteArrayList<>();
    private final List<Measure> measures = new CopyOnWriteArrayList<>();
    private final Map<Long, Long> usageRead = new ConcurrentHashMap<>();
    private final long startedAt = System.nanoTime();
    private String scenario = "";
    private long until;

    /**
     * @param folder for files of the attacks
     * @param out takes a line for each strike
     */
    public Stage(
            Cluster cluster,
            VendorSimulator simulator,
            Load load,
            SplittableRandom random,
            Path folder,
            Consumer<String> out) {
        this.cluster = cluster;
        this.simulator = simulator;
        this.load = load;
        this.random = random;
        this.folder = folder;
        this.out = out;
    }

    /** What comes belongs to this scenario, which has so much time. */
    public void begin(String name, Duration time) {
        scenario = name;
        until = System.nanoTime() + time.toNanos();
    }

    Cluster cluster() {
        return cluster;
    }

    VendorSimulator simulator() {
        return simulator;
    }

    Load load() {
        return load;
    }

    SplittableRandom random() {
        return random;
    }

    Path folder() {
        return folder;
    }

    boolean hasTime() {
        return left().isPositive();
    }

    Duration left() {
        return Duration.ofNanos(until - System.nanoTime());
    }

    /** Evenly drawn from both and what lies between. */
    Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), Math.max(least.toMillis(), most.toMillis()) + 1));
    }

    /** One of a list. */
    <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /** Says what is done now. @return to be given to {@link #mended} */
    Strike strike(String what, @Nullable Role killed, @Nullable URI silenced) {
        Strike strike = new Strike(scenario, what, System.currentTimeMillis(), Long.MAX_VALUE, killed, silenced);
        strikes.add(strike);
        say(what);
        return strike;
    }

    void measure(Measure measure) {
        measures.add(measure);
    }

    /** Figures that were to stay within limits. */
    public List<Measure> measures() {
        return List.copyOf(measures);
    }

    void mended(Strike strike) {
        strikes.replaceAll(one -> one.equals(strike) ? one.mended() : one);
    }

    void say(String what) {
        out.accept(String.format(
                java.util.Locale.ROOT, "%8.1f s  %-14s %s", (System.nanoTime() - startedAt) / 1e9, scenario, what));
    }

    /** Measures how long accounting takes from now on until it has read what is in its topic now. */
    void watchUsage(Strike strike) {
        Thread.ofVirtual().name("usage-watch").start(() -> {
            try {
                usageRead.put(strike.at(), UsageWatch.millisUntilRead(cluster.kafka()));
            } catch (Exception e) {
                say("could not look at the usage topic: " + e.getMessage());
            }
        });
    }

    /** How long that took, in milliseconds, by the time of the strike. */
    public Map<Long, Long> usageRead() {
        return Map.copyOf(usageRead);
    }

    /** All of them, in order. */
    public List<Strike> strikes() {
        return strikes;
    }
}
