package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Signal;
import dev.laneway.provider.claims.Claim;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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

        @Override
        public Future<Void> markSent(Taken<Attempt> taken) {
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
    }

    @Test
    void shouldNotReturnWhatAnotherWorkerCallsThoughTheConfigHasNothingToCallAnyMore() {
        claims.held = true;
        Taken<Attempt> fresh = Scene.of("d_gone").taken();
        Future<Void> done = rig.give(new Taken<>(
                fresh.event(),
                fresh.topic(),
                fresh.partition(),
                fresh.offset(),
                fresh.timestamp(),
                "e1",
                false,
                fresh.value()));

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
