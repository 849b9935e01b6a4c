package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.provider.claims.ClaimStore;
import dev.laneway.provider.claims.RedisClaimStore;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.money.Ask;
import dev.laneway.runtime.money.Booking;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.RedisBudgetStore;
import dev.laneway.runtime.money.Reserved;
import dev.laneway.runtime.money.Window;
import dev.laneway.runtime.redis.EpochEnd;
import dev.laneway.runtime.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets in a real Redis, and the worker's part in them. */
@ExtendWith(SharedServers.class)
class RedisBudgetStoreIT {
    private static final long HOUR = 3_600_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Meters meters = Meters.create();
    private final long start = System.currentTimeMillis() / HOUR * HOUR;
    private final Window window = window("budget", start, 1_000);
    private Redis redis;
    private String url;
    private RedisLink link;
    private RedisBudgetStore store;
    private ClaimStore claims;

    @BeforeEach
    void open(SharedServers servers) throws Exception {
        url = servers.endpoints().redisUrl();
        redis = Redis.createClient(vertx, url);
        redis.send(Request.cmd(Command.FLUSHALL)).await(20, TimeUnit.SECONDS);
        link = on(() -> {
            RedisLink opened = RedisLink.open(vertx, url, "w1", "test", meters);
            return opened.tried().map(opened);
        });
        store = new RedisBudgetStore(context, link);
        claims = new RedisClaimStore(context, link, "w1");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        meters.close();
    }

    private <T> T on(Supplier<Future<T>> step) throws Exception {
        return Future.<T>future(done -> context.runOnContext(v -> step.get().onComplete(done)))
                .await(20, TimeUnit.SECONDS);
    }

    private Window window(String name, long from, long limit) {
        return new Window(Scope.KEY, "team a/1", name, from, from + HOUR, limit);
    }

    private void ready() throws Exception {
        on(() -> store.ready(link.epoch()));
    }

    private void loaded(Window known, long spent) throws Exception {
        ready();
        on(() -> store.load(known, spent, 0));
    }

    private Ask ask(String attempt, long fixed, long tokens, boolean fewer, Window... windows) {
        return new Ask(
                attempt, System.currentTimeMillis() + 60_000, "d_1 acc", fixed, 1, tokens, fewer, List.of(windows));
    }

    private Reserved reserve(Ask ask) throws Exception {
        return on(() -> store.reserve(ask));
    }

    private BudgetStore.State state() throws Exception {
        return on(() -> store.state(window));
    }

    private ClaimStore.Key key(String attempt, long nanos) {
        return new ClaimStore.Key(
                attempt,
                System.currentTimeMillis() + 60_000,
                new Hold(Money.ofNanos(nanos), 0, List.of(window.text()), false));
    }

    private ClaimStore.Begun begin(ClaimStore.Key key) throws Exception {
        return on(() -> claims.begin(key, link.epoch(), System.currentTimeMillis()));
    }

    @Test
    void shouldHoldNothingBeforeAnEpochIsRestored() throws Exception {
        Reserved reserved = reserve(ask("a", 10, 0, false, window));

        assertThat(reserved).isInstanceOf(Reserved.NotReady.class);
    }

    @Test
    void shouldAskForWhatIsNotKnown() throws Exception {
        ready();

        Reserved reserved = reserve(ask("a", 10, 0, false, window));

        assertThat(reserved).isInstanceOf(Reserved.Loading.class);
        assertThat(on(() -> store.wanted(10))).containsExactly(window.text());
    }

    @Test
    void shouldHoldWhatFits() throws Exception {
        loaded(window, 400);

        Reserved reserved = reserve(ask("a", 500, 100, false, window));

        assertThat(reserved).isEqualTo(new Reserved.Held("d_1 acc", 600, 100));
        assertThat(state()).isEqualTo(new BudgetStore.State(400, 600));
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndHoldNothing() throws Exception {
        loaded(window, 401);

        Reserved reserved = reserve(ask("a", 500, 100, false, window));

        assertThat(reserved).isEqualTo(new Reserved.Over(window, 599));
        assertThat(state()).isEqualTo(new BudgetStore.State(401, 0));
    }

    @Test
    void shouldRefuseWhereOneOfSeveralHasNoRoom() throws Exception {
        Window small = window("small", start, 50);
        loaded(window, 0);
        loaded(small, 0);

        Reserved reserved = reserve(ask("a", 60, 0, false, window, small));

        assertThat(reserved).isEqualTo(new Reserved.Over(small, 50));
        assertThat(state()).isEqualTo(new BudgetStore.State(0, 0));
    }

    @Test
    void shouldAnswerAsTheFirstTimeWhereItIsAskedAgain() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 100, 0, false, window));

        Reserved again = reserve(
                new Ask("a", System.currentTimeMillis() + 60_000, "d_2 other", 900, 1, 0, false, List.of(window)));

        assertThat(again).isEqualTo(new Reserved.Held("d_1 acc", 100, 0));
        assertThat(state().held()).isEqualTo(100);
    }

    @Test
    void shouldHoldForFewerTokensWhereTheClientSaidNoNumber() throws Exception {
        loaded(window, 0);

        Reserved reserved = reserve(ask("a", 100, 5_000, true, window));

        assertThat(reserved).isEqualTo(new Reserved.Held("d_1 acc", 1_000, 900));
    }

    @Test
    void shouldNotLowerANumberThatTheClientSaid() throws Exception {
        loaded(window, 0);

        Reserved reserved = reserve(ask("a", 100, 5_000, false, window));

        assertThat(reserved).isInstanceOf(Reserved.Over.class);
    }

    @Test
    void shouldBeginTheNextWindowWithNothingSpent() throws Exception {
        loaded(window, 1_000);

        Reserved next = reserve(ask("a", 900, 0, false, window("budget", start + HOUR, 1_000)));

        assertThat(next).isInstanceOf(Reserved.Held.class);
    }

    @Test
    void shouldNotTakeAnEarlierWindowForUnspent() throws Exception {
        loaded(window, 0);

        Reserved earlier = reserve(ask("a", 1, 0, false, window("budget", start - HOUR, 1_000)));

        assertThat(earlier).isInstanceOf(Reserved.Loading.class);
    }

    @Test
    void shouldFreeWhatIsNotSentByItsDeadline() throws Exception {
        loaded(window, 0);
        reserve(new Ask("a", System.currentTimeMillis() - 1, "p", 1_000, 0, 0, false, List.of(window)));

        Reserved next = reserve(ask("b", 1_000, 0, false, window));

        assertThat(next).isInstanceOf(Reserved.Held.class);
    }

    @Test
    void shouldNeverFreeWhatIsSent() throws Exception {
        loaded(window, 0);
        reserve(new Ask("a", System.currentTimeMillis() - 1, "p", 1_000, 0, 0, false, List.of(window)));
        begin(key("a", 1_000));

        Reserved next = reserve(ask("b", 1, 0, false, window));

        assertThat(next).isInstanceOf(Reserved.Over.class);
    }

    @Test
    void shouldReserveAgainWhatIsGoneWhenItIsSent() throws Exception {
        loaded(window, 0);

        ClaimStore.Begun begun = begin(key("a", 700));

        assertThat(begun).isEqualTo(ClaimStore.Begun.GRANTED);
        assertThat(state().held()).isEqualTo(700);
    }

    @Test
    void shouldNotGrantWhatIsGoneAndDoesNotFitAnyMore() throws Exception {
        loaded(window, 500);

        ClaimStore.Begun begun = begin(key("a", 700));

        assertThat(begun).isEqualTo(ClaimStore.Begun.OVER_BUDGET);
        assertThat(on(() -> claims.look(key("a", 700))).entry()).isNull();
    }

    @Test
    void shouldNotGrantWhereNobodyKnows() throws Exception {
        ClaimStore.Begun begun = begin(key("a", 700));

        assertThat(begun).isEqualTo(ClaimStore.Begun.BUDGETS_AWAY);
    }

    @Test
    void shouldHoldNoMoreThanWasPaid() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));

        on(() -> claims.paid(key("a", 1_000), 300, System.currentTimeMillis()));

        assertThat(state()).isEqualTo(new BudgetStore.State(0, 300));
    }

    @Test
    void shouldCountWhatIsBookedOnce() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));

        on(() -> store.book(List.of(new Booking("a", 300, List.of(window)))));
        on(() -> claims.paid(key("a", 1_000), 300, System.currentTimeMillis()));

        assertThat(state()).isEqualTo(new BudgetStore.State(300, 0));
    }

    @Test
    void shouldFreeWhatWasNotSent() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));

        on(() -> claims.unspent(key("a", 1_000)));

        assertThat(state()).isEqualTo(new BudgetStore.State(0, 0));
    }

    @Test
    void shouldNotFreeWhatWasSent() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));

        on(() -> claims.unspent(key("a", 1_000)));

        assertThat(state().held()).isEqualTo(1_000);
    }

    @Test
    void shouldExpireAgainWhatWasWithdrawn() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));

        on(() -> claims.withdraw(key("a", 1_000)));
        on(() -> claims.unspent(key("a", 1_000)));

        assertThat(state().held()).isZero();
    }

    @Test
    void shouldNotTakeASumWhereSomethingWasBookedMeanwhile() throws Exception {
        loaded(window, 100);
        long before = on(() -> store.bookings(window));
        on(() -> store.book(List.of(new Booking("a", 30, List.of(window)))));

        boolean taken = on(() -> store.load(window, 100, before));

        assertThat(taken).isFalse();
        assertThat(state().spent()).isEqualTo(130);
    }

    @Test
    void shouldTellAgainWhatWasSentInAnotherEpoch() throws Exception {
        on(() -> claims.rewrite(key("a", 700), System.currentTimeMillis()));

        assertThat(state()).isEqualTo(new BudgetStore.State(-1, 700));
    }

    /** As a server that was restarted brings its keys with it, and is another one. */
    @Test
    void shouldTakeNothingOfAnotherEpochForWhatIsSo() throws Exception {
        loaded(window, 1);
        reserve(ask("a", 10, 0, false, window));
        redis.send(Request.cmd(Command.SET).arg("lw:epoch").arg("0000.another")).await(20, TimeUnit.SECONDS);

        assertThat(reserve(ask("a", 10, 0, false, window))).isInstanceOf(Reserved.NotReady.class);
        assertThat(on(() -> store.ready("0000.another"))).isTrue();
        assertThat(reserve(ask("a", 10, 0, false, window))).isInstanceOf(Reserved.Loading.class);
        on(() -> store.tidy());
        assertThat(redis.send(Request.cmd(Command.KEYS).arg("lw:*"))
                        .await(20, TimeUnit.SECONDS)
                        .toString())
                .contains("lw:wanted:another")
                .doesNotContain("lw:hold:", "lw:budget:");
    }

    @Test
    void shouldHoldNothingAfterAnEpochWasEndedByHand() throws Exception {
        loaded(window, 1);

        on(() -> EpochEnd.now(vertx, url));

        assertThat(reserve(ask("a", 10, 0, false, window))).isInstanceOf(Reserved.NotReady.class);
    }

    @Test
    void shouldListWhatWaitsForTheLedger() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 10, 0, false, window));
        reserve(ask("b", 10, 0, false, window));
        begin(key("a", 10));
        long later = System.currentTimeMillis() + 1_000;

        List<BudgetStore.Unbooked> unbooked = on(() -> store.unbooked(later, later, 10));

        assertThat(unbooked).containsExactly(new BudgetStore.Unbooked("a", List.of(window)));
    }

    /** Many attempts at once, in an order that chance gives: what is spent and held never passes the limit, and all comes to an end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldNeverPassTheLimit(long seed) throws Exception {
        Random chance = new Random(seed);
        loaded(window, 0);
        List<String> held = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        long spent = 0;
        for (int i = 0; i < 600; i++) {
            switch (chance.nextInt(4)) {
                case 0 -> {
                    String id = "a" + i;
                    if (reserve(ask(id, 10 + chance.nextInt(40), 0, false, window)) instanceof Reserved.Held) {
                        held.add(id);
                    }
                }
                case 1 -> {
                    if (!held.isEmpty()) {
                        String id = held.remove(chance.nextInt(held.size()));
                        assertThat(begin(key(id, 49))).isEqualTo(ClaimStore.Begun.GRANTED);
                        sent.add(id);
                    }
                }
                case 2 -> {
                    if (!held.isEmpty()) {
                        String id = held.remove(chance.nextInt(held.size()));
                        on(() -> claims.unspent(key(id, 49)));
                    }
                }
                default -> {
                    if (!sent.isEmpty()) {
                        String id = sent.remove(chance.nextInt(sent.size()));
                        long cost = 1 + chance.nextInt(10);
                        if (chance.nextBoolean()) {
                            on(() -> claims.paid(key(id, 49), cost, System.currentTimeMillis()));
                        }
                        on(() -> store.book(List.of(new Booking(id, cost, List.of(window)))));
                        spent += cost;
                    }
                }
            }
            BudgetStore.State now = state();
            assertThat(now.spent()).isEqualTo(spent);
            assertThat(now.spent() + now.held()).isLessThanOrEqualTo(window.limit());
        }
        for (String id : held) {
            on(() -> claims.unspent(key(id, 49)));
        }
        on(() -> store.release(sent));

        assertThat(state().held()).isZero();
        assertThat(on(() -> store.sweep())).isZero();
    }
}
