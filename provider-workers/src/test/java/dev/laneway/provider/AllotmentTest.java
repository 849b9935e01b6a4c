package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Allotment;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateStore;
import dev.laneway.runtime.rate.RateStore.Use;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router counted one call and a hundred tokens of each attempt; scenes have ten tokens in, the vendor reports seven in and three out. */
class AllotmentTest {
    private static final RateLimits LIMITS = new RateLimits(50, 5_000, 0, 0, 5, 0);
    private static final Limited HOLDER = new Limited(Scope.DEPLOYMENT, "d_1", LIMITS, false);

    private Rig rig;
    private final AtomicLong ahead = new AtomicLong();

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.clock = () -> System.currentTimeMillis() + ahead.get();
        rig.maxInFlight = 1;
        rig.deployment("d_1", Zone.CLOUD, Duration.ofMinutes(9), Duration.ofMinutes(9), null);
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private Taken<Attempt> counted(Scene scene) {
        Taken<Attempt> plain = scene.taken();
        Attempt attempt = plain.event();
        RateStore.Passed passed = (RateStore.Passed) rig.rates
                .admit(new RateStore.Ask(
                        attempt.id(),
                        List.of(HOLDER),
                        100,
                        new RateStore.Once(attempt.request().deadline(), "d_1 acme")))
                .result();
        Allotment allotment =
                new Allotment(passed.at(), 100, List.of(new Allotment.Share(Scope.DEPLOYMENT, "d_1", LIMITS)));
        return new Taken<>(
                attempt.allotted(allotment),
                plain.topic(),
                plain.partition(),
                plain.offset(),
                plain.timestamp(),
                plain.value());
    }

    private Use used() {
        return rig.rates.look(List.of(HOLDER)).result().used().getFirst();
    }

    private void untilUsed(long requests, long tokens, long parallel) {
        Rig.until(() -> used().equals(new Use(requests, tokens, 0, 0, parallel)));
    }

    @Test
    void shouldCountWhatTheVendorReported() throws Exception {
        rig.give(counted(Scene.of("d_1")));
        assertThat(used()).isEqualTo(new Use(1, 100, 0, 0, 1));

        rig.vendor.next().stream("token done").end();

        untilUsed(1, 10, 0);
    }

    @Test
    void shouldCountTheCallAndNoTokensOfARefusal() throws Exception {
        rig.give(counted(Scene.of("d_1")));

        rig.vendor.next().response().setStatusCode(500).end("because");

        untilUsed(1, 0, 0);
    }

    @Test
    void shouldCountNothingOfWhatWasNotSent() throws Exception {
        rig.give(Scene.of("d_1"));
        rig.vendor.next();
        Scene waiting = Scene.of("d_1");
        rig.give(counted(waiting));
        assertThat(used()).isEqualTo(new Use(1, 100, 0, 0, 1));

        rig.signal(new Signal.Cancel(waiting.id()));

        untilUsed(0, 0, 0);
    }

    @Test
    void shouldLeaveWhatWasExpectedWhereTheVendorMayHaveWorkedOnIt() throws Exception {
        Scene scene = Scene.of("d_1");
        rig.give(counted(scene));
        rig.vendor.next();

        rig.signal(new Signal.Cancel(scene.id()));

        untilUsed(1, 100, 0);
    }

    @Test
    void shouldKeepThePlacesOfWhatWaitsAndOfWhatRuns() throws Exception {
        rig.give(counted(Scene.of("d_1").dueIn(600_000)));
        rig.vendor.next();
        rig.give(counted(Scene.of("d_1").dueIn(600_000)));

        for (int i = 0; i < 20; i++) {
            ahead.addAndGet(RateStore.LEASE_MILLIS / 4);
            rig.run(() -> {
                rig.worker().sweep();
                return null;
            });
        }

        assertThat(used()).isEqualTo(new Use(0, 0, 0, 0, 2));
    }

    /** There was no call. */
    @Test
    void shouldCountNothingOfWhatFoundNoConnection() {
        rig.deployment("d_away", Zone.CLOUD, Duration.ofMinutes(9), Duration.ofMinutes(9), null, "http://127.0.0.1:1");
        rig.reload();

        rig.give(counted(Scene.of("d_away")));

        assertThat(rig.kind()).isEqualTo(FailureKind.UNREACHABLE);
        untilUsed(0, 0, 0);
    }

    @Test
    void shouldCountNothingOfWhatCanNotBePut() {
        rig.give(counted(Scene.of("d_1").saying("refuse")));

        assertThat(rig.kind()).isEqualTo(FailureKind.REJECTED);
        untilUsed(0, 0, 0);
    }

    /** Ten tokens of the prompt, and what came. */
    @Test
    void shouldCountThePromptAndWhatCameOfAnAnswerThatBrokeOff() throws Exception {
        rig.give(counted(Scene.of("d_1")));
        ScriptedVendor.Call call = rig.vendor.next().stream("token token untold");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        call.cut();

        Rig.until(() -> used().parallel() == 0);
        assertThat(used()).isEqualTo(new Use(1, 12, 0, 0, 0));
    }
}
