package dev.laneway.provider.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestDraft;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SharedClaimsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final long NOW = 1_795_000_000_000L;
    private static final Remains.Unknown NOTHING = new Remains.Unknown(0);

    private final RememberedClaims store = new RememberedClaims();
    private volatile Remains inTheLog = NOTHING;
    private volatile boolean ours = true;
    private int readings;
    private final SharedClaims first = claims("w1");
    private final SharedClaims second = claims("w2");

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private SharedClaims claims(String incarnation) {
        return new SharedClaims(
                VERTX,
                new InProcessClaims(100),
                store.of(incarnation),
                taken -> ours ? Future.succeededFuture() : Future.failedFuture("moved"),
                (taken, since) -> {
                    readings++;
                    return Future.succeededFuture(inTheLog);
                },
                () -> NOW);
    }

    private static Attempt attempt() {
        return attempt("req_1");
    }

    private static Attempt attempt(String request) {
        return attempt(RequestFixture.request().id(request));
    }

    private static Attempt attempt(RequestDraft draft) {
        Request request = draft.owner("master")
                .route("smart")
                .lane("premium")
                .acceptedAt(NOW)
                .deadline(NOW + 60_000)
                .build();
        Plan plan = Plan.untried("v1", List.of(new Hop("group", List.of("d_1"))), 2, true);
        return new Attempt(request, plan, 0, 0, "d_1", "acme", 0, NOW);
    }

    private static Taken<Attempt> fresh() {
        return new Taken<>(attempt(), "lw.cloud.attempts.acme.premium.interactive", 0, 7, NOW, new byte[0]);
    }

    private static Taken<Attempt> again(String before) {
        return new Taken<>(
                attempt(), "lw.cloud.attempts.acme.premium.interactive", 0, 7, NOW, before, false, new byte[0]);
    }

    private static <T> T get(Supplier<Future<T>> step) {
        Future<T> future = step.get();
        await().atMost(Duration.ofSeconds(20)).until(future::isComplete);
        return future.result();
    }

    private static <T> Throwable failure(Supplier<Future<T>> step) {
        Future<T> future = step.get();
        await().atMost(Duration.ofSeconds(20)).until(future::isComplete);
        return future.cause();
    }

    @Test
    void shouldAskTheStoreOnceForAFreshAttempt() {
        get(() -> first.claim(fresh()));

        get(() -> first.markSent(fresh()));

        assertThat(store.questions).isEqualTo(1);
        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.SENT);
    }

    @Test
    void shouldGrantAnAttemptToOneOfTwo() {
        get(() -> first.claim(fresh()));
        get(() -> second.claim(fresh()));
        get(() -> first.markSent(fresh()));

        Throwable refused = failure(() -> second.markSent(fresh()));

        assertThat(refused).isInstanceOf(NotGrantedException.class);
    }

    @Test
    void shouldGrantNothingOfAPartitionThatHasMoved() {
        get(() -> first.claim(fresh()));
        ours = false;

        Throwable refused = failure(() -> first.markSent(fresh()));

        assertThat(refused).isNotNull();
        assertThat(store.entries).isEmpty();
    }

    @Test
    void shouldGrantWhatADeadWorkerDidNotSend() {
        assertThat(get(() -> second.claim(again("e1")))).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void shouldWaitForALiveHolder() {
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));

        Claim claim = get(() -> second.claim(again("e1")));

        assertThat(claim).isInstanceOfSatisfying(Claim.Held.class, held -> {
            assertThat(held.settled().isComplete()).isFalse();
            first.settled(fresh());
            await().atMost(Duration.ofSeconds(20)).until(held.settled()::succeeded);
        });
    }

    @Test
    void shouldClaimAgainWhenTheHolderDies() {
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));
        Claim.Held held = (Claim.Held) get(() -> second.claim(again("e1")));
        store.alive.remove("w1");
        await().atMost(Duration.ofSeconds(20)).until(held.settled()::failed);

        Claim claim = get(() -> second.claim(again("e1")));

        assertThat(claim).isEqualTo(new Claim.Orphaned(NOTHING));
        assertThat(store.entries.get("req_1:0:0")).isEqualTo(new ClaimStore.Entry(ClaimStore.State.UNKNOWN, "w2", NOW));
    }

    @Test
    void shouldFindTheOutcomeOfADeadHolderInTheLog() {
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));
        store.alive.remove("w1");
        inTheLog = new Remains.Told();

        Claim claim = get(() -> second.claim(again("e1")));

        assertThat(claim)
                .isInstanceOfSatisfying(
                        Claim.Held.class,
                        held -> assertThat(held.settled().succeeded()).isTrue());
    }

    @Test
    void shouldNotCallWhatAStoreThatForgotMayHaveKnown() {
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));
        store.forget("e2");

        Claim claim = get(() -> second.claim(again("e1")));

        assertThat(claim).isEqualTo(new Claim.Orphaned(NOTHING));
    }

    /** The worker before this one had the right to it when it asked, and was heard only after this one had looked. */
    @Test
    void shouldLookAgainForWhatNobodyHadBegunInAStoreThatForgotSince() {
        get(() -> second.claim(again("e1")));
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));
        store.forget("e2");

        Throwable refused = failure(() -> second.markSent(again("e1")));

        assertThat(refused).isInstanceOf(NotGrantedException.class);
        second.release(again("e1"));
        assertThat(get(() -> second.claim(again("e1")))).isEqualTo(new Claim.Orphaned(NOTHING));
    }

    @Test
    void shouldLookAgainForWhatNobodyHadBegunInAStoreThatIsAwaySince() {
        get(() -> second.claim(again("e1")));
        store.away = true;

        Throwable refused = failure(() -> second.markSent(again("e1")));

        assertThat(refused).isInstanceOf(NotGrantedException.class);
    }

    @Test
    void shouldTellANewEpochWhatIsUnderWay() {
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));
        store.forget("e2");

        first.epochChanged();

        assertThat(get(() -> second.claim(again("e1")))).isInstanceOf(Claim.Held.class);
    }

    @Test
    void shouldGoOnWithoutTheStore() {
        store.away = true;
        get(() -> first.claim(fresh()));

        Future<Void> sent = first.markSent(fresh());

        assertThat(sent.succeeded()).isTrue();
    }

    @Test
    void shouldNotCallAgainWhatWasBegunWithoutTheStore() {
        assertThat(get(() -> second.claim(again("none")))).isEqualTo(new Claim.Orphaned(NOTHING));
    }

    @Test
    void shouldCallWhatMayHaveBeenPublishedTwiceWhereTheLogHasNoOutcome() {
        Taken<Attempt> twice = new Taken<>(
                attempt().perhapsAgain("e1"), "lw.cloud.attempts.acme.premium.interactive", 0, 9, NOW, new byte[0]);

        assertThat(get(() -> first.claim(twice))).isInstanceOf(Claim.Granted.class);
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void shouldSettleWithTheStoreBackWhatEndedWhileItWasAway() {
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));
        store.away = true;
        first.settled(fresh());
        store.away = false;

        first.epochChanged();

        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.SETTLED);
        assertThat(first.underWay()).isZero();
    }

    @Test
    void shouldKnowThatItIsStale() {
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));
        store.alive.remove("w1");
        get(() -> second.claim(again("e1")));

        assertThat(first.sure()).isFalse();
        assertThat(get(() -> first.stillOurs(fresh()))).isFalse();
    }

    /** Its claim would stay otherwise, of a worker that lives and does not call. */
    @Test
    void shouldAskAgainWhereTheGrantOfAnUncountedCallIsLost() {
        store.budgetsAway = true;
        store.losesGrant = true;
        Taken<Attempt> taken = held(true);
        get(() -> first.claim(taken));

        Throwable refused = failure(() -> first.markSent(taken));

        assertThat(refused).isNull();
        assertThat(first.underWay()).isEqualTo(1);
    }

    @Test
    void shouldNotBeginWhatIsClosedWhereNobodyKnowsWhatIsSpent() {
        store.budgetsAway = true;
        Taken<Attempt> taken = held(false);
        get(() -> first.claim(taken));

        Throwable refused = failure(() -> first.markSent(taken));

        assertThat(refused).isInstanceOf(UnpaidException.class);
        assertThat(store.entries).isEmpty();
    }

    private static Taken<Attempt> held(boolean open) {
        Taken<Attempt> plain = fresh();
        return new Taken<>(
                attempt().holding(new Hold(Money.ofNanos(5), 0, List.of(), open)),
                plain.topic(),
                plain.partition(),
                plain.offset(),
                plain.timestamp(),
                plain.value());
    }

    @Test
    void shouldForgetWhatWasMarkedAndNotSent() {
        get(() -> first.claim(fresh()));
        get(() -> first.markSent(fresh()));

        first.withdraw(fresh());

        assertThat(store.entries).isEmpty();
    }

    @Test
    void shouldSettleAClaimWhoseGrantWasLostOnItsWay() {
        store.mute = true; // it hears, and its answers don't arrive
        get(() -> first.markSent(fresh()));
        store.mute = false;
        store.away = true;
        first.settled(fresh());
        store.away = false;

        first.epochChanged();

        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.SETTLED);
        assertThat(first.underWay()).isZero();
    }

    @Test
    void shouldWithdrawWithTheStoreBackWhatWasNotSentWhileItWasAway() {
        get(() -> first.markSent(fresh()));
        store.away = true;
        first.withdraw(fresh());
        store.away = false;

        first.epochChanged();

        assertThat(store.entries).isEmpty();
        assertThat(first.underWay()).isZero();
    }

    /** What would be held for it counts in full until a fact settles it, and there is none of what was not called. */
    @Test
    void shouldTakeBackAGrantThatNobodyHeard() {
        Hold closed = new Hold(Money.ofNanos(10), 7, List.of("key/ada/budget@0-1000/5"), false);
        Taken<Attempt> paid = new Taken<>(
                attempt().holding(closed), "lw.cloud.attempts.acme.premium.interactive", 0, 7, NOW, new byte[0]);
        store.mute = true; // it hears, and its answers don't arrive

        Throwable refused = failure(() -> first.markSent(paid));

        assertThat(refused).isInstanceOf(UnpaidException.class);
        assertThat(store.entries).isEmpty();
    }

    /** Its client left, and that was told before the store said that it may be sent. */
    @Test
    void shouldTakeBackAGrantThatComesAfterTheOutcome() {
        store.slow = true;
        Future<Void> granted = first.markSent(fresh());
        first.settled(fresh());
        store.slow = false;

        store.answerAll();

        assertThat(granted.cause()).isInstanceOf(NotGrantedException.class);
        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.SETTLED);
        assertThat(store.told).containsExactly("begin", "withdraw", "unspent", "settled");
        assertThat(first.underWay()).isZero();
    }

    @Test
    void shouldNotCallWhatALiveWorkerIsAboutToReturn() {
        get(() -> first.claim(fresh()));
        get(() -> first.mayTell(fresh()));

        Throwable refused = failure(() -> second.markSent(fresh()));

        assertThat(refused).isInstanceOf(NotGrantedException.class);
        assertThat(get(() -> second.claim(again("e1"))))
                .isInstanceOfSatisfying(
                        Claim.Held.class,
                        held -> assertThat(held.settled().isComplete()).isFalse());
    }

    @Test
    void shouldNotCallWhatADeadWorkerReturned() {
        get(() -> first.claim(fresh()));
        get(() -> first.mayTell(fresh()));
        store.alive.remove("w1");
        inTheLog = new Remains.Told();

        Claim claim = get(() -> second.claim(again("e1")));

        assertThat(claim).isInstanceOf(Claim.Held.class);
        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.SETTLED);
    }

    @Test
    void shouldCallWhatADeadWorkerDidNotComeToReturn() {
        get(() -> first.claim(fresh()));
        get(() -> first.mayTell(fresh()));
        store.alive.remove("w1");
        get(() -> second.claim(again("e1")));

        Throwable refused = failure(() -> second.markSent(again("e1")));

        assertThat(refused).isNull();
        assertThat(store.entries.get("req_1:0:0").holder()).isEqualTo("w2");
    }

    /** Somebody called it before: parts of an answer are there. */
    @Test
    void shouldNotCallWhatADeadWorkerReturnedWhereTheLogHasPartOfAnAnswer() {
        get(() -> first.mayTell(fresh()));
        store.alive.remove("w1");
        inTheLog = new Remains.Unknown(2);

        Claim claim = get(() -> second.claim(again("e1")));

        assertThat(claim).isEqualTo(new Claim.Orphaned(inTheLog));
    }

    @Test
    void shouldNotReturnWhatAnotherWorkerCalls() {
        get(() -> second.claim(fresh()));
        get(() -> second.markSent(fresh()));

        Throwable theirs = failure(() -> first.mayTell(fresh()));

        assertThat(theirs).isInstanceOf(NotGrantedException.class);
        assertThat(first.underWay()).isZero();
        assertThat(get(() -> first.claim(fresh()))).isInstanceOf(Claim.Held.class);
    }

    /** Its client leaves while the grant is on its way. */
    @Test
    void shouldNotSendWhatItIsAboutToReturn() {
        store.slow = true;
        Future<Void> granted = first.markSent(fresh());
        Future<Void> telling = first.mayTell(fresh());

        store.answerAll();

        assertThat(granted.cause()).isInstanceOf(NotGrantedException.class);
        assertThat(telling.succeeded()).isTrue();
        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.RETURNING);
    }

    @Test
    void shouldReturnWithoutTheStore() {
        store.away = true;

        Throwable refused = failure(() -> first.mayTell(fresh()));

        assertThat(refused).isNull();
    }

    @Test
    void shouldTellANewEpochWhatItIsAboutToReturn() {
        get(() -> first.mayTell(fresh()));
        store.forget("e2");

        first.epochChanged();

        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.RETURNING);
        assertThat(first.told()).isEqualTo("e2");
    }

    @Test
    void shouldForgetWhatItReturned() {
        get(() -> first.claim(fresh()));
        get(() -> first.mayTell(fresh()));

        first.settled(fresh());

        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.SETTLED);
        assertThat(first.underWay()).isZero();
    }

    @Test
    void shouldKeepSomeOfWhatEndsUncalledWhileTheStoreIsAway() {
        store.away = true;

        for (int i = 0; i < 50_000; i++) {
            Taken<Attempt> taken = new Taken<>(
                    attempt("req_" + i), "lw.cloud.attempts.acme.premium.interactive", 0, i, NOW, new byte[0]);
            first.mayTell(taken);
            first.settled(taken);
        }

        assertThat(first.underWay()).isBetween(1_000, 30_000);
    }

    @Test
    void shouldNotWithdrawWhatWasBegunAgainMeanwhile() {
        get(() -> first.markSent(fresh()));
        store.away = true;
        first.withdraw(fresh());
        store.away = false;
        get(() -> first.markSent(fresh()));

        first.epochChanged();

        assertThat(store.entries.get("req_1:0:0").state()).isEqualTo(ClaimStore.State.SENT);
        assertThat(first.underWay()).isEqualTo(1);
    }
}
