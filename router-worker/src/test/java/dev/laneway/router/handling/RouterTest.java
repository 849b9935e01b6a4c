package dev.laneway.router.handling;

import static dev.laneway.router.Requests.DEADLINE;
import static dev.laneway.router.Requests.START;
import static dev.laneway.router.Requests.VERSION;
import static dev.laneway.router.Requests.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.HealthBoard;
import dev.laneway.router.meters.RouterMeters;
import dev.laneway.router.plan.Planner;
import dev.laneway.router.plan.RetryRule;
import dev.laneway.router.reserve.Reservations;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final byte[] BODY = "{\"model\":\"smart\"}".getBytes(StandardCharsets.UTF_8);
    private static final String ATTEMPTS = "lw.cloud.attempts.a.premium.interactive";

    private static final Vertx VERTX = Vertx.vertx();

    private final Context context = VERTX.getOrCreateContext();
    private final Meters meters = Meters.create();
    private final AtomicLong clock = new AtomicLong(START);
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final HealthBoard board = new HealthBoard(Zone.CLOUD);
    private final Waiting waiting = new Waiting(VERTX, 2);
    private Future<Void> right = Future.succeededFuture();
    private String epoch = "e1";
    private boolean drawn;
    private final Router router = new Router(
            Gateway.version(VERSION)
                    .retries(1)
                    .lane("premium", Privacy.CLOUD_ALLOWED)
                    .cloud("first/a")
                    .cloud("second/b")
                    .route("smart", "premium", Zone.CLOUD, true, "first", "second")
                    .route("alone", "premium", Zone.CLOUD, true, "first")
                    .table(Zone.CLOUD),
            new Router.Ports(
                    board,
                    new Cancellations(600_000),
                    Reservations.UNBUDGETED,
                    outbox,
                    taken -> right,
                    () -> epoch,
                    taken -> Future.succeededFuture(drawn)),
            new Planner(RetryRule.DEFAULT),
            waiting,
            new RouterMeters(meters, Zone.CLOUD),
            clock::get);

    private int offset;

    @AfterEach
    void close() {
        meters.close();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private Taken<Input> fresh(String id, String route) {
        Request request = Requests.of(id, route, "premium", Zone.CLOUD, WorkClass.INTERACTIVE, DEADLINE);
        return taken(new Input.Fresh(request), "lw.cloud.requests.premium.interactive");
    }

    private Taken<Input> returned(Attempt attempt, FailureKind kind) {
        return taken(new Input.Returned(failed(attempt, kind, clock.get())), "lw.cloud.failures.premium.interactive");
    }

    private Taken<Input> taken(Input input, String topic) {
        return new Taken<>(input, topic, 0, offset++, START, BODY);
    }

    private Future<Void> handle(Taken<Input> taken) {
        return on(() -> router.handle(taken)).compose(handled -> handled);
    }

    /** Runs something where the router lives, and waits for it to return. */
    private <T> Future<T> on(Callable<T> step) {
        Future<T> done = Future.future(promise -> context.runOnContext(v -> {
            try {
                promise.complete(step.call());
            } catch (Exception e) {
                promise.fail(e);
            }
        }));
        await().atMost(10, TimeUnit.SECONDS).until(done::isComplete);
        return done;
    }

    private void await10(Future<?> future) {
        await().atMost(10, TimeUnit.SECONDS).until(future::isComplete);
    }

    private boolean showsMetric(String line) {
        return meters.scrape().lines().anyMatch(line::equals);
    }

    @Test
    void shouldNotTellAClientThatNoLongerWaits() {
        Taken<Input> unknown = fresh("req_late", "nothing");
        outbox.failing = 1;
        Future<Void> refused = handle(unknown);
        await10(refused);
        clock.set(DEADLINE);

        Future<Void> done = handle(unknown);

        await10(done);
        assertThat(done.succeeded()).isTrue();
        assertThat(outbox.sent).hasSize(2);
        assertThat(outbox.last(Fact.Ended.class).requestId()).isEqualTo("req_late");
    }

    @Test
    void shouldForwardTheBodyUntouched() {
        Future<Void> done = handle(fresh("req_1", "smart"));

        await10(done);
        assertThat(done.succeeded()).isTrue();
        assertThat(outbox.topics()).containsExactly(ATTEMPTS);
        assertThat(outbox.sent.getFirst().body()).isSameAs(BODY);
    }

    @Test
    void shouldCountARecordAsDoneOnlyWhenItsAttemptIsAcknowledged() {
        outbox.holding = true;

        Future<Void> done = handle(fresh("req_1", "smart"));

        assertThat(done.isComplete()).isFalse();
        context.runOnContext(v -> outbox.held.getFirst().complete());
        await10(done);
        assertThat(done.succeeded()).isTrue();
    }

    @Test
    void shouldPublishTheSameAttemptAgainWhenTheBrokerWasAway() {
        outbox.failing = 1;
        Taken<Input> taken = fresh("req_1", "smart");
        Future<Void> first = handle(taken);
        await10(first);
        on(() -> {
            board.take(new Health("first/a", "a", Health.State.OUT_OF_SERVICE, 0, null, START));
            return null;
        });

        Future<Void> second = handle(taken);

        await10(second);
        assertThat(first.failed()).isTrue();
        assertThat(outbox.sent).hasSize(2);
        Attempt attempt = (Attempt) outbox.sent.get(0).event();
        assertThat(outbox.sent.get(1).event()).isEqualTo(attempt.perhapsAgain("e1"));
    }

    @Test
    void shouldPublishNothingBeforeItHasTheRight() {
        Promise<Void> commit = Promise.promise();
        right = commit.future();

        Future<Void> done = handle(fresh("req_1", "smart"));

        assertThat(outbox.sent).isEmpty();
        context.runOnContext(v -> commit.complete());
        await10(done);
        assertThat(outbox.topics()).containsExactly(ATTEMPTS);
    }

    @Test
    void shouldPublishNothingOfAPartitionThatHasMoved() {
        right = Future.failedFuture("moved");

        Future<Void> done = handle(fresh("req_1", "smart"));

        await10(done);
        assertThat(done.failed()).isTrue();
        assertThat(outbox.sent).isEmpty();
    }

    @Test
    void shouldSayThatARouterBeforeItMayHavePublishedTheAttempt() {
        Request request = Requests.of("req_1", "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, DEADLINE);

        await10(handle(new Taken<>(new Input.Fresh(request), "t", 0, offset++, START, "e0", false, BODY)));

        assertThat(outbox.last(Attempt.class).maybe()).isEqualTo("e0");
    }

    @Test
    void shouldDoNothingWhereTheConsequenceIsInTheLog() {
        Request request = Requests.of("req_1", "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, DEADLINE);
        drawn = true;

        Future<Void> done = handle(new Taken<>(new Input.Fresh(request), "t", 0, offset++, START, "e0", false, BODY));

        await10(done);
        assertThat(done.succeeded()).isTrue();
        assertThat(outbox.sent).isEmpty();
    }

    @Test
    void shouldSayThatTheFailureMayHaveBeenToldBefore() {
        await10(handle(fresh("req_1", "smart")));
        FailedAttempt failed = failed(outbox.last(Attempt.class), FailureKind.REJECTED, clock.get());

        await10(handle(taken(new Input.Returned(failed.perhapsAgain("e0")), "lw.cloud.failures.premium.interactive")));

        assertThat(outbox.last(Attempt.class).maybe()).isEqualTo("e0");
    }

    @Test
    void shouldBelieveNoEpochWhereThereAreTwo() {
        await10(handle(fresh("req_1", "smart")));
        FailedAttempt failed = failed(outbox.last(Attempt.class), FailureKind.REJECTED, clock.get());
        Input again = new Input.Returned(failed.perhapsAgain("e0"));

        await10(handle(
                new Taken<>(again, "lw.cloud.failures.premium.interactive", 0, offset++, START, "e1", false, BODY)));

        assertThat(outbox.last(Attempt.class).maybe()).isEqualTo("none");
    }

    @Test
    void shouldTellTheClientBeforeItWritesTheTerminalFact() {
        await10(handle(fresh("req_1", "alone")));
        Attempt attempt = outbox.last(Attempt.class);

        await10(handle(returned(attempt, FailureKind.REJECTED)));

        assertThat(outbox.topics()).containsExactly(ATTEMPTS, "lw.cloud.replies/3", "usage");
        assertThat((Reply.Failed) outbox.sent.get(1).event()).satisfies(reply -> {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.attempts()).isEqualTo(1);
        });
        assertThat(outbox.last(Fact.Ended.class).terminal()).satisfies(terminal -> {
            assertThat(terminal.status()).isEqualTo(Status.FAILED);
            assertThat(terminal.failure()).isEqualTo(FailureKind.REJECTED);
            assertThat(terminal.httpStatus()).isEqualTo(400);
        });
        assertThat(showsMetric("laneway_router_ended_total{kind=\"rejected\",status=\"400\",zone=\"cloud\"} 1.0"))
                .isTrue();
    }

    @Test
    void shouldNotThinkAgainOnceTheClientWasTold() {
        await10(handle(fresh("req_1", "alone")));
        Attempt attempt = outbox.last(Attempt.class);
        Taken<Input> taken = returned(attempt, FailureKind.REJECTED);
        outbox.holding = true;
        Future<Void> first = handle(taken);
        context.runOnContext(v -> outbox.held.get(0).complete());
        await().until(() -> outbox.held.size() == 2);
        context.runOnContext(v -> outbox.held.get(1).fail("the broker is away"));
        await10(first);
        outbox.holding = false;
        clock.set(DEADLINE);

        await10(handle(taken));

        assertThat(outbox.last(Fact.Ended.class).terminal().failure()).isEqualTo(FailureKind.REJECTED);
    }

    @Test
    void shouldCountAndSayAFallback() {
        await10(handle(fresh("req_1", "smart")));
        Attempt first = outbox.last(Attempt.class);

        await10(handle(returned(first, FailureKind.REJECTED)));

        assertThat(outbox.last(Attempt.class).deployment()).isEqualTo("second/b");
        assertThat(
                        showsMetric(
                                "laneway_router_fallbacks_total{from=\"first/a\",kind=\"rejected\",to=\"second/b\",zone=\"cloud\"} 1.0"))
                .isTrue();
    }

    @Test
    void shouldOnlyWriteAFactForWhatNobodyWaitsForAnyMore() {
        clock.set(DEADLINE);

        await10(handle(fresh("req_1", "smart")));

        assertThat(outbox.topics()).containsExactly("usage");
        assertThat(outbox.last(Fact.Ended.class).terminal().status()).isEqualTo(Status.EXPIRED);
    }

    @Test
    void shouldNotPlanWhatWasCancelledBeforeItCame() {
        on(() -> {
            router.cancelled("req_1");
            return null;
        });

        await10(handle(fresh("req_1", "smart")));

        assertThat(outbox.topics()).containsExactly("usage");
        assertThat(outbox.last(Fact.Ended.class).terminal().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void shouldEndAWaitWhenItsRequestIsCancelled() {
        on(() -> {
            board.take(new Health("first/a", "a", Health.State.PAUSED, START + 50_000, null, START));
            return null;
        });
        Future<Void> done = handle(fresh("req_1", "alone"));
        assertThat(waiting.size()).isEqualTo(1);

        on(() -> {
            router.cancelled("req_1");
            return null;
        });

        await10(done);
        assertThat(waiting.size()).isZero();
        assertThat(outbox.topics()).containsExactly("usage");
        assertThat(outbox.last(Fact.Ended.class).terminal().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void shouldPublishWhenTheWaitIsOver() {
        on(() -> {
            board.take(new Health("first/a", "a", Health.State.PAUSED, START + 400, null, START));
            return null;
        });
        Future<Void> done = handle(fresh("req_1", "alone"));
        clock.set(START + 1_000);

        await10(done);

        assertThat(outbox.topics()).containsExactly(ATTEMPTS);
    }

    @Test
    void shouldRefuseToWaitWhenTooManyOfThePartitionDo() {
        on(() -> {
            board.take(new Health("first/a", "a", Health.State.PAUSED, START + 50_000, null, START));
            return null;
        });
        handle(fresh("req_1", "alone"));
        handle(fresh("req_2", "alone"));

        await10(handle(fresh("req_3", "alone")));

        assertThat(waiting.size()).isEqualTo(2);
        assertThat(outbox.topics()).containsExactly("lw.cloud.replies/3", "usage");
        assertThat(showsMetric("laneway_router_waits_refused_total{zone=\"cloud\"} 1.0"))
                .isTrue();
    }
}
