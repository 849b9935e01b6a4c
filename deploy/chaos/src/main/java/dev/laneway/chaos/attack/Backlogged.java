package dev.laneway.chaos.attack;

import dev.laneway.chaos.load.Asked;
import dev.laneway.chaos.load.Ending;
import dev.laneway.chaos.load.Load;
import dev.laneway.chaos.load.Workload;
import dev.laneway.chaos.oracle.Backlog;
import dev.laneway.testkit.faults.Glob;
import dev.laneway.testkit.limits.LimitRule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * Ten thousand queued requests that nobody waits for, beside interactive ones. A simulated quota of the backlog's account keeps it from
 * being worked off, and the CPU from being full. Pairs of phases, one with the backlog and one without, in alternating order; a backlog
 * ends with its phase, by its deadline.
 */
final class Backlogged implements Attack {
    static final String NAME = "backlog";

    private static final int QUEUED = 10_000;
    private static final int PAIRS = 5;
    private static final int PHASES_PER_SHARE = 2 * PAIRS * 2;
    private static final int QUOTA_PER_MINUTE = 600;
    private static final double PER_SECOND = 20;
    private static final double LIMIT = 1.5;
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

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
        Duration phase = stage.left().dividedBy(PHASES_PER_SHARE).multipliedBy(2);
        stage.simulator().limits(List.of(new LimitRule(new Glob(Workload.BATCH_MODEL + "*"), QUOTA_PER_MINUTE, 0, 0)));
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            double with;
            double without;
            if (pair % 2 == 0) {
                with = with(stage, phase);
                without = without(stage, phase);
            } else {
                without = without(stage, phase);
                with = with(stage, phase);
            }
            ratios.add(with / without);
            stage.say(String.format(
                    Locale.ROOT, "interactive p99 %.0f ms with the backlog, %.0f ms without", with, without));
        }
        stage.measure(new Measure(
                "interactive p99 with " + QUEUED + " queued, times that without (median of " + PAIRS + " pairs)",
                Samples.median(ratios),
                LIMIT));
    }

    private static double with(Stage stage, Duration phase) throws IOException, InterruptedException {
        long deadline = System.currentTimeMillis()
                + phase.plus(SETTLE).plus(Duration.ofSeconds(2)).toMillis();
        DeferredWork.publish(stage.cluster().kafka(), QUEUED, deadline);
        stage.pause(SETTLE);
        double p99 = p99(stage, phase);
        awaitIdle(stage);
        return p99;
    }

    private static double without(Stage stage, Duration phase) throws InterruptedException {
        stage.pause(SETTLE);
        return p99(stage, phase);
    }

    private static double p99(Stage stage, Duration phase) throws InterruptedException {
        Load load = stage.load();
        CpuShare cpu = CpuShare.now();
        long from = System.currentTimeMillis();
        load.rate(PER_SECOND, Workload.EVEN);
        stage.pause(phase);
        load.rate(0);
        double busy = cpu.busyUntilNow();
        load.awaitQuiet(Duration.ofMinutes(1));
        List<Double> millis = load.asked().stream()
                .filter(one -> one.sentAt() >= from && one.ending() == Ending.WHOLE)
                .map(Backlogged::millis)
                .toList();
        stage.say(String.format(
                Locale.ROOT,
                "%d answers, p50 %.0f ms, CPU %.0f %% busy",
                millis.size(),
                Samples.median(millis),
                busy * 100));
        return Samples.percentile(millis, 99);
    }

    private static double millis(Asked one) {
        return (double) (one.endedAt() - one.sentAt());
    }

    private static void awaitIdle(Stage stage) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!Backlog.read(stage.cluster().kafka()).isEmpty()) {
                if (System.nanoTime() > until) {
                    stage.say("the backlog is not worked off after its deadline");
                    return;
                }
                stage.pause(Duration.ofSeconds(1));
            }
        } catch (ExecutionException e) {
            throw new IOException("the broker does not say where its groups are", e);
        }
    }
}
