package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.provider.claims.Claims;
import dev.laneway.provider.claims.InProcessClaims;
import dev.laneway.runtime.clock.SteadyClock;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes too late is returned as expired, once, and never called. */
class DeadlineTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final AtomicLong ahead = new AtomicLong();
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.maxInFlight = 1;
        rig.clock = () -> System.currentTimeMillis() + ahead.get();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void assertExpiredOnce() {
        assertThat(rig.kind()).isEqualTo(FailureKind.EXPIRED);
        assertThat(rig.outbox.failures()).hasSize(1);
    }

    @Test
    void shouldReturnWhatComesTooLate() {
        rig.open();

        Future<Void> late = rig.give(Scene.of("d_1").dueIn(-1));

        Rig.until(late::succeeded);
        assertExpiredOnce();
        assertThat(rig.failed().called()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldReturnWhatGetsLateInItsLine() throws Exception {
        rig.open();
        rig.give(Scene.of("d_1"));
        rig.vendor.next();
        Future<Void> waits = rig.give(Scene.of("d_1").dueIn(5_000));

        ahead.set(5_000);

        Rig.until(waits::succeeded);
        assertExpiredOnce();
        assertThat(rig.failed().called()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldNotSendWhatGetsLateWhileItIsGranted() {
        rig.sweeps = false;
        rig.claims = timePasses();
        rig.open();

        Future<Void> late = rig.give(Scene.of("d_1").dueIn(5_000));

        Rig.until(late::succeeded);
        assertExpiredOnce();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldEndACallAtItsDeadline() throws Exception {
        rig.open();
        Future<Void> runs = rig.give(Scene.of("d_1").dueIn(5_000));
        rig.vendor.next();

        ahead.set(5_000);

        Rig.until(runs::succeeded);
        assertExpiredOnce();
        assertThat(rig.failed().called()).isTrue();
        Rig.until(() -> !rig.vendor.closed.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void shouldNotMindAJumpOfTheWallClock(long direction) throws Exception {
        SteadyClock steady = new SteadyClock(() -> System.currentTimeMillis() + ahead.get(), System::nanoTime);
        rig.clock = steady;
        rig.open();
        Future<Void> runs = rig.give(Scene.of("d_1").dueIn(20_000));
        ScriptedVendor.Call call = rig.vendor.next();
        ahead.set(direction * HOUR);
        Rig.until(() -> Math.abs(steady.deviationMillis()) > HOUR / 2);

        call.stream("token done").end();

        Rig.until(runs::succeeded);
        assertThat(rig.outbox.failures()).isEmpty();
    }

    /** Time passes while a claim is asked for. */
    private Claims timePasses() {
        Claims claims = new InProcessClaims(10);
        return (Claims) Proxy.newProxyInstance(
                Claims.class.getClassLoader(), new Class<?>[] {Claims.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("markSent")) {
                        ahead.set(5_000);
                    }
                    return method.invoke(claims, arguments);
                });
    }
}
