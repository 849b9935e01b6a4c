package dev.laneway.provider.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.WorkClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day of a worker in virtual milliseconds: arrivals, slots, ends. */
class FairnessSimulationTest {
    private record Job(Line line, long arrivedAt, long lasts) {}

    private record End(long at, Ticket<Job> ticket) {}

    /** What was seen. */
    private static final class Day {
        final FairScheduler<Job> scheduler;
        final PriorityQueue<End> ends = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
        final List<Long> interactiveWaits = new ArrayList<>();
        final Map<String, Long> slotTime = new HashMap<>();
        final Map<String, Integer> finished = new HashMap<>();
        long now;

        Day(int slots) {
            scheduler = new FairScheduler<>(slots);
        }

        void arrive(Job job) {
            scheduler.offer(job.line, job);
        }

        void pass(long until) {
            start();
            while (!ends.isEmpty() && ends.peek().at <= until) {
                End end = ends.poll();
                now = end.at;
                Job job = end.ticket.item();
                scheduler.release(end.ticket);
                slotTime.merge(job.line.lane(), job.lasts, Long::sum);
                finished.merge(job.line.workClass().id(), 1, Integer::sum);
                start();
            }
            now = until;
        }

        private void start() {
            Ticket<Job> ticket = scheduler.next(any -> true);
            while (ticket != null) {
                Job job = ticket.item();
                if (job.line.workClass() == WorkClass.INTERACTIVE) {
                    interactiveWaits.add(now - job.arrivedAt);
                }
                ends.add(new End(now + job.lasts, ticket));
                ticket = scheduler.next(any -> true);
            }
        }

        long percentile(double share) {
            long[] sorted = interactiveWaits.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted[(int) (share * (sorted.length - 1))];
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldNotDelayInteractiveWorkBehindTenThousandDeferred(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Day day = new Day(100);
        Line batch = new Line("routine", 1, WorkClass.DEFERRED, "d_1", "acme", Integer.MAX_VALUE);
        Line chat = new Line("routine", 1, WorkClass.INTERACTIVE, "d_1", "acme", Integer.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            day.arrive(new Job(batch, 0, 5_000 + random.nextInt(60_000)));
        }

        for (long at = 0; at < 600_000; at += 1 + random.nextInt(400)) {
            day.pass(at);
            day.arrive(new Job(chat, at, 200 + random.nextInt(3_000)));
        }
        day.pass(600_000);

        assertThat(day.interactiveWaits).hasSizeGreaterThan(2_500);
        assertThat(day.percentile(0.99)).isZero();
        assertThat(day.finished.get("deferred")).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldNotStarveDeferredWorkBehindAFloodOfInteractive(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Day day = new Day(20);
        Line batch = new Line("routine", 1, WorkClass.DEFERRED, "d_1", "acme", Integer.MAX_VALUE);
        Line chat = new Line("routine", 1, WorkClass.INTERACTIVE, "d_1", "acme", Integer.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            day.arrive(new Job(batch, 0, 1_000));
        }

        for (long at = 0; at < 100_000; at += 10) {
            day.pass(at);
            day.arrive(new Job(chat, at, 500 + random.nextInt(1_000)));
        }

        double share = day.finished.get("deferred")
                / (double) (day.finished.get("deferred") + day.finished.get("interactive"));
        assertThat(share).isBetween(0.09, 0.12);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldShareTimeByWeightWhateverTheLengthOfCalls(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Day day = new Day(40);
        Line heavy = new Line("heavy", 3, WorkClass.INTERACTIVE, "d_1", "acme", Integer.MAX_VALUE);
        Line light = new Line("light", 1, WorkClass.INTERACTIVE, "d_2", "other", Integer.MAX_VALUE);
        for (int i = 0; i < 60_000; i++) {
            day.arrive(new Job(heavy, 0, 100 + random.nextInt(200)));
        }
        for (int i = 0; i < 2_000; i++) {
            day.arrive(new Job(light, 0, 5_000 + random.nextInt(10_000)));
        }

        day.pass(300_000);

        double ratio = day.slotTime.get("heavy") / (double) day.slotTime.get("light");
        assertThat(ratio).isBetween(2.7, 3.4);
    }
}
