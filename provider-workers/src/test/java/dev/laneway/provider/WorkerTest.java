package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of attempts between their topic and their call, of which there is one at a time here. */
class WorkerTest {
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.maxInFlight = 1;
        rig.deployment("d_single", Zone.CLOUD, Duration.ofSeconds(20), Duration.ofSeconds(20), 1);
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private List<Future<Void>> give(int count, UnaryOperator<Scene> as) {
        List<Taken<Attempt>> all = IntStream.range(0, count)
                .mapToObj(i -> as.apply(Scene.of("d_1")).taken())
                .toList();
        return rig.run(() -> all.stream().map(rig.worker()::handle).toList());
    }

    @Test
    void shouldReturnWhatIsOneTooManyInItsLine() throws Exception {
        rig.give(Scene.of("d_1"));
        rig.vendor.next();
        List<Future<Void>> line = give(Worker.LONGEST_LINE, UnaryOperator.identity());

        Future<Void> more = rig.give(Scene.of("d_1"));

        Rig.until(more::succeeded);
        Failure failure = rig.failed().failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(failure.retryAfterMillis()).isEqualTo(1_000);
        assertThat(rig.failed().called()).isFalse();
        assertThat(line).noneMatch(Future::isComplete);
        assertThat(rig.outbox.failures()).hasSize(1);
    }

    /** Nobody waits for it. */
    @Test
    void shouldLetAnyNumberWaitOfDeferredWork() throws Exception {
        rig.give(Scene.of("d_1"));
        rig.vendor.next();

        List<Future<Void>> line = give(Worker.LONGEST_LINE + 5, Scene::deferred);

        assertThat(line).noneMatch(Future::isComplete);
        assertThat(rig.outbox.failures()).isEmpty();
    }

    /** What is on its way to the broker can't be taken back: it would be handed out again, and told again. */
    @Test
    void shouldNotLetGoOfWhatItReturnsWhenItsPartitionMoves() throws Exception {
        rig.give(Scene.of("d_1"));
        rig.vendor.next();
        Scene waits = Scene.of("d_1");
        Future<Void> done = rig.give(waits);
        rig.outbox.hold = true;
        rig.signal(new Signal.Cancel(waits.id()));

        rig.run(() -> {
            rig.worker().moved(taken -> true);
            return null;
        });

        assertThat(done.isComplete()).isFalse();
        rig.outbox.hold = false;
        rig.acknowledgeAll();
        Rig.until(done::succeeded);
        assertThat(rig.meters.scrape()).doesNotContain("laneway_worker_given_back_total{zone=\"cloud\"} 1.0");
    }

    @Test
    void shouldCountWhatItLetsGoOfAndNothingElse() throws Exception {
        rig.give(Scene.of("d_1"));
        rig.vendor.next();
        give(3, UnaryOperator.identity());

        rig.run(() -> {
            rig.worker().moved(taken -> true);
            return null;
        });

        Rig.until(() -> rig.meters.scrape().contains("laneway_worker_in_flight{zone=\"cloud\"} 1.0"));
        assertThat(rig.meters.scrape()).contains("laneway_worker_given_back_total{zone=\"cloud\"} 3.0");
    }

    @Test
    void shouldCancelACallThatWasDeliveredAgainMeanwhile() throws Exception {
        Taken<Attempt> taken = Scene.of("d_1").taken();
        rig.give(taken);
        rig.vendor.next();
        rig.give(taken);

        rig.signal(new Signal.Cancel(taken.event().requestId()));

        Rig.until(() -> !rig.vendor.closed.isEmpty());
        assertThat(rig.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(rig.meters.scrape()).contains("laneway_worker_cancels_total{zone=\"cloud\"} 1.0");
    }

    @Test
    void shouldCancelTheNextAttemptWhenTheOneBeforeIsAcknowledged() throws Exception {
        Scene first = Scene.of("d_1");
        rig.outbox.hold = true;
        Future<Void> before = rig.give(first);
        rig.vendor.next().response().setStatusCode(500).end();
        Rig.until(() -> !rig.outbox.failures().isEmpty());
        rig.give(first.nextTry());
        rig.vendor.next();
        rig.outbox.hold = false;
        Rig.until(() -> {
            rig.acknowledgeAll();
            return before.succeeded();
        });

        rig.signal(new Signal.Cancel(first.id()));

        Rig.until(() -> rig.outbox.failures().size() == 2);
        assertThat(rig.outbox.failures().getLast().failed().failure().kind()).isEqualTo(FailureKind.CANCELLED);
    }

    /** Its slot is free by then, and its process must not end. */
    @Test
    void shouldBeDrainedWhenTheLastOutcomeIsAcknowledged() throws Exception {
        rig.outbox.hold = true;
        Future<Void> done = rig.give(Scene.of("d_1"));
        rig.vendor.next().response().setStatusCode(500).end();
        Rig.until(() -> !rig.outbox.failures().isEmpty());

        Future<Void> drained = rig.run(() -> rig.worker().drain());

        assertThat(drained.isComplete()).isFalse();
        rig.outbox.hold = false;
        Rig.until(() -> {
            rig.acknowledgeAll();
            return drained.succeeded();
        });
        assertThat(done.succeeded()).isTrue();
    }

    @Test
    void shouldLetDeferredWorkWaitThatIsInLineWhenItsAccountIsPaused() throws Exception {
        Future<Void> runs = rig.give(Scene.of("d_single"));
        ScriptedVendor.Call call = rig.vendor.next();
        Future<Void> waits = rig.give(Scene.of("d_single").deferred());

        call.response().setStatusCode(429).putHeader("retry-after", "1").end();
        Rig.until(runs::succeeded);
        rig.vendor.next().stream("token done").end();

        Rig.until(waits::succeeded);
        assertThat(rig.outbox.failures()).hasSize(1);
    }
}
