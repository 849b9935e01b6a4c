package dev.laneway.runtime.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted, held against a log of every request that passed. */
class RateTallyTest {
    private static final long MINUTE = 60_000;
    private static final int MOST_IN_AN_HOUR = 70;
    private static final long HOUR = 60 * MINUTE;
    private static final Limited KEY = new Limited(Scope.KEY, "k", new RateLimits(10, 1_000, 60, 20_000, 0, 0), false);
    private static final Limited TEAM = new Limited(Scope.TEAM, "t", new RateLimits(17, 0, 0, 9_000, 0, 0), false);

    /** A request that passed. */
    private record Past(long at, long tokens) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldNeverLetInMoreThanTheLimitAndTellExactlyWhenThereIsRoom(long seed) {
        Random random = new Random(seed);
        RateTally tally = new RateTally();
        List<Past> log = new ArrayList<>();
        List<RateStore.Ask> asked = new ArrayList<>();
        long now = 1_700_000_000_000L + random.nextInt(60_000);
        int refusals = 0;
        for (int i = 0; i < 2_000; i++) {
            now += random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(2_500);
            long tokens = 1 + random.nextInt(300);
            List<Limited> holders = random.nextBoolean() ? List.of(KEY, TEAM) : List.of(KEY);
            RateStore.Ask ask = new RateStore.Ask("r" + i, holders, tokens);
            switch (tally.admit(ask, now)) {
                case RateStore.Passed passed -> {
                    log.add(new Past(now, tokens));
                    asked.add(ask);
                    if (log.size() > MOST_IN_AN_HOUR) {
                        log.removeFirst();
                        asked.removeFirst();
                    }
                }
                case RateStore.Refused refused -> {
                    refusals++;
                    assertNoRoom(refused, log, now, tokens);
                    assertThat(wouldPass(asked, log, ask, now + refused.waitMillis() - 1))
                            .isFalse();
                    assertThat(wouldPass(asked, log, ask, now + refused.waitMillis()))
                            .isTrue();
                }
            }
            assertWithin(log, KEY.limits(), now);
        }
        assertThat(refusals).isGreaterThan(300);
    }

    @ParameterizedTest
    @CsvSource({"119999, d_1 acme", "120000, d_2 other"})
    void shouldForgetAnAttemptTwoMinutesAfterItsDeadline(long later, String plan) {
        RateTally tally = new RateTally();
        long now = 1_700_000_000_000L;
        tally.admit(new RateStore.Ask("a", List.of(KEY), 1, new RateStore.Once(now, "d_1 acme")), now);

        RateStore.Verdict again =
                tally.admit(new RateStore.Ask("a", List.of(KEY), 1, new RateStore.Once(now, "d_2 other")), now + later);

        assertThat(((RateStore.Passed) again).plan()).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource({"59999, false", "60000, true"})
    void shouldFreeAPlaceWhenItsLeaseEnds(long later, boolean free) {
        RateTally tally = new RateTally();
        Limited one = new Limited(Scope.KEY, "k", new RateLimits(0, 0, 0, 0, 1, 0), false);
        long now = 1_700_000_000_000L;
        tally.admit(new RateStore.Ask("a", List.of(one), 1, new RateStore.Once(now, "d_1 acme")), now);

        RateStore.Verdict next = tally.admit(new RateStore.Ask("b", List.of(one), 1), now + later);

        assertThat(next instanceof RateStore.Passed).isEqualTo(free);
    }

    /** What a tally of its own says that was asked the same before, and nothing since. */
    private static boolean wouldPass(List<RateStore.Ask> asked, List<Past> log, RateStore.Ask ask, long then) {
        RateTally again = new RateTally();
        for (int i = 0; i < log.size(); i++) {
            again.admit(asked.get(i), log.get(i).at);
        }
        return again.admit(ask, then) instanceof RateStore.Passed;
    }

    private static void assertWithin(List<Past> log, RateLimits limits, long now) {
        assertThat(since(log, now - MINUTE).size()).isLessThanOrEqualTo((int) limits.requestsPerMinute());
        assertThat(since(log, now - HOUR).size()).isLessThanOrEqualTo((int) limits.requestsPerHour());
        assertThat(tokens(since(log, now - MINUTE))).isLessThanOrEqualTo(limits.tokensPerMinute());
        assertThat(tokens(since(log, now - HOUR))).isLessThanOrEqualTo(limits.tokensPerHour());
    }

    /** There would be no room, were the window one part longer: so much later than it could a limit lets in again. */
    private static void assertNoRoom(RateStore.Refused refused, List<Past> log, long now, long tokens) {
        RateKind kind = refused.kind();
        List<Past> counted = since(log, now - kind.width() * SlidingCount.PARTS);
        long used = kind.countsTokens() ? tokens(counted) + tokens : counted.size() + 1;
        assertThat(used).isGreaterThan(kind.of(refused.holder().limits()));
    }

    private static List<Past> since(List<Past> log, long begin) {
        return log.stream().filter(past -> past.at > begin).toList();
    }

    private static long tokens(List<Past> log) {
        return log.stream().mapToLong(Past::tokens).sum();
    }

    @Test
    void shouldCountNobodyWhereOneHasNoRoom() {
        RateTally tally = new RateTally();
        Limited full = limited("full", new RateLimits(1, 0, 0, 0, 0, 0));
        Limited roomy = limited("roomy", new RateLimits(9, 0, 0, 0, 2, 0));
        tally.admit(new RateStore.Ask("a", List.of(full), 1), 0);

        RateStore.Verdict verdict = tally.admit(new RateStore.Ask("b", List.of(roomy, full), 1), 10);

        assertThat(verdict)
                .isEqualTo(new RateStore.Refused(
                        full,
                        RateKind.REQUESTS_PER_MINUTE,
                        61_000 - 10,
                        new RateStore.Counted(
                                10, List.of(new RateStore.Use(0, 0, 0, 0, 0), new RateStore.Use(1, 0, 0, 0, 0)))));
    }

    @Test
    void shouldCorrectWhatWasExpected() {
        RateTally tally = new RateTally();
        Limited holder = limited("k", new RateLimits(0, 100, 0, 1_000, 0, 0));
        tally.admit(new RateStore.Ask("a", List.of(holder), 90), 5_000);

        tally.settle(new RateStore.Settlement("a", List.of(holder), 5_000, 0, -80));

        assertThat(tally.look(List.of(holder), 30_000).used().getFirst()).isEqualTo(new RateStore.Use(0, 10, 0, 10, 0));
        assertThat(tally.look(List.of(holder), 66_000).used().getFirst()).isEqualTo(new RateStore.Use(0, 0, 0, 10, 0));
    }

    @Test
    void shouldNotCorrectWhatHasLeftTheWindow() {
        RateTally tally = new RateTally();
        Limited holder = limited("k", new RateLimits(0, 100, 0, 0, 0, 0));
        tally.admit(new RateStore.Ask("a", List.of(holder), 90), 5_000);
        tally.admit(new RateStore.Ask("b", List.of(holder), 50), 70_000);

        tally.settle(new RateStore.Settlement("a", List.of(holder), 5_000, 0, -80));

        assertThat(tally.look(List.of(holder), 70_000).used().getFirst().tokensPerMinute())
                .isEqualTo(50);
    }

    @Test
    void shouldFreeAPlaceThatNobodyRenews() {
        RateTally tally = new RateTally();
        Limited holder = limited("k", new RateLimits(0, 0, 0, 0, 1, 0));
        RateStore.Ask first = new RateStore.Ask("a", List.of(holder), 1);
        RateStore.Ask second = new RateStore.Ask("b", List.of(holder), 1);
        tally.admit(first, 0);
        tally.renew(first, RateStore.LEASE_MILLIS - 1);

        RateStore.Verdict renewed = tally.admit(second, RateStore.LEASE_MILLIS + 1);
        RateStore.Verdict left = tally.admit(second, 2 * RateStore.LEASE_MILLIS);

        assertThat(renewed).isInstanceOf(RateStore.Refused.class);
        assertThat(left).isInstanceOf(RateStore.Passed.class);
    }

    @Test
    void shouldTakeAClockThatGoesBackForOneThatStands() {
        SlidingCount count = new SlidingCount(1_000);
        count.add(10_000, 3);

        count.add(5_000, 1);

        assertThat(count.sum(70_000)).isEqualTo(4);
        assertThat(count.sum(71_000)).isZero();
    }

    private static Limited limited(String id, RateLimits limits) {
        return new Limited(Scope.KEY, id, limits, false);
    }
}
