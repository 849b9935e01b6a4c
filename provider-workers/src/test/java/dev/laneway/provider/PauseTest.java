package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Zone;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a 429, failures in a row and missing keys do to the work, and what routers are told. */
class PauseTest {
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.deployment("d_single", Zone.CLOUD, Duration.ofSeconds(20), Duration.ofSeconds(20), 1);
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void limit(String retryAfterSeconds) throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1"));
        rig.vendor
                .next()
                .response()
                .setStatusCode(429)
                .putHeader("retry-after", retryAfterSeconds)
                .end();
        Rig.until(done::succeeded);
    }

    @Test
    void shouldReturnInteractiveWorkUncalledWhileItsAccountIsPaused() throws Exception {
        limit("30");

        Future<Void> done = rig.give(Scene.of("d_1"));

        Rig.until(done::succeeded);
        Failure failure = rig.outbox.failures().getLast().failed().failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryAfterMillis()).isBetween(25_000L, 30_000L);
        assertThat(rig.outbox.failures().getLast().failed().called()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldReturnInteractiveWorkThatWaitsWhenItsAccountIsPaused() throws Exception {
        Future<Void> runs = rig.give(Scene.of("d_single"));
        Future<Void> waits = rig.give(Scene.of("d_single"));

        rig.vendor
                .next()
                .response()
                .setStatusCode(429)
                .putHeader("retry-after", "30")
                .end();

        Rig.until(() -> runs.succeeded() && waits.succeeded());
        assertThat(rig.outbox.failures())
                .extracting(sent -> sent.failed().called())
                .containsExactlyInAnyOrder(true, false);
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldLetDeferredWorkWaitForTheEndOfThePause() throws Exception {
        limit("1");
        long from = System.nanoTime();

        Future<Void> done = rig.give(Scene.of("d_1").deferred());
        rig.vendor.next().stream("token done").end();

        Rig.until(done::succeeded);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(700));
        assertThat(rig.outbox.failures()).hasSize(1);
    }

    @Test
    void shouldLetGoOfWorkThatWaitsWhenItsPartitionMoves() throws Exception {
        limit("30");
        Future<Void> waits = rig.give(Scene.of("d_1").deferred());
        Future<Void> stays = rig.give(Scene.of("d_1").deferred());

        rig.run(() -> {
            rig.worker().moved(taken -> true);
            rig.worker().moved(taken -> true);
            return null;
        });

        Rig.until(() -> waits.failed() && stays.failed());
        Rig.until(() -> rig.meters.scrape().contains("laneway_worker_waiting{class=\"deferred\",zone=\"cloud\"} 0.0"));
        assertThat(rig.outbox.failures()).as("nobody is told").hasSize(1);
    }

    @Test
    void shouldFinishACallWhosePartitionMoves() throws Exception {
        Future<Void> runs = rig.give(Scene.of("d_single"));
        ScriptedVendor.Call call = rig.vendor.next();

        rig.run(() -> {
            rig.worker().moved(taken -> true);
            return null;
        });
        call.stream("token done").end();

        Rig.until(runs::succeeded);
        assertThat(rig.outbox.failures()).isEmpty();
    }

    @Test
    void shouldTellRoutersOfAPause() throws Exception {
        limit("30");

        Health told = rig.outbox.health().getFirst();

        assertThat(told.state()).isEqualTo(Health.State.PAUSED);
        assertThat(told.account()).isEqualTo("acme");
        assertThat(told.deployment()).isEqualTo("d_1");
        assertThat(told.untilMillis() - told.observedAt()).isEqualTo(30_000);
    }

    @Test
    void shouldTellRoutersOfFailuresInARowAndOfTheirEnd() throws Exception {
        for (int i = 0; i < 5; i++) {
            Future<Void> done = rig.give(Scene.of("d_1"));
            rig.vendor.next().response().setStatusCode(500).end();
            Rig.until(done::succeeded);
        }
        List<Health> troubled = rig.outbox.health();
        Future<Void> done = rig.give(Scene.of("d_1"));
        rig.vendor.next().stream("token done").end();

        Rig.until(done::succeeded);
        assertThat(troubled).extracting(Health::state).containsExactly(Health.State.COOLING);
        assertThat(rig.outbox.health())
                .extracting(Health::state)
                .containsExactly(Health.State.COOLING, Health.State.SERVING);
    }

    @Test
    void shouldTellRoutersOfRefusedCredentials() throws Exception {
        Future<Void> done = rig.give(Scene.of("d_1"));
        rig.vendor.next().response().setStatusCode(401).end();

        Rig.until(done::succeeded);
        assertThat(rig.outbox.health()).extracting(Health::state).containsExactly(Health.State.OUT_OF_SERVICE);
    }

    @Test
    void shouldTellRoutersWhenAKeyGoesAndComes() {
        rig.key = null;
        rig.reload();
        rig.reload();
        rig.key = "sk-new";
        rig.reload();

        assertThat(rig.outbox.health())
                .filteredOn(health -> health.deployment().equals("d_1"))
                .extracting(Health::state)
                .containsExactly(Health.State.OUT_OF_SERVICE, Health.State.SERVING);
    }

    /** A worker of local work has no key of a vendor outside, and others have: it must not take those vendors out of service for them. */
    @Test
    void shouldTellNothingOfKeysThatItsZoneMayNotUse() throws Exception {
        rig.close();
        rig = new Rig(Zone.LOCAL);
        rig.deployment("d_local", Zone.LOCAL, Duration.ofSeconds(20), Duration.ofSeconds(20), null)
                .open();
        rig.key = null;

        rig.reload();

        assertThat(rig.outbox.health())
                .extracting(Health::deployment, Health::zone)
                .containsExactly(tuple("d_local", Zone.LOCAL));
    }

    @Test
    void shouldNotCallMoreThanADeploymentTakesAtOnce() throws Exception {
        Future<Void> first = rig.give(Scene.of("d_single"));
        Future<Void> second = rig.give(Scene.of("d_single"));

        ScriptedVendor.Call one = rig.vendor.next();
        boolean secondCameEarly = !rig.vendor.calls.isEmpty();
        one.stream("token done").end();
        rig.vendor.next().stream("token done").end();

        Rig.until(() -> first.succeeded() && second.succeeded());
        assertThat(secondCameEarly).isFalse();
    }
}
