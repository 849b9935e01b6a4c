package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Zone;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalTest {
    private static final int MEGABYTE = 1 << 20;

    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.maxInFlight = 1;
        rig.deployment("d_slow_stream", Zone.CLOUD, Duration.ofSeconds(20), Duration.ofMillis(200), null);
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldCloseTheVendorsConnectionWhenCancelled() throws Exception {
        Scene scene = Scene.of("d_1");
        Future<Void> done = rig.give(scene);
        rig.vendor.next().stream("token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        rig.signal(new Signal.Cancel(scene.id()));

        Rig.until(() -> !rig.vendor.closed.isEmpty());
        Rig.until(done::succeeded);
        assertThat(rig.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(rig.failed().frames()).isEqualTo(1);
        assertThat(rig.outbox.facts().getFirst().usage()).isEqualTo(TokenUsage.of(7, 3));
    }

    @Test
    void shouldNotCallWhatWasCancelledBeforeItCame() {
        Scene scene = Scene.of("d_1");
        rig.signal(new Signal.Cancel(scene.id()));

        rig.give(scene);

        assertThat(rig.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(rig.failed().called()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldReturnAtOnceWhatIsCancelledWhileItWaits() throws Exception {
        Future<Void> running = rig.give(Scene.of("d_1"));
        rig.vendor.next();
        Scene waits = Scene.of("d_1");
        Future<Void> done = rig.give(waits);

        rig.signal(new Signal.Cancel(waits.id()));

        Rig.until(done::succeeded);
        assertThat(rig.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(running.isComplete()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldReadNoFurtherWhilePaused() throws Exception {
        Scene scene = Scene.of("d_1");
        rig.give(scene);
        ScriptedVendor.Call call = rig.vendor.next().stream("token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        rig.signal(new Signal.Pause(scene.id()));
        int before = rig.outbox.answer().length();
        AtomicLong written = flood(call);
        Rig.until(() -> call.response().writeQueueFull());
        int during = rig.outbox.answer().length() - before;
        rig.signal(new Signal.Resume(scene.id()));

        Rig.until(() -> rig.outbox.answer().length() - before >= written.get());
        assertThat(during).isLessThan(MEGABYTE);
        assertThat(written.get()).isGreaterThan(MEGABYTE);
    }

    @Test
    void shouldNotStallWhilePaused() throws Exception {
        Scene scene = Scene.of("d_slow_stream");
        Future<Void> done = rig.give(scene);
        ScriptedVendor.Call call = rig.vendor.next().stream("token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        rig.signal(new Signal.Pause(scene.id()));
        rig.vertx.timer(600).toCompletionStage().toCompletableFuture().get();
        rig.signal(new Signal.Resume(scene.id()));
        call.stream("done").end();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.failures()).isEmpty();
    }

    @Test
    void shouldReadNoFurtherWhileTheBrokerDoesNotAcknowledge() throws Exception {
        rig.outbox.hold = true;
        Future<Void> done = rig.give(Scene.of("d_1"));
        ScriptedVendor.Call call = rig.vendor.next().stream("token");
        AtomicLong written = flood(call);
        Rig.until(() -> call.response().writeQueueFull());

        int unacknowledged = rig.outbox.answer().length();
        rig.outbox.hold = false;
        rig.acknowledgeAll();
        Rig.until(() -> rig.outbox.answer().length() >= written.get());
        call.stream("done").end();

        Rig.until(() -> {
            rig.acknowledgeAll();
            return done.succeeded();
        });
        assertThat(unacknowledged).isLessThan(3 * MEGABYTE);
        assertThat(written.get()).isGreaterThan(unacknowledged);
    }

    /** Writes until the connection takes no more. @return how much */
    private AtomicLong flood(ScriptedVendor.Call call) {
        AtomicLong written = new AtomicLong();
        String block = "x".repeat(64 * 1024);
        rig.vertx.setPeriodic(1, id -> {
            for (int i = 0; i < 16 && !call.response().writeQueueFull(); i++) {
                written.addAndGet(block.length());
                call.stream(block);
            }
            if (call.response().writeQueueFull() || written.get() > 64L * MEGABYTE) {
                rig.vertx.cancelTimer(id);
            }
        });
        return written;
    }
}
