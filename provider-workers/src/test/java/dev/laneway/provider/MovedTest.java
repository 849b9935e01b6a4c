package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.provider.claims.Claim;
import dev.laneway.provider.claims.Remains;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has gone to another worker meanwhile is told of by that one only: every worker hears that a client left, and has a clock. */
class MovedTest {
    private final Moving claims = new Moving();
    private Rig rig;

    private static final class Moving extends LocalClaims {
        private final Promise<Void> settled = Promise.promise();
        private volatile boolean held;
        private volatile boolean moved;
        private volatile boolean frozen;
        private final Promise<Void> granted = Promise.promise();
        private volatile boolean slow;
        private volatile boolean asked;
        /** Another worker gives it up while the log is asked. */
        private volatile boolean giveUpOnRemains;

        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void withdraw(Taken<Attempt> taken) {
            told.add("withdrawn");
        }

        @Override
        public void unspent(Taken<Attempt> taken) {
            told.add("unspent");
        }

        @Override
        public void release(Taken<Attempt> taken) {
            told.add("released");
            super.release(taken);
        }

        @Override
        public void settled(Taken<Attempt> taken) {
            told.add("settled");
            super.settled(taken);
        }

        @Override
        public Future<Void> markSent(Taken<Attempt> taken) {
            asked = true;
            return slow ? granted.future() : super.markSent(taken);
        }

        @Override
        public Future<Claim> claim(Taken<Attempt> taken) {
            return held ? Future.succeededFuture(new Claim.Held(settled.future())) : super.claim(taken);
        }

        @Override
        public Future<Void> mayTell(Taken<Attempt> taken) {
            return moved ? Future.failedFuture("moved") : super.mayTell(taken);
        }

        @Override
        public Future<Remains> remains(Taken<Attempt> taken) {
            frozen = giveUpOnRemains;
            moved = giveUpOnRemains;
            return super.remains(taken);
        }

        @Override
        public boolean sure() {
            return !frozen;
        }

        @Override
        public Future<Boolean> stillOurs(Taken<Attempt> taken) {
            return Future.succeededFuture(!moved);
        }
    }

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.maxInFlight = 1;
        rig.claims = claims;
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldNotReturnWhatWaitsHereAndIsAnotherWorkersByNow() throws Exception {
        rig.give(Scene.of("d_1"));
        rig.vendor.next();
        Scene waits = Scene.of("d_1");
        Future<Void> done = rig.give(waits);
        claims.moved = true;

        rig.signal(new Signal.Cancel(waits.id()));

        Rig.until(done::failed);
        assertThat(rig.outbox.failures()).isEmpty();
    }

    @Test
    void shouldNotTellOfACallThatItDidNotBeginAndIsAnotherWorkersByNow() {
        claims.slow = true;
        Scene scene = Scene.of("d_1");
        Future<Void> done = rig.give(scene.dueIn(300));
        claims.moved = true;

        Rig.until(done::isComplete);

        assertThat(done.failed()).isTrue();
        assertThat(rig.outbox.failures()).isEmpty();
        assertThat(rig.outbox.facts()).isEmpty();
        assertThat(claims.told).containsOnlyOnce("released").doesNotContain("unspent", "settled");
        assertThat(rig.meters.scrape()).contains("laneway_worker_given_back_total{zone=\"cloud\"} 1.0");
    }

    /** Whatever Redis has of it is to be freed before anybody hears of it. */
    @Test
    void shouldFreeWhatItDidNotBegin() {
        claims.slow = true;

        Future<Void> done = rig.give(Scene.of("d_1").dueIn(300));

        Rig.until(done::succeeded);
        assertThat(claims.told).contains("unspent").doesNotContain("released");
        assertThat(rig.kind()).isEqualTo(FailureKind.EXPIRED);
    }

    /** A claim that is done with lets everybody forget the attempt: its fact is there by then, and its offset not yet committed. */
    @Test
    void shouldBeDoneWithItsClaimBetweenItsFactAndItsOffset() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1").whole());
        done.onComplete(ended -> claims.told.add("done"));
        ScriptedVendor.Call call = rig.vendor.next();
        rig.outbox.hold = true;
        call.response().end("one token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());
        rig.acknowledgeAll();
        Rig.until(() -> !rig.outbox.facts().isEmpty());
        List<String> before = List.copyOf(claims.told);

        rig.acknowledgeAll();

        Rig.until(done::succeeded);
        assertThat(before).isEmpty();
        Rig.until(() -> claims.told.equals(List.of("settled", "done")));
    }

    @Test
    void shouldHandOutAgainWhatItsHolderGaveBack() {
        claims.held = true;
        Future<Void> done = rig.give(Scene.of("d_1"));

        claims.settled.fail("given back");

        Rig.until(done::failed);
        assertThat(rig.outbox.failures()).isEmpty();
    }

    /** The frames before it may yet arrive: a router that goes on must not meet them. */
    @Test
    void shouldTellOfAFailureWhenTheFramesBeforeItAreThere() throws Exception {
        Scene scene = Scene.of("d_1");
        rig.outbox.hold = true;
        Future<Void> done = rig.give(scene);
        rig.vendor.next().stream("token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        rig.signal(new Signal.Cancel(scene.id()));
        List<RecordingOutbox.SentFailure> early = rig.outbox.failures();
        rig.outbox.hold = false;
        rig.acknowledgeAll();

        Rig.until(done::succeeded);
        assertThat(early).isEmpty();
        assertThat(rig.outbox.failures()).hasSize(1);
    }

    @Test
    void shouldTellWhatALateAnswerUsedAndHowItsVendorAnswered() throws Exception {
        Future<Void> done = deliver();
        claims.frozen = true;
        claims.moved = true;

        acknowledge();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.facts())
                .extracting(Fact.Attempted::vendorStatus, Fact.Attempted::usage)
                .containsExactly(tuple(200, TokenUsage.of(7, 3)));
    }

    /** Nobody may tell of it but who gave it up. */
    @Test
    void shouldOnlyBillWhatTheBrokerDidNotTakeWhereItWasGivenUp() throws Exception {
        rig.outbox.refuseFrames = 1;
        Future<Void> done = rig.give(Scene.of("d_1").whole());
        ScriptedVendor.Call call = rig.vendor.next();
        claims.giveUpOnRemains = true;

        call.response().end("one token");

        Rig.until(done::succeeded);
        assertThat(rig.outbox.failures()).isEmpty();
        assertThat(rig.outbox.facts()).hasSize(1).allMatch(Fact.Attempted::late);
    }

    @Test
    void shouldNotReturnWhatAnotherWorkerCallsThoughTheConfigHasNothingToCallAnyMore() {
        claims.held = true;
        Future<Void> done = rig.give(Scene.of("d_gone").takenAgain(null));

        claims.settled.complete();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.failures()).isEmpty();
    }

    @Test
    void shouldBillACallThatEndsBeforeItHearsThatItWasGivenUp() throws Exception {
        Scene scene = Scene.of("d_1");
        Future<Void> done = rig.give(scene);
        rig.vendor.next();
        claims.frozen = true;
        claims.moved = true;

        rig.signal(new Signal.Cancel(scene.id()));

        Rig.until(done::succeeded);
        assertThat(rig.outbox.failures()).isEmpty();
        assertThat(rig.outbox.facts()).hasSize(1).allMatch(Fact.Attempted::late);
    }

    /** Who took over has found its last frame by then, and tells. */
    @Test
    void shouldBillAnAnswerThatItHearsOfWhenItWasGivenUp() throws Exception {
        Future<Void> done = deliver();
        claims.frozen = true;
        claims.moved = true;

        acknowledge();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.facts())
                .hasSize(1)
                .allMatch(Fact.Attempted::late)
                .allMatch(fact -> fact.terminal() == null);
    }

    @Test
    void shouldEndWithAnAnswerThatIsStillItsOwn() throws Exception {
        Future<Void> done = deliver();
        claims.frozen = true;

        acknowledge();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.facts()).hasSize(1).allMatch(fact -> fact.terminal() != null);
    }

    /** The whole answer is on its way to the broker. */
    private Future<Void> deliver() throws Exception {
        rig.outbox.hold = true;
        Future<Void> done = rig.give(Scene.of("d_1").whole());
        rig.vendor.next().response().end("one token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());
        return done;
    }

    private void acknowledge() throws Exception {
        rig.outbox.hold = false;
        rig.run(() -> {
            rig.outbox.held.forEach(Runnable::run);
            return null;
        });
    }

    /** The store may have granted it, and holds its money as sent then. */
    @Test
    void shouldFreeWhatWasGrantedAfterItsClientLeft() throws Exception {
        claims.slow = true;
        Scene scene = Scene.of("d_1");
        Future<Void> done = rig.give(scene);
        Rig.until(() -> claims.asked);
        rig.signal(new Signal.Cancel(scene.id()));
        Rig.until(done::succeeded);
        claims.told.clear();

        rig.run(() -> {
            claims.granted.complete();
            return null;
        });

        Rig.until(() -> claims.told.equals(List.of("withdrawn", "unspent")));
    }

    @Test
    void shouldTellOfACallThatIsStillItsOwn() throws Exception {
        Scene scene = Scene.of("d_1");
        Future<Void> done = rig.give(scene);
        rig.vendor.next();
        claims.frozen = true;

        rig.signal(new Signal.Cancel(scene.id()));

        Rig.until(done::succeeded);
        assertThat(rig.outbox.failures()).hasSize(1);
        assertThat(rig.outbox.facts()).hasSize(1).noneMatch(Fact.Attempted::late);
    }
}
