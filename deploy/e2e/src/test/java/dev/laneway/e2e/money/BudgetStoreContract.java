package dev.laneway.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.provider.claims.ClaimStore;
import dev.laneway.runtime.money.Ask;
import dev.laneway.runtime.money.Booking;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.Reserved;
import dev.laneway.runtime.money.Reserver;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every memory of budgets does, and the worker's part in it: Redis, and the model of it that the simulation runs over. */
abstract class BudgetStoreContract {
    static final long HOUR = 3_600_000;

    private final long start = System.currentTimeMillis() / HOUR * HOUR;
    private final Window window = window("budget", start, 1_000);

    /** Runs a step where the stores are used. */
    abstract <T> T on(Supplier<Future<T>> step) throws Exception;

    abstract Reserver reserver();

    abstract BudgetStore store();

    /** As the worker {@code w1} sees it. */
    abstract ClaimStore claims();

    /** The same memory under another epoch, with all that it held, as a server that was restarted brings it. */
    abstract String anotherEpoch() throws Exception;

    /** The epoch is ended by hand. */
    abstract void endEpoch() throws Exception;

    /** What is spent in a window, -1 where it is not known, and held. */
    abstract State state(Window of) throws Exception;

    /** Whether anything is left of what was reserved or known under another epoch. */
    abstract boolean hasLeftovers() throws Exception;

    record State(long spent, long held) {}

    private Window window(String name, long from, long limit) {
        return new Window(Scope.KEY, "team a/1", name, from, from + HOUR, limit);
    }

    private void ready() throws Exception {
        on(() -> store().ready(claims().epoch()));
    }

    private void loaded(Window known, long spent) throws Exception {
        ready();
        load(known, spent);
    }

    private boolean load(Window known, long spent) throws Exception {
        return on(() -> store().bookings(known).compose(before -> store().load(known, spent, before)));
    }

    private Ask ask(String attempt, long fixed, long tokens, boolean fewer, Window... windows) {
        return new Ask(
                attempt,
                System.currentTimeMillis() + 60_000,
                "d_1 acc",
                fixed,
                1,
                tokens,
                fewer ? 1 : tokens,
                !fewer,
                List.of(windows));
    }

    private Reserved reserve(Ask ask) throws Exception {
        return on(() -> reserver().reserve(ask));
    }

    private State state() throws Exception {
        return state(window);
    }

    private ClaimStore.Key key(String attempt, long nanos) {
        return key(attempt, nanos, window);
    }

    /** Of what workers say about a reservation; 0 as in asks of requests that say their number, and then it is told as it was reserved. */
    long maxTokens() {
        return 0;
    }

    private ClaimStore.Key key(String attempt, long nanos, Window in) {
        return new ClaimStore.Key(
                attempt,
                System.currentTimeMillis() + 60_000,
                new Hold(Money.ofNanos(nanos), maxTokens(), List.of(in.text()), false),
                "d_1 acc");
    }

    private ClaimStore.Begun begin(ClaimStore.Key key) throws Exception {
        return on(() -> claims().begin(key, claims().epoch(), System.currentTimeMillis()));
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
        assertThat(on(() -> store().wanted(10))).containsExactly(window.text());
    }

    @Test
    void shouldHoldWhatFits() throws Exception {
        loaded(window, 400);

        Reserved reserved = reserve(ask("a", 500, 100, false, window));

        assertThat(reserved).isEqualTo(new Reserved.Held("d_1 acc", 600, 100, List.of(window.text())));
        assertThat(state()).isEqualTo(new State(400, 600));
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndHoldNothing() throws Exception {
        loaded(window, 401);

        Reserved reserved = reserve(ask("a", 500, 100, false, window));

        assertThat(reserved).isEqualTo(new Reserved.Over(window, 599, List.of(401L)));
        assertThat(state()).isEqualTo(new State(401, 0));
    }

    @Test
    void shouldRefuseWhereOneOfSeveralHasNoRoom() throws Exception {
        Window small = window("small", start, 50);
        loaded(window, 0);
        loaded(small, 0);

        Reserved reserved = reserve(ask("a", 60, 0, false, window, small));

        assertThat(reserved).isEqualTo(new Reserved.Over(small, 50, List.of(0L, 0L)));
        assertThat(state()).isEqualTo(new State(0, 0));
    }

    @Test
    void shouldTellApartWhatIsSpentAndWhatIsOnlyHeldWhereItRefuses() throws Exception {
        Window other = window("other", start, 900);
        loaded(window, 300);
        loaded(other, 200);
        reserve(ask("a", 600, 0, false, window, other));

        Reserved reserved = reserve(ask("b", 150, 0, false, window, other));

        assertThat(reserved).isEqualTo(new Reserved.Over(window, 100, List.of(300L, 200L)));
    }

    @Test
    void shouldAnswerAsTheFirstTimeWhereItIsAskedAgain() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 100, 0, false, window));

        Reserved again = reserve(
                new Ask("a", System.currentTimeMillis() + 60_000, "d_2 other", 900, 1, 0, 0, false, List.of(window)));

        assertThat(again).isEqualTo(new Reserved.Held("d_1 acc", 100, 0, List.of(window.text())));
        assertThat(state().held()).isEqualTo(100);
    }

    @Test
    void shouldAnswerAgainWithAsManyTokensAsTheClientSaid() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 100, 50, false, window));

        Reserved again = reserve(ask("a", 100, 50, false, window));

        assertThat(again).isEqualTo(new Reserved.Held("d_1 acc", 150, 50, List.of(window.text())));
        assertThat(state().held()).isEqualTo(150);
    }

    @Test
    void shouldAnswerAgainWithAsManyTokensAsItHoldsFor() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 100, 5_000, true, window));

        Reserved again = reserve(ask("a", 100, 400, true, window));

        assertThat(again).isEqualTo(new Reserved.Held("d_1 acc", 1_000, 900, List.of(window.text())));
    }

    @Test
    void shouldHoldForFewerTokensWhereTheClientSaidNoNumber() throws Exception {
        loaded(window, 0);

        Reserved reserved = reserve(ask("a", 100, 5_000, true, window));

        assertThat(reserved).isEqualTo(new Reserved.Held("d_1 acc", 1_000, 900, List.of(window.text())));
    }

    /** A quarter of the room, so that others find some too, but not less than most answers need. */
    @ParameterizedTest
    @CsvSource({"1000, 900", "1124, 1024", "4000, 1024", "4196, 1024", "4200, 1025", "100100, 25000"})
    void shouldLeaveRoomForOthersWhereTheClientSaidNoNumber(long limit, long tokens) throws Exception {
        Window tight = window("tight", start, limit);
        loaded(tight, 0);

        Reserved reserved = reserve(ask("a", 100, 1_000_000, true, tight));

        assertThat(reserved).isEqualTo(new Reserved.Held("d_1 acc", 100 + tokens, tokens, List.of(tight.text())));
    }

    /** With fewer its worker could not ask for a token of each, and would ask for any number. */
    @ParameterizedTest
    @CsvSource({"107, 0", "108, 8", "1000, 900"})
    void shouldHoldATokenOfEachAnswerOrNothing(long limit, long tokens) throws Exception {
        Window tight = window("tight", start, limit);
        loaded(tight, 0);

        Reserved reserved = reserve(
                new Ask("a", System.currentTimeMillis() + 60_000, "d_1 acc", 100, 1, 5_000, 8, false, List.of(tight)));

        if (tokens == 0) {
            assertThat(reserved).isInstanceOf(Reserved.Over.class);
        } else {
            assertThat(reserved).isEqualTo(new Reserved.Held("d_1 acc", 100 + tokens, tokens, List.of(tight.text())));
        }
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

    /** In another epoch something may have been spent in it before. */
    @Test
    void shouldNotTakeAWindowForUnspentThatBeganBeforeTheBudgetWasKnown() throws Exception {
        loaded(window("budget", start - HOUR, 1_000), 0);

        Reserved now = reserve(ask("a", 1, 0, false, window));

        assertThat(now).isInstanceOf(Reserved.Loading.class);
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
        reserve(new Ask("a", System.currentTimeMillis() - 1, "p", 1_000, 0, 0, 0, false, List.of(window)));

        Reserved next = reserve(ask("b", 1_000, 0, false, window));

        assertThat(next).isInstanceOf(Reserved.Held.class);
    }

    @Test
    void shouldNeverFreeWhatIsSent() throws Exception {
        loaded(window, 0);
        reserve(new Ask("a", System.currentTimeMillis() - 1, "p", 1_000, 0, 0, 0, false, List.of(window)));
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
        assertThat(on(() -> claims().look(key("a", 700))).entry()).isNull();
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

        on(() -> claims().paid(key("a", 1_000), 300, System.currentTimeMillis()));

        assertThat(state()).isEqualTo(new State(0, 300));
    }

    /** The second one was taken for dead, and the first one gave its attempt up. */
    @Test
    void shouldHoldTheMostOfWhatTwoSayThatWasPaid() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));
        on(() -> claims().paid(key("a", 1_000), 300, System.currentTimeMillis()));

        on(() -> claims().paid(key("a", 1_000), 200, System.currentTimeMillis()));

        assertThat(state()).isEqualTo(new State(0, 300));
    }

    @Test
    void shouldCountWhatIsBookedOnce() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));

        on(() -> store().book(List.of(new Booking("a", 300, List.of(window)))));
        on(() -> claims().paid(key("a", 1_000), 300, System.currentTimeMillis()));

        assertThat(state()).isEqualTo(new State(300, 0));
    }

    /** The booking of the row that it corrects may have been lost. */
    @Test
    void shouldHoldOnWhereACorrectionIsBooked() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));

        on(() -> store().book(List.of(new Booking("a", 300, List.of(window), true))));

        assertThat(state()).isEqualTo(new State(300, 1_000));
    }

    /** The sum that is there may have it already. */
    @Test
    void shouldAskForASumWhereLessIsSpentThanWasThought() throws Exception {
        loaded(window, 500);

        on(() -> store().book(List.of(new Booking("a", -300, List.of(window), true))));

        assertThat(state().spent()).isEqualTo(500);
        assertThat(on(() -> store().wanted(10))).containsExactly(window.text());
    }

    @Test
    void shouldFreeWhatWasNotSent() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));

        on(() -> claims().unspent(key("a", 1_000)));

        assertThat(state()).isEqualTo(new State(0, 0));
    }

    @Test
    void shouldNotFreeWhatWasSent() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));

        on(() -> claims().unspent(key("a", 1_000)));

        assertThat(state().held()).isEqualTo(1_000);
    }

    @Test
    void shouldExpireAgainWhatWasWithdrawn() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));

        on(() -> claims().withdraw(key("a", 1_000)));
        on(() -> claims().unspent(key("a", 1_000)));

        assertThat(state().held()).isZero();
    }

    @Test
    void shouldFreeWhatIsReturnedAfterItWasMarkedSent() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));
        on(() -> claims().returning(key("a", 1_000), System.currentTimeMillis()));

        on(() -> claims().unspent(key("a", 1_000)));

        assertThat(state().held()).isZero();
    }

    @Test
    void shouldHoldNothingForWhatIsReturned() throws Exception {
        loaded(window, 0);
        on(() -> claims().returning(key("a", 1_000), System.currentTimeMillis()));

        ClaimStore.Begun begun = begin(key("a", 1_000));

        assertThat(begun).isEqualTo(ClaimStore.Begun.TAKEN);
        assertThat(state().held()).isZero();
    }

    @Test
    void shouldMarkSentWhatADeadWorkerDidNotComeToReturn() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 1_000, 0, false, window));
        begin(key("a", 1_000));
        on(() -> claims().returning(key("a", 1_000), 7));
        on(() -> claims().forget(
                        key("a", 1_000), new ClaimStore.Entry(ClaimStore.State.RETURNING, claims().incarnation(), 7)));

        begin(key("a", 1_000));
        on(() -> claims().unspent(key("a", 1_000)));

        assertThat(state().held()).isEqualTo(1_000);
    }

    @Test
    void shouldNotTakeASumWhereSomethingWasBookedMeanwhile() throws Exception {
        loaded(window, 100);
        String before = on(() -> store().bookings(window));
        on(() -> store().book(List.of(new Booking("a", 30, List.of(window)))));

        boolean taken = on(() -> store().load(window, 100, before));

        assertThat(taken).isFalse();
        assertThat(state().spent()).isEqualTo(130);
    }

    @Test
    void shouldTellAgainWhatWasSentInAnotherEpoch() throws Exception {
        on(() -> claims().rewrite(key("a", 700), System.currentTimeMillis()));

        assertThat(state()).isEqualTo(new State(-1, 700));
    }

    /** A server that was restarted brought the claim with it. */
    @Test
    void shouldTellAgainWhatWasSentWhereItsClaimCameBack() throws Exception {
        loaded(window, 0);
        begin(key("a", 700));
        anotherEpoch();

        on(() -> claims().rewrite(key("a", 700), System.currentTimeMillis()));

        assertThat(state()).isEqualTo(new State(-1, 700));
    }

    /** A server that was restarted brought the claim with it, of which its worker never heard. */
    @Test
    void shouldHoldAgainWhatIsSentWhereItsClaimCameBack() throws Exception {
        loaded(window, 0);
        begin(key("a", 700));
        String another = anotherEpoch();
        on(() -> store().ready(another));
        load(window, 0);

        ClaimStore.Begun begun = on(() -> claims().begin(key("a", 700), another, System.currentTimeMillis()));

        assertThat(begun).isEqualTo(ClaimStore.Begun.GRANTED);
        assertThat(state().held()).isEqualTo(700);
    }

    /** As a server that was restarted brings its keys with it, and is another one. */
    @Test
    void shouldTakeNothingOfAnotherEpochForWhatIsSo() throws Exception {
        loaded(window, 1);
        reserve(ask("a", 10, 0, false, window));

        String another = anotherEpoch();

        assertThat(reserve(ask("a", 10, 0, false, window))).isInstanceOf(Reserved.NotReady.class);
        assertThat(on(() -> store().ready(another))).isTrue();
        assertThat(reserve(ask("a", 10, 0, false, window))).isInstanceOf(Reserved.Loading.class);
        on(() -> store().tidy());
        assertThat(hasLeftovers()).isFalse();
    }

    @Test
    void shouldHoldNothingAfterAnEpochWasEndedByHand() throws Exception {
        loaded(window, 1);

        endEpoch();

        assertThat(reserve(ask("a", 10, 0, false, window))).isInstanceOf(Reserved.NotReady.class);
    }

    @Test
    void shouldNotTakeASumOfAnotherEpoch() throws Exception {
        ready();
        String before = on(() -> store().bookings(window));
        String another = anotherEpoch();
        on(() -> store().ready(another));

        boolean taken = on(() -> store().load(window, 100, before));

        assertThat(taken).isFalse();
    }

    @Test
    void shouldNotTakeASumFromBeforeAnEpochWasRestored() throws Exception {
        String before = on(() -> store().bookings(window));
        assertThat(on(() -> store().load(window, 100, before))).isFalse();
        ready();

        boolean taken = on(() -> store().load(window, 100, before));

        assertThat(taken).isFalse();
    }

    @Test
    void shouldNotTakeASumFromBeforeItWasForgotten() throws Exception {
        loaded(window, 1);
        String before = on(() -> store().bookings(window));
        on(() -> store().forget(window));

        boolean taken = on(() -> store().load(window, 100, before));

        assertThat(taken).isFalse();
    }

    @Test
    void shouldAskForASumOfAWindowThatBeginsWithNothing() throws Exception {
        loaded(window, 1_000);
        Window next = window("budget", start + HOUR, 1_000);

        reserve(ask("a", 900, 0, false, next));

        assertThat(on(() -> store().wanted(10))).containsExactly(next.text());
    }

    @Test
    void shouldNotBeginAWindowWithNothingInWhichSomethingWasBooked() throws Exception {
        loaded(window, 1_000);
        Window next = window("budget", start + HOUR, 1_000);
        on(() -> store().book(List.of(new Booking("uncounted", 30, List.of(next)))));

        Reserved reserved = reserve(ask("a", 900, 0, false, next));

        assertThat(reserved).isInstanceOf(Reserved.Loading.class);
    }

    /** It was published twice, and reserved anew for less in between. */
    @Test
    void shouldHoldAllOfWhatIsSentWhereLessWasReserved() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 100, 0, false, window));

        ClaimStore.Begun begun = begin(key("a", 700));

        assertThat(begun).isEqualTo(ClaimStore.Begun.GRANTED);
        assertThat(state().held()).isEqualTo(700);
    }

    @Test
    void shouldNotSendMoreThanWasReservedWhereThereIsNoRoomForIt() throws Exception {
        loaded(window, 500);
        reserve(ask("a", 100, 0, false, window));

        ClaimStore.Begun begun = begin(key("a", 700));

        assertThat(begun).isEqualTo(ClaimStore.Begun.OVER_BUDGET);
        assertThat(state().held()).isZero();
    }

    @Test
    void shouldHoldInTheWindowsOfWhatIsSent() throws Exception {
        Window other = window("other", start, 1_000);
        loaded(window, 0);
        loaded(other, 0);
        reserve(ask("a", 100, 0, false, window));

        begin(key("a", 100, other));

        assertThat(state(window).held()).isZero();
        assertThat(state(other).held()).isEqualTo(100);
    }

    /** What its worker had to reserve again is as its router published it. */
    @Test
    void shouldAnswerAsPublishedWhereItsWorkerReservedIt() throws Exception {
        loaded(window, 0);
        begin(key("a", 700));

        Reserved again = reserve(ask("a", 100, 5_000, true, window));

        assertThat(again).isEqualTo(new Reserved.Held("d_1 acc", 700, maxTokens(), List.of(window.text())));
    }

    @Test
    void shouldListWhatWaitsForTheLedger() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 10, 0, false, window));
        reserve(ask("b", 10, 0, false, window));
        begin(key("a", 10));
        long later = System.currentTimeMillis() + 1_000;

        List<BudgetStore.Unbooked> unbooked = on(() -> store().unbooked(later, later, 10));

        assertThat(unbooked).containsExactly(new BudgetStore.Unbooked("a", List.of(window)));
    }

    @Test
    void shouldNotBeginAWindowWithNothingAfterItsBudgetWasForgotten() throws Exception {
        loaded(window, 1);
        on(() -> store().forget(window));

        Reserved next = reserve(ask("a", 1, 0, false, window("budget", start + HOUR, 1_000)));

        assertThat(next).isInstanceOf(Reserved.Loading.class);
    }

    @Test
    void shouldListWhatIsSentByTheTimeOfSending() throws Exception {
        loaded(window, 0);
        begin(key("a", 10));
        long later = System.currentTimeMillis() + 1_000;

        List<BudgetStore.Unbooked> sentBefore = on(() -> store().unbooked(later, 0, 10));

        assertThat(sentBefore).containsExactly(new BudgetStore.Unbooked("a", List.of(window)));
        assertThat(on(() -> store().unbooked(0, later, 10))).isEmpty();
    }

    @Test
    void shouldListWhatIsSettledAndNotBooked() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 10, 0, false, window));
        begin(key("a", 10));
        long settledAt = System.currentTimeMillis();
        on(() -> claims().paid(key("a", 10), 7, settledAt));

        List<BudgetStore.Unbooked> unbooked = on(() -> store().unbooked(0, settledAt, 10));

        assertThat(unbooked).containsExactly(new BudgetStore.Unbooked("a", List.of(window)));
        assertThat(on(() -> store().unbooked(Long.MAX_VALUE / 1_000, settledAt - 1, 10)))
                .isEmpty();
    }

    @Test
    void shouldNotFreeWhatIsSettledWhereItIsWithdrawnTooLate() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 10, 0, false, window));
        begin(key("a", 10));
        on(() -> claims().paid(key("a", 10), 7, System.currentTimeMillis()));

        on(() -> claims().withdraw(key("a", 10)));
        on(() -> claims().unspent(key("a", 10)));

        assertThat(state().held()).isEqualTo(7);
    }

    @Test
    void shouldNotTakeAnotherEpochThanItsOwnForRestored() throws Exception {
        boolean taken = on(() -> store().ready("run.another"));

        assertThat(taken).isFalse();
        assertThat(on(() -> store().isReady())).isFalse();
        assertThat(reserve(ask("a", 10, 0, false, window))).isInstanceOf(Reserved.NotReady.class);
    }

    @Test
    void shouldCountEachOfWhatIsBookedTogether() throws Exception {
        loaded(window, 1);
        reserve(ask("a", 100, 0, false, window));
        reserve(ask("b", 100, 0, false, window));

        on(() -> store().book(List.of(
                new Booking("a", 30, List.of(window)),
                new Booking("b", 40, List.of(window)),
                new Booking("c", 50, List.of(window)))));

        assertThat(state()).isEqualTo(new State(121, 0));
    }

    /** What one turn asks is one question to Redis. */
    @Test
    void shouldHoldNoMoreThanFitsOfWhatIsAskedTogether() throws Exception {
        loaded(window, 0);
        List<Future<Reserved>> asked = new ArrayList<>();

        on(() -> {
            for (int i = 0; i < 600; i++) {
                asked.add(reserver().reserve(ask("a" + i, 2, 0, false, window)));
            }
            return Future.all(asked);
        });

        assertThat(asked.stream().filter(each -> each.result() instanceof Reserved.Held))
                .hasSize(500);
        assertThat(state().held()).isEqualTo(1_000);
        assertThat(on(() -> store().sweep())).isEqualTo(500);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            all.add("a" + i);
        }
        on(() -> store().release(all));
        assertThat(state().held()).isZero();
        assertThat(on(() -> store().sweep())).isZero();
    }

    @Test
    void shouldGrantNoMoreThanFitsOfWhatIsSentTogether() throws Exception {
        loaded(window, 0);
        List<Future<ClaimStore.Begun>> asked = new ArrayList<>();

        on(() -> {
            for (String id : List.of("a", "b", "c")) {
                asked.add(claims().begin(key(id, 400), claims().epoch(), System.currentTimeMillis()));
            }
            return Future.all(asked);
        });

        assertThat(asked.stream().map(Future::result))
                .containsExactlyInAnyOrder(
                        ClaimStore.Begun.GRANTED, ClaimStore.Begun.GRANTED, ClaimStore.Begun.OVER_BUDGET);
        assertThat(state().held()).isEqualTo(800);
    }

    /** Of what moves twice in one question, nothing is left where it was first: it would be freed there at its deadline. */
    @Test
    void shouldNotFreeAtItsDeadlineWhatIsSentAndSettledTogether() throws Exception {
        loaded(window, 0);
        reserve(new Ask("a", System.currentTimeMillis() - 1, "d_1 acc", 600, 0, 0, 0, false, List.of(window)));

        on(() -> Future.all(
                claims().begin(key("a", 600), claims().epoch(), System.currentTimeMillis()),
                claims().paid(key("a", 600), 500, System.currentTimeMillis())));

        assertThat(reserve(ask("b", 501, 0, false, window))).isInstanceOf(Reserved.Over.class);
        assertThat(on(() -> store().sweep())).isEqualTo(1);
        assertThat(state()).isEqualTo(new State(0, 500));
    }

    @Test
    void shouldHoldOnceWhatIsToldAgainAndAgain() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 100, 0, false, window));

        on(() -> claims().rewrite(key("a", 700), System.currentTimeMillis()));
        on(() -> claims().rewrite(key("a", 700), System.currentTimeMillis()));

        assertThat(state().held()).isEqualTo(700);
    }

    /** What it cost is known by then: it must not count for the most again. */
    @Test
    void shouldHoldWhatWasPaidThoughItIsToldAgainThatItWasSent() throws Exception {
        loaded(window, 0);
        reserve(ask("a", 700, 0, false, window));
        begin(key("a", 700));
        on(() -> claims().paid(key("a", 700), 300, System.currentTimeMillis()));

        on(() -> claims().rewrite(key("a", 700), System.currentTimeMillis()));

        assertThat(state().held()).isEqualTo(300);
    }

    @Test
    void shouldHoldNothingMoreWhereItIsGrantedAgainToItsHolder() throws Exception {
        loaded(window, 0);
        begin(key("a", 700));

        ClaimStore.Begun again = begin(key("a", 700));

        assertThat(again).isEqualTo(ClaimStore.Begun.GRANTED);
        assertThat(state().held()).isEqualTo(700);
    }

    @Test
    void shouldListTheLongestUnbookedFirstAndNoMoreThanItIsAskedFor() throws Exception {
        loaded(window, 0);
        long now = System.currentTimeMillis();
        for (int i = 0; i < 3; i++) {
            String id = List.of("b", "c", "a").get(i);
            long sentAt = now + i;
            on(() -> claims().begin(key(id, 10), claims().epoch(), sentAt));
        }

        List<BudgetStore.Unbooked> unbooked = on(() -> store().unbooked(now + 1_000, 0, 2));

        assertThat(unbooked).extracting(BudgetStore.Unbooked::attempt).containsExactly("b", "c");
    }

    @Test
    void shouldSendWhatFitsExactly() throws Exception {
        loaded(window, 300);

        ClaimStore.Begun begun = begin(key("a", 700));

        assertThat(begun).isEqualTo(ClaimStore.Begun.GRANTED);
    }

    @Test
    void shouldRefuseWhereThereIsNoRoomForOneToken() throws Exception {
        loaded(window, 900);

        Reserved reserved = reserve(ask("a", 100, 5_000, true, window));

        assertThat(reserved).isEqualTo(new Reserved.Over(window, 100, List.of(900L)));
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
                        on(() -> claims().unspent(key(id, 49)));
                    }
                }
                default -> {
                    if (!sent.isEmpty()) {
                        String id = sent.remove(chance.nextInt(sent.size()));
                        long cost = 1 + chance.nextInt(10);
                        if (chance.nextBoolean()) {
                            on(() -> claims().paid(key(id, 49), cost, System.currentTimeMillis()));
                        }
                        on(() -> store().book(List.of(new Booking(id, cost, List.of(window)))));
                        spent += cost;
                    }
                }
            }
            State now = state();
            assertThat(now.spent()).isEqualTo(spent);
            assertThat(now.spent() + now.held()).isLessThanOrEqualTo(window.limit());
        }
        for (String id : held) {
            on(() -> claims().unspent(key(id, 49)));
        }
        on(() -> store().release(sent));

        assertThat(state().held()).isZero();
        assertThat(on(() -> store().sweep())).isZero();
    }
}
