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
    /** More than the buffers of a connection hold. */
    private static final long FLOOD = 48L * MEGABYTE;

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
    void shouldReturnOnceWhatIsCancelledAgainWhileTheBrokerIsSlow() throws Exception {
        rig.give(Scene.of("d_1"));
        rig.vendor.next();
        rig.outbox.hold = true;
        Scene waits = Scene.of("d_1").dueIn(300);
        Future<Void> done = rig.give(waits);

        rig.signal(new Signal.Cancel(waits.id()));
        rig.signal(new Signal.Cancel(waits.id()));
        rig.vertx.timer(500).toCompletionStage().toCompletableFuture().get(); // its deadline passes meanwhile
        rig.outbox.hold = false;
        rig.acknowledgeAll();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.failures()).hasSize(1);
    }

    @Test
    void shouldHearOfTheNextAttemptWhileTheOneBeforeIsUnacknowledged() throws Exception {
        Scene first = Scene.of("d_1");
        rig.outbox.hold = true;
        rig.give(first);
        rig.vendor.next().response().setStatusCode(500).end();
        Rig.until(() -> !rig.outbox.failures().isEmpty());
        rig.give(first.nextTry());
        rig.vendor.next();

        rig.signal(new Signal.Cancel(first.id()));

        Rig.until(() -> !rig.vendor.closed.isEmpty());
        assertThat(rig.outbox.failures().getLast().failed().failure().kind()).isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void shouldReadNoFurtherWhilePaused() throws Exception {
        Scene scene = Scene.of("d_1");
        rig.give(scene);
        ScriptedVendor.Call call = rig.vendor.next().stream("token");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        rig.signal(new Signal.Pause(scene.id()));
        AtomicLong written = flood(call);
        boolean stuck = staysBelow(written, FLOOD);
        rig.signal(new Signal.Resume(scene.id()));

        Rig.until(() -> rig.outbox.answerBytes >= FLOOD);
        assertThat(stuck).isTrue();
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
        boolean stuck = staysBelow(written, FLOOD);
        long unacknowledged = rig.outbox.answerBytes;
        rig.outbox.hold = false;
        rig.acknowledgeAll();
        Rig.until(() -> written.get() >= FLOOD);
        call.stream("done").end();

        Rig.until(() -> {
            rig.acknowledgeAll();
            return done.succeeded();
        });
        assertThat(stuck).isTrue();
        assertThat(unacknowledged).isLessThan(3 * MEGABYTE);
        assertThat(rig.outbox.answerBytes).isEqualTo(written.get() + "token".length() + "done".length());
    }

    /** Writes as the connection takes it, until it has written that much. @return how much it wrote so far */
    private AtomicLong flood(ScriptedVendor.Call call) {
        AtomicLong written = new AtomicLong();
        String block = "x".repeat(64 * 1024);
        rig.vertx.setPeriodic(1, id -> {
            for (int i = 0; i < 16 && written.get() < FLOOD && !call.response().writeQueueFull(); i++) {
                call.stream(block);
                written.addAndGet(block.length()); // behind it, for then the answer may be ended
            }
            if (written.get() >= FLOOD) {
                rig.vertx.cancelTimer(id);
            }
        });
        return written;
    }

    /** Whether a figure comes to rest, for 300 ms, before it reaches another. */
    private static boolean staysBelow(AtomicLong figure, long other) {
        AtomicLong last = new AtomicLong(-1);
        AtomicLong since = new AtomicLong(System.nanoTime());
        Rig.until(() -> {
            if (last.getAndSet(figure.get()) != figure.get()) {
                since.set(System.nanoTime());
            }
            return figure.get() >= other || System.nanoTime() - since.get() > 300_000_000L;
        });
        return figure.get() < other;
    }
}
