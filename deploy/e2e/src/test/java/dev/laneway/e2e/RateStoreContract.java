package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateKind;
import dev.laneway.runtime.rate.RateStore;
import dev.laneway.runtime.rate.RateStore.Ask;
import dev.laneway.runtime.rate.RateStore.Passed;
import dev.laneway.runtime.rate.RateStore.Refused;
import dev.laneway.runtime.rate.RateStore.Settlement;
import dev.laneway.runtime.rate.RateStore.Use;
import dev.laneway.runtime.rate.RateStore.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every store of rates does. A test's holders are its own. */
abstract class RateStoreContract {
    private final String own = UUID.randomUUID().toString();
    private int requests;

    /** Runs a step where the stores are used. */
    abstract <T> T on(Supplier<Future<T>> step) throws Exception;

    /** A store for the same counts; several may be used at once. */
    abstract RateStore store();

    /** It is so much later for every store that is taken from now on. */
    abstract void later(long millis);

    private Limited key(RateLimits limits) {
        return new Limited(Scope.KEY, "k, " + own, limits, false);
    }

    private Limited team(RateLimits limits) {
        return new Limited(Scope.TEAM, own, limits, false);
    }

    private Ask ask(long tokens, Limited... holders) {
        return new Ask("r" + requests++ + own, List.of(holders), tokens);
    }

    private Verdict admit(Ask ask) throws Exception {
        RateStore store = store();
        return on(() -> store.admit(ask));
    }

    private void settle(Ask ask, Verdict verdict, long requests, long tokens) throws Exception {
        RateStore store = store();
        on(() -> {
            store.settle(new Settlement(
                    ask.request(), ask.holders(), verdict.counted().at(), requests, tokens));
            return store.look(ask.holders());
        });
    }

    private Use used(Limited holder) throws Exception {
        RateStore store = store();
        return on(() -> store.look(List.of(holder))).used().getFirst();
    }

    @Test
    void shouldLetInExactlyAsManyAsTheLimit() throws Exception {
        Limited key = key(new RateLimits(100, 0, 0, 0, 0, 0));
        RateStore one = store();
        RateStore two = store();
        List<Future<Verdict>> asked = new ArrayList<>();

        on(() -> {
            for (int i = 0; i < 150; i++) {
                asked.add((i % 2 == 0 ? one : two).admit(ask(1, key)));
            }
            return Future.join(asked);
        });

        assertThat(asked.stream().filter(each -> each.result() instanceof Passed))
                .hasSize(100);
        assertThat(used(key).requestsPerMinute()).isEqualTo(100);
    }

    @Test
    void shouldTellWhatIsCountedOfEachHolder() throws Exception {
        Limited key = key(new RateLimits(10, 1_000, 20, 0, 3, 0));
        Limited team = team(new RateLimits(0, 0, 0, 5_000, 0, 0));

        Verdict verdict = admit(ask(70, key, team));

        assertThat(verdict).isInstanceOf(Passed.class);
        assertThat(verdict.counted().used()).containsExactly(new Use(1, 70, 1, 0, 1), new Use(0, 0, 0, 70, 0));
        assertThat(used(key)).isEqualTo(new Use(1, 70, 1, 0, 1));
    }

    @Test
    void shouldCountNobodyWhereOneHasNoRoom() throws Exception {
        Limited key = key(new RateLimits(10, 0, 0, 0, 4, 0));
        Limited team = team(new RateLimits(0, 100, 0, 0, 0, 0));
        admit(ask(60, key, team));

        Verdict verdict = admit(ask(60, key, team));

        assertThat(verdict).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.holder()).isEqualTo(team);
            assertThat(refused.kind()).isEqualTo(RateKind.TOKENS_PER_MINUTE);
            assertThat(refused.waitMillis()).isBetween(55_000L, 61_000L);
        });
        assertThat(used(key)).isEqualTo(new Use(1, 0, 0, 0, 1));
        assertThat(used(team)).isEqualTo(new Use(0, 60, 0, 0, 0));
    }

    @Test
    void shouldHaveRoomAgainWhenItSaid() throws Exception {
        Limited key = key(new RateLimits(2, 0, 0, 0, 0, 0));
        admit(ask(1, key));
        later(30_000);
        admit(ask(1, key));
        Refused refused = (Refused) admit(ask(1, key));

        later(refused.waitMillis() - 5_000);
        Verdict early = admit(ask(1, key));
        later(5_000);
        Verdict then = admit(ask(1, key));

        assertThat(refused.waitMillis()).isBetween(25_000L, 31_000L);
        assertThat(early).isInstanceOf(Refused.class);
        assertThat(then).isInstanceOf(Passed.class);
        assertThat(admit(ask(1, key))).isInstanceOf(Refused.class);
    }

    @Test
    void shouldForgetAnHourInItsMinutes() throws Exception {
        Limited key = key(new RateLimits(0, 0, 3, 0, 0, 0));
        admit(ask(1, key));
        later(59 * 60_000L);
        admit(ask(1, key));
        admit(ask(1, key));
        Verdict full = admit(ask(1, key));

        later(2 * 60_000L);

        assertThat(full).isInstanceOf(Refused.class);
        assertThat(used(key).requestsPerHour()).isEqualTo(2);
        assertThat(admit(ask(1, key))).isInstanceOf(Passed.class);
    }

    @Test
    void shouldForgetAllAfterALongSilence() throws Exception {
        Limited key = key(new RateLimits(3, 30, 0, 0, 0, 0));
        admit(ask(10, key));

        later(3_600_000);

        assertThat(used(key)).isEqualTo(new Use(0, 0, 0, 0, 0));
        assertThat(admit(ask(10, key)).counted().used()).containsExactly(new Use(1, 10, 0, 0, 0));
    }

    @Test
    void shouldCorrectWhatWasExpected() throws Exception {
        Limited key = key(new RateLimits(5, 100, 0, 1_000, 0, 0));
        Ask ask = ask(90, key);
        Verdict verdict = admit(ask);

        settle(ask, verdict, 0, -80);

        assertThat(used(key)).isEqualTo(new Use(1, 10, 0, 10, 0));
    }

    @Test
    void shouldTakeBackWhatWasNotTaken() throws Exception {
        Limited key = key(new RateLimits(5, 100, 5, 0, 1, 0));
        Ask ask = ask(90, key);
        Verdict verdict = admit(ask);

        settle(ask, verdict, -1, -90);

        assertThat(used(key)).isEqualTo(new Use(0, 0, 0, 0, 0));
        assertThat(admit(ask(90, key))).isInstanceOf(Passed.class);
    }

    @Test
    void shouldNotCorrectWhatHasLeftTheWindow() throws Exception {
        Limited key = key(new RateLimits(0, 100, 0, 0, 0, 0));
        Ask ask = ask(90, key);
        Verdict verdict = admit(ask);
        later(61_000); // its part's place is the new one's
        admit(ask(50, key));

        settle(ask, verdict, 0, -80);

        assertThat(used(key).tokensPerMinute()).isEqualTo(50);
    }

    /** As where what was counted was forgotten meanwhile: less than nothing would let more in than the limit. */
    @Test
    void shouldCorrectToNoLessThanNothing() throws Exception {
        Limited key = key(new RateLimits(0, 100, 0, 0, 0, 0));
        Ask ask = ask(50, key);
        Verdict verdict = admit(ask);

        settle(ask, verdict, 0, -80);

        assertThat(used(key).tokensPerMinute()).isZero();
        assertThat(admit(ask(101, key))).isInstanceOf(Refused.class);
    }

    @Test
    void shouldForgetEachPartOnce() throws Exception {
        Limited key = key(new RateLimits(2, 0, 0, 0, 0, 0));
        admit(ask(1, key));
        later(40_000);
        admit(ask(1, key));
        later(40_000);
        admit(ask(1, key));

        later(50_000);

        assertThat(used(key).requestsPerMinute()).isEqualTo(1);
        assertThat(admit(ask(1, key))).isInstanceOf(Passed.class);
        assertThat(admit(ask(1, key))).isInstanceOf(Refused.class);
    }

    @Test
    void shouldForgetNothingWithinTheWindowHoweverSilentItIs() throws Exception {
        Limited key = key(new RateLimits(1, 0, 0, 0, 0, 0));
        admit(ask(1, key));

        later(59_900);

        assertThat(admit(ask(1, key))).isInstanceOf(Refused.class);
    }

    @Test
    void shouldLetInAsManyAtOnceAsAreAllowed() throws Exception {
        Limited key = key(new RateLimits(0, 0, 0, 0, 2, 0));
        Ask first = ask(1, key);
        Verdict passed = admit(first);
        admit(ask(1, key));

        Verdict third = admit(ask(1, key));
        settle(first, passed, 0, 0);
        Verdict fourth = admit(ask(1, key));

        assertThat(third)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(RateKind.PARALLEL));
        assertThat(fourth).isInstanceOf(Passed.class);
    }

    /** Who is told to come at once comes again and again. */
    @Test
    void shouldTellOfTheLimitThatTakesTheLongest() throws Exception {
        Limited key = key(new RateLimits(1, 0, 1, 0, 1, 0));
        Limited team = team(new RateLimits(1, 0, 0, 0, 1, 0));
        admit(ask(1, key, team));

        Verdict second = admit(ask(1, team, key));

        assertThat(second).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(RateKind.REQUESTS_PER_HOUR);
            assertThat(refused.holder()).isEqualTo(key);
        });
    }

    /** As where another server of Redis took over. */
    @Test
    void shouldForgetNothingTooSoonWhereTheClockGoesBack() throws Exception {
        Limited key = key(new RateLimits(2, 0, 0, 0, 0, 0));
        later(20_000);
        admit(ask(1, key));

        later(-20_000);
        Verdict second = admit(ask(1, key));
        Verdict third = admit(ask(1, key));
        later(62_000);
        long used = used(key).requestsPerMinute();
        later(21_000);

        assertThat(second).isInstanceOf(Passed.class);
        assertThat(third).isInstanceOf(Refused.class);
        assertThat(used).isEqualTo(2);
        assertThat(used(key).requestsPerMinute()).isZero();
    }

    @Test
    void shouldFreeAPlaceThatNobodyRenews() throws Exception {
        Limited key = key(new RateLimits(0, 0, 0, 0, 1, 0));
        Ask first = ask(1, key);
        admit(first);
        later(RateStore.LEASE_MILLIS - 5_000);
        RateStore store = store();
        on(() -> {
            store.renew(List.of(first));
            return store.look(List.of(key));
        });

        later(10_000);
        Verdict renewed = admit(ask(1, key));
        later(RateStore.LEASE_MILLIS);
        Verdict left = admit(ask(1, key));

        assertThat(renewed).isInstanceOf(Refused.class);
        assertThat(left).isInstanceOf(Passed.class);
    }

    @Test
    void shouldTellEachOfThoseThatAskTogetherWhatWasCountedWithIt() throws Exception {
        Limited key = key(new RateLimits(10, 1_000, 0, 2_000, 5, 0));
        Limited team = team(new RateLimits(0, 0, 9, 0, 0, 0));
        admit(ask(7, key, team));
        RateStore store = store();
        List<Future<Verdict>> asked = new ArrayList<>();

        on(() -> {
            asked.add(store.admit(ask(70, key, team)));
            asked.add(store.admit(ask(0, key, team)));
            asked.add(store.admit(ask(30, key)));
            asked.add(store.admit(ask(200, key, team)));
            return Future.join(asked);
        });

        assertThat(asked.get(0).result().counted().used())
                .containsExactly(new Use(2, 77, 0, 77, 2), new Use(0, 0, 2, 0, 0));
        assertThat(asked.get(1).result().counted().used())
                .containsExactly(new Use(3, 77, 0, 77, 3), new Use(0, 0, 3, 0, 0));
        assertThat(used(key)).isEqualTo(new Use(5, 307, 0, 307, 5));
        assertThat(used(team)).isEqualTo(new Use(0, 0, 4, 0, 0));
    }

    @Test
    void shouldLetInThoseThatHaveRoomWhereNotAllThatAskTogetherHave() throws Exception {
        Limited key = key(new RateLimits(0, 100, 0, 0, 3, 0));
        RateStore store = store();
        List<Future<Verdict>> asked = new ArrayList<>();

        on(() -> {
            for (long tokens : List.of(40, 70, 50, 0, 10)) {
                asked.add(store.admit(ask(tokens, key)));
            }
            return Future.join(asked);
        });

        assertThat(asked.stream().map(each -> each.result() instanceof Passed))
                .containsExactly(true, false, true, true, false);
        assertThat(asked.get(1).result())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(RateKind.TOKENS_PER_MINUTE));
        assertThat(asked.get(4).result())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(RateKind.PARALLEL));
        assertThat(asked.get(2).result().counted().used()).containsExactly(new Use(0, 90, 0, 0, 2));
        assertThat(used(key)).isEqualTo(new Use(0, 90, 0, 0, 3));
    }

    @Test
    void shouldCorrectWhenEachWasCountedOfThoseThatEndTogether() throws Exception {
        Limited key = key(new RateLimits(0, 1_000, 0, 0, 3, 0));
        Ask old = ask(100, key);
        Verdict first = admit(old);
        later(30_000);
        Ask mid = ask(200, key);
        Ask late = ask(300, key);
        Verdict second = admit(mid);
        Verdict third = admit(late);
        RateStore store = store();

        on(() -> {
            store.settle(
                    new Settlement(old.request(), old.holders(), first.counted().at(), 0, -90));
            store.settle(new Settlement(
                    mid.request(), mid.holders(), second.counted().at(), -1, -200));
            store.settle(new Settlement(
                    late.request(), late.holders(), third.counted().at(), 0, 20));
            return store.look(List.of(key));
        });
        Use all = used(key);
        later(31_500); // the first part is gone, the other is not

        assertThat(all).isEqualTo(new Use(0, 330, 0, 0, 0));
        assertThat(used(key)).isEqualTo(new Use(0, 320, 0, 0, 0));
    }

    @Test
    void shouldNotKeepAPlaceThatIsRenewedAndGivenBackTogether() throws Exception {
        Limited key = key(new RateLimits(0, 0, 0, 0, 1, 0));
        Ask ask = ask(1, key);
        Verdict verdict = admit(ask);
        RateStore store = store();
        List<Future<Verdict>> next = new ArrayList<>();

        on(() -> {
            store.renew(List.of(ask));
            store.settle(new Settlement(
                    ask.request(), ask.holders(), verdict.counted().at(), 0, 0));
            next.add(store.admit(ask(1, key)));
            return next.getFirst();
        });

        assertThat(next.getFirst().result()).isInstanceOf(Passed.class);
        assertThat(used(key).parallel()).isEqualTo(1);
    }

    /** Whatever is asked together: who passed is counted, and who did not would have no room among them. */
    @Test
    void shouldCountAllThatPassAndRefuseOnlyWhomThereIsNoRoomFor() throws Exception {
        Random random = new Random(20_261);
        Limited key = key(new RateLimits(60, 4_000, 70, 5_000, 9, 0));
        Limited other = new Limited(Scope.KEY, "other" + own, new RateLimits(0, 900, 0, 0, 7, 0), false);
        Limited team = team(new RateLimits(0, 3_000, 50, 0, 0, 0));
        List<List<Limited>> holders = List.of(List.of(key), List.of(key, team), List.of(other, team), List.of(other));
        Map<Limited, long[]> sums = new HashMap<>();
        List.of(key, other, team).forEach(holder -> sums.put(holder, new long[3]));
        Map<Ask, Verdict> open = new LinkedHashMap<>();
        RateStore store = store();
        int refusals = 0;

        for (int round = 0; round < 60; round++) {
            Map<Ask, Future<Verdict>> asked = new LinkedHashMap<>();
            on(() -> {
                for (Ask ask : List.copyOf(open.keySet())) {
                    if (random.nextInt(3) == 0) {
                        long requests = random.nextInt(4) == 0 ? -1 : 0;
                        long tokens = requests < 0 ? -ask.tokens() : random.nextLong(-ask.tokens(), 40);
                        Verdict verdict = open.remove(ask);
                        store.settle(new Settlement(
                                ask.request(), ask.holders(), verdict.counted().at(), requests, tokens));
                        add(sums, ask, requests, tokens, -1);
                    }
                }
                for (int i = random.nextInt(1, 9); i > 0; i--) {
                    Ask ask = ask(
                            random.nextInt(1, 200),
                            holders.get(random.nextInt(4)).toArray(Limited[]::new));
                    asked.put(ask, store.admit(ask));
                }
                return Future.join(List.copyOf(asked.values()));
            });
            asked.forEach((ask, verdict) -> {
                if (verdict.result() instanceof Passed passed) {
                    open.put(ask, passed);
                    add(sums, ask, 1, ask.tokens(), 1);
                }
            });
            for (Map.Entry<Ask, Future<Verdict>> each : asked.entrySet()) {
                if (each.getValue().result() instanceof Refused refused) {
                    refusals++;
                    long more = refused.kind().countsTokens() ? each.getKey().tokens() : 1;
                    assertThat(expected(sums, refused.holder()).of(refused.kind()) + more)
                            .isGreaterThan(refused.kind().of(refused.holder().limits()));
                }
            }
            for (Limited holder : sums.keySet()) {
                assertThat(used(holder)).as("round " + round).isEqualTo(expected(sums, holder));
            }
        }

        assertThat(refusals).isBetween(20, 300);
    }

    private static void add(Map<Limited, long[]> sums, Ask ask, long requests, long tokens, long places) {
        for (Limited holder : ask.holders()) {
            sums.get(holder)[0] += requests;
            sums.get(holder)[1] += tokens;
            sums.get(holder)[2] += places;
        }
    }

    private static Use expected(Map<Limited, long[]> sums, Limited holder) {
        long[] sum = sums.get(holder);
        return Use.of(kind ->
                kind.of(holder.limits()) == 0 ? 0 : sum[kind.countsRequests() ? 0 : kind.countsTokens() ? 1 : 2]);
    }

    private Ask once(String attempt, String plan, long tokens, Limited... holders) {
        return new Ask(
                attempt + own,
                List.of(holders),
                tokens,
                new RateStore.Once(System.currentTimeMillis() + 600_000, plan));
    }

    private void settleOnce(Ask ask, Verdict verdict, long requests, long tokens) throws Exception {
        RateStore store = store();
        on(() -> {
            store.settle(new Settlement(
                    ask.request(), ask.holders(), verdict.counted().at(), requests, tokens, true));
            return store.look(ask.holders());
        });
    }

    @Test
    void shouldCountAnAttemptOnceHoweverOftenItIsAsked() throws Exception {
        Limited key = key(new RateLimits(1, 100, 0, 0, 1, 0));
        Passed first = (Passed) admit(once("a", "d_1 acme", 60, key));
        later(3_000);

        Verdict again = admit(once("a", "d_1 acme", 60, key));

        assertThat(again).isInstanceOfSatisfying(Passed.class, passed -> {
            assertThat(passed.at()).isEqualTo(first.at());
            assertThat(passed.plan()).isEqualTo("d_1 acme");
        });
        assertThat(used(key)).isEqualTo(new Use(1, 60, 0, 0, 1));
        assertThat(admit(once("b", "d_1 acme", 1, key))).isInstanceOf(Refused.class);
    }

    @Test
    void shouldTellWhereAnAttemptWentFirstAndCountItNowhereElse() throws Exception {
        Limited key = key(new RateLimits(5, 0, 0, 0, 5, 0));
        Limited team = team(new RateLimits(5, 0, 0, 0, 5, 0));
        admit(once("a", "d_1 acme", 1, key));

        Verdict elsewhere = admit(once("a", "d_2 other", 1, team));

        assertThat(elsewhere)
                .isInstanceOfSatisfying(
                        Passed.class, passed -> assertThat(passed.plan()).isEqualTo("d_1 acme"));
        assertThat(used(team)).isEqualTo(new Use(0, 0, 0, 0, 0));
    }

    @Test
    void shouldSettleAnAttemptOnce() throws Exception {
        Limited key = key(new RateLimits(5, 100, 0, 0, 1, 0));
        Ask ask = once("a", "d_1 acme", 60, key);
        Verdict verdict = admit(ask);
        settleOnce(ask, verdict, 0, -50);

        settleOnce(ask, verdict, -1, -60);

        assertThat(used(key)).isEqualTo(new Use(1, 10, 0, 0, 0));
        assertThat(admit(ask)).isInstanceOf(Passed.class);
        assertThat(used(key)).isEqualTo(new Use(1, 10, 0, 0, 0));
    }

    @Test
    void shouldCountAnewWhatWasTakenBack() throws Exception {
        Limited key = key(new RateLimits(5, 100, 0, 0, 1, 0));
        Ask ask = once("a", "d_1 acme", 60, key);
        settleOnce(ask, admit(ask), -1, -60);
        Use between = used(key);

        Verdict anew = admit(once("a", "d_2 other", 30, key));

        assertThat(between).isEqualTo(new Use(0, 0, 0, 0, 0));
        assertThat(anew)
                .isInstanceOfSatisfying(
                        Passed.class, passed -> assertThat(passed.plan()).isEqualTo("d_2 other"));
        assertThat(used(key)).isEqualTo(new Use(1, 30, 0, 0, 1));
    }

    @Test
    void shouldNotKeepAPlaceOfWhatIsSettled() throws Exception {
        Limited key = key(new RateLimits(0, 0, 0, 0, 1, 0));
        Ask ask = once("a", "d_1 acme", 1, key);
        settleOnce(ask, admit(ask), 0, 0);
        RateStore store = store();

        on(() -> {
            store.renew(List.of(ask));
            return store.look(List.of(key));
        });

        assertThat(used(key).parallel()).isZero();
    }

    @Test
    void shouldNotGiveAPlaceTwiceThatWasLost() throws Exception {
        Limited key = key(new RateLimits(0, 0, 0, 0, 1, 0));
        admit(once("a", "d_1 acme", 1, key));
        later(RateStore.FIRST_LEASE_MILLIS - 5_000);
        Verdict early = admit(once("b", "d_1 acme", 1, key));
        later(6_000);
        Verdict free = admit(once("b", "d_1 acme", 1, key));

        Verdict again = admit(once("a", "d_1 acme", 1, key));

        assertThat(early).isInstanceOf(Refused.class);
        assertThat(free).isInstanceOf(Passed.class);
        assertThat(again).isInstanceOf(Refused.class);
        assertThat(used(key).parallel()).isEqualTo(1);
    }
}
