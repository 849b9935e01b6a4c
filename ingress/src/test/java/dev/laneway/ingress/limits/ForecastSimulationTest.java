package dev.laneway.ingress.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lane in virtual time: some servers, one queue, seeded arrivals and lengths. What became of a request that the forecast turned down
 * is known all the same, because the simulation knows how long everything ahead of it takes.
 */
class ForecastSimulationTest {
    private static final double DEADLINE = 30;
    /** A request that is turned down would have had no answer before this share of its deadline. */
    private static final double TOLERANCE = 0.8;
    /** The same where answers are so few that little is known. */
    private static final double TOLERANCE_OF_FEW = 0.6;
    /** As the ingress has it. */
    private static final double KEPT = 0.9;

    private record Served(double arrived, double answered, int ahead) {}

    /** What happened, in seconds of virtual time. */
    private static final class Run {
        final List<Double> refusedAt = new ArrayList<>();
        final List<Double> refusedWouldHaveWaited = new ArrayList<>();
        int admitted;
        int late;
    }

    /**
     * @param servers requests served at once
     * @param rate arrivals a second at a time
     * @param mean seconds that one takes
     */
    private static Run run(long seed, int servers, DoubleUnaryOperator rate, double mean, double seconds) {
        Random random = new Random(seed);
        Forecast forecast = new Forecast();
        Run run = new Run();
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int i = 0; i < Math.min(servers, 100_000); i++) {
            free.add(0.0);
        }
        PriorityQueue<Served> waiting = new PriorityQueue<>((a, b) -> Double.compare(a.answered, b.answered));
        for (double now = 0; now < seconds; ) {
            now += -Math.log(1 - random.nextDouble()) / Math.max(1e-9, rate.applyAsDouble(now));
            while (!waiting.isEmpty() && waiting.peek().answered <= now) {
                Served done = waiting.poll();
                forecast.answered(nanos(done.answered), nanos(done.answered - done.arrived), done.ahead);
            }
            double length = mean * (0.5 + random.nextDouble());
            double starts = Math.max(now, free.peek());
            double would = starts + length - now;
            long expected = forecast.expected(nanos(now), waiting.size());
            if (!waiting.isEmpty() && expected > nanos(KEPT * DEADLINE)) {
                run.refusedAt.add(now);
                run.refusedWouldHaveWaited.add(would);
                continue;
            }
            free.poll();
            free.add(starts + length);
            waiting.add(new Served(now, now + would, waiting.size()));
            run.admitted++;
            run.late += would > DEADLINE ? 1 : 0;
        }
        return run;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    private static double share(int some, int all) {
        return all == 0 ? 0 : (double) some / all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTurnDownOnlyWhatWouldHaveBeenLate(long seed) {
        Run run = run(seed, 10, now -> 20, 1, 600); // twice what it can do

        assertThat(run.refusedAt).as("seed %d", seed).isNotEmpty();
        assertThat(run.refusedWouldHaveWaited)
                .as("seed %d", seed)
                .allSatisfy(would -> assertThat(would).isGreaterThan(TOLERANCE * DEADLINE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldLetFewInWhoAreTooLate(long seed) {
        Run run = run(seed, 10, now -> 20, 1, 600);

        assertThat(share(run.late, run.admitted)).as("seed %d", seed).isLessThan(0.12);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTurnNobodyDownWhereEverybodyIsServedAtOnce(long seed) {
        Run run = run(seed, 100_000, now -> now > 200 && now < 210 ? 300 : 1, 10, 600); // many at once, out of a calm

        assertThat(run.refusedAt).as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTurnNobodyDownWhereThereIsRoom(long seed) {
        Run run = run(seed, 10, now -> 9, 1, 600);

        assertThat(run.refusedAt).as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldLetEverybodyInOnceTheQueueHasDrained(long seed) {
        // half a minute's worth waits at 300 s: ten seconds later a third of it is done
        Run run = run(seed, 10, now -> now < 300 ? 20 : now < 340 ? 0.5 : 8, 1, 600);

        assertThat(run.refusedAt)
                .as("seed %d", seed)
                .isNotEmpty()
                .allSatisfy(at -> assertThat(at).isLessThan(310));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldKnowTheSlowPaceOfOneServer(long seed) {
        Run run = run(seed, 1, now -> 0.5, 6, 3_000); // three times what it can do

        assertThat(run.refusedWouldHaveWaited)
                .as("seed %d", seed)
                .isNotEmpty()
                .allSatisfy(would -> assertThat(would).isGreaterThan(TOLERANCE_OF_FEW * DEADLINE));
    }
}
