package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Signal;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.maxInFlight = 1;
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldBeDrainedAtOnceWhenNothingRuns() {
        Future<Void> drained = rig.run(() -> rig.worker().drain());

        Rig.until(drained::succeeded);
    }

    @Test
    void shouldFinishWhatRunsAndStartNothingMore() throws Exception {
        Future<Void> runs = rig.give(Scene.of("d_1"));
        ScriptedVendor.Call call = rig.vendor.next();
        Future<Void> waits = rig.give(Scene.of("d_1"));

        Future<Void> drained = rig.run(() -> rig.worker().drain());
        boolean early = drained.isComplete();
        call.stream("token done").end();

        Rig.until(drained::succeeded);
        assertThat(early).isFalse();
        assertThat(runs.succeeded()).isTrue();
        assertThat(waits.isComplete()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldSayUnknownOfACallThatItCantWaitFor() throws Exception {
        Future<Void> runs = rig.give(Scene.of("d_1"));
        rig.vendor.next();
        Future<Void> drained = rig.run(() -> rig.worker().drain());

        rig.run(() -> {
            rig.worker().cutOff();
            return null;
        });

        Rig.until(drained::succeeded);
        assertThat(runs.succeeded()).isTrue();
        assertThat(rig.kind()).isEqualTo(FailureKind.UNKNOWN);
        assertThat(rig.outbox.facts().getFirst().outcome()).isEqualTo(Outcome.UNKNOWN);
        Rig.until(() -> !rig.vendor.closed.isEmpty());
    }

    @Test
    void shouldNotSendAfterItWasCutOff() throws Exception {
        Promise<Void> mark = Promise.promise();
        try (Rig slow = new Rig()) {
            slow.claims = new SlowClaims(mark.future());
            slow.open();
            Future<Void> begun = slow.give(Scene.of("d_1"));
            Rig.until(() -> slow.claims instanceof SlowClaims claims && claims.asked);

            slow.run(() -> {
                slow.worker().cutOff();
                mark.complete();
                return null;
            });

            Future<Void> next = slow.give(Scene.of("d_1").saying("next"));
            assertThat(slow.vendor.next().body()).contains("next");
            assertThat(slow.claims instanceof SlowClaims claims && claims.withdrawn)
                    .isTrue();
            assertThat(begun.isComplete()).isFalse();
            assertThat(next.isComplete()).isFalse();
        }
    }

    @Test
    void shouldNotCountAsCalledWhatWasCancelledBeforeItsGrant() throws Exception {
        Promise<Void> mark = Promise.promise();
        try (Rig slow = new Rig()) {
            slow.claims = new SlowClaims(mark.future());
            slow.open();
            Scene scene = Scene.of("d_1");
            slow.give(scene);
            Rig.until(() -> slow.claims instanceof SlowClaims claims && claims.asked);

            slow.signal(new Signal.Cancel(scene.taken().event().requestId()));

            assertThat(slow.failed().failure().kind()).isEqualTo(FailureKind.CANCELLED);
            assertThat(slow.failed().called()).isFalse();
            slow.run(() -> {
                mark.complete();
                return null;
            });
            Rig.until(() -> slow.claims instanceof SlowClaims claims && claims.withdrawn);
            assertThat(slow.outbox.facts()).isEmpty();
        }
    }

    /** Claims that are slow to let the bytes go. */
    private static final class SlowClaims extends LocalClaims {
        private final Future<Void> mark;
        private volatile boolean asked;
        private volatile boolean withdrawn;

        SlowClaims(Future<Void> mark) {
            this.mark = mark;
        }

        @Override
        public Future<Void> markSent(Taken<Attempt> taken) {
            asked = true;
            return mark;
        }

        @Override
        public void withdraw(Taken<Attempt> taken) {
            withdrawn = true;
        }
    }

    @Test
    void shouldBalanceItsCounters() throws Exception {
        Future<Void> good = rig.give(Scene.of("d_1"));
        rig.vendor.next().stream("token done").end();
        Rig.until(good::succeeded);
        Future<Void> bad = rig.give(Scene.of("d_1"));
        rig.vendor.next().response().setStatusCode(500).end();
        Rig.until(bad::succeeded);
        Future<Void> returned = rig.give(Scene.of("d_1").dueIn(-1));
        Rig.until(returned::succeeded);

        String metrics = rig.meters.scrape();

        assertThat(metrics)
                .contains("laneway_worker_taken_total{zone=\"cloud\"} 3.0")
                .contains("laneway_worker_succeeded_total{deployment=\"d_1\",zone=\"cloud\"} 1.0")
                .contains("laneway_worker_failed_total{deployment=\"d_1\",kind=\"server_error\",zone=\"cloud\"} 1.0")
                .contains("laneway_worker_returned_total{kind=\"expired\",zone=\"cloud\"} 1.0")
                .contains("laneway_worker_tokens_output_total{deployment=\"d_1\",zone=\"cloud\"} 3.0");
    }
}
