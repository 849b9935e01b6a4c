package dev.laneway.router.handling;

import static dev.laneway.router.Requests.DEADLINE;
import static dev.laneway.router.Requests.START;
import static dev.laneway.router.Requests.VERSION;
import static dev.laneway.router.Requests.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.Standing;
import dev.laneway.router.meters.RouterMeters;
import dev.laneway.router.plan.Planner;
import dev.laneway.router.plan.RetryRule;
import dev.laneway.router.reserve.Reservations;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.kafka.Taken;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of an input follows one thing, where the broker's acknowledgement is lost, or the input comes twice. */
class RouterOnceTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final Meters meters = Meters.create();
    private final AtomicLong clock = new AtomicLong(START);
    private final RecordingOutbox outbox = new RecordingOutbox();
    private Future<Void> right = Future.succeededFuture();
    private String epoch = "e1";
    private boolean drawn;
    private boolean paid = true;
    private int offset;

    private final Router router = new Router(
            Gateway.version(VERSION)
                    .retries(0)
                    .lane("premium", Privacy.CLOUD_ALLOWED)
                    .cloud("first/a")
                    .route("alone", "premium", Zone.CLOUD, true, "first")
                    .table(Zone.CLOUD),
            new Router.Ports(
                    (deployment, now) -> Standing.SERVING,
                    new Cancellations(600_000),
                    this::reserve,
                    outbox,
                    taken -> right,
                    () -> epoch,
                    taken -> Future.succeededFuture(drawn)),
            new Planner(RetryRule.DEFAULT),
            new Waiting(VERTX, 2),
            new RouterMeters(meters, Zone.CLOUD),
            clock::get);

    @AfterEach
    void close() {
        meters.close();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private Future<Reservations.Answer> reserve(Attempt attempt) {
        return Future.succeededFuture(
                paid
                        ? new Reservations.Granted(attempt)
                        : new Reservations.Denied(Failure.of(FailureKind.BUDGET_EXCEEDED, "")));
    }

    private Taken<Input> fresh() {
        return taken(
                new Input.Fresh(Requests.of("req_1", "alone", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, DEADLINE)));
    }

    private Taken<Input> taken(Input input) {
        return new Taken<>(input, "t", 0, offset++, START, new byte[0]);
    }

    private FailedAttempt failure() {
        router.handle(fresh());
        FailedAttempt failed = failed(outbox.last(Attempt.class), FailureKind.REJECTED, clock.get());
        outbox.sent.clear();
        return failed;
    }

    private void loseAcknowledgements(int next) {
        outbox.failing = next;
    }

    /** The fact of a request whose failure comes to a router for the first time, its acknowledgement lost. */
    private Taken<Input> factUnseen() {
        Taken<Input> taken = taken(new Input.Returned(failure()));
        outbox.holding = true;
        router.handle(taken);
        outbox.held.get(0).complete();
        outbox.held.get(1).fail("not acknowledged in time");
        outbox.holding = false;
        return taken;
    }

    private Fact.Ended fact() {
        return outbox.last(Fact.Ended.class);
    }

    @Test
    void shouldNotWriteAgainAnEndThatIsInTheLog() {
        Taken<Input> taken = factUnseen();
        drawn = true;

        Future<Void> done = router.handle(taken);

        assertThat(done.succeeded()).isTrue();
        assertThat(outbox.topics()).containsExactly("lw.cloud.replies/3", "usage");
    }

    @Test
    void shouldWriteAnEndAgainToTheByte() {
        Taken<Input> taken = factUnseen();
        Fact.Ended first = fact();
        clock.addAndGet(3_000);

        router.handle(taken);

        assertThat(outbox.topics()).containsExactly("lw.cloud.replies/3", "usage", "lw.cloud.replies/3", "usage");
        assertThat(fact()).isEqualTo(first);
    }

    @Test
    void shouldLeaveAnAttemptThatMayBeThereToItsWorkerThoughItsClientLeft() {
        loseAcknowledgements(1);
        Taken<Input> taken = fresh();
        router.handle(taken);
        router.cancelled("req_1");

        router.handle(taken);

        assertThat(outbox.sent).hasSize(2).allMatch(sent -> sent.event() instanceof Attempt);
        assertThat(outbox.last(Attempt.class).maybe()).isEqualTo("e1");
    }

    @Test
    void shouldLeaveAnAttemptThatMayBeThereToItsWorkerThoughItsDeadlinePassed() {
        loseAcknowledgements(1);
        Taken<Input> taken = fresh();
        router.handle(taken);
        clock.set(DEADLINE + 1);

        router.handle(taken);

        assertThat(outbox.sent).hasSize(2).allMatch(sent -> sent.event() instanceof Attempt);
    }

    @Test
    void shouldLeaveAnAttemptThatMayBeThereToItsWorkerThoughItsMoneyIsGone() {
        loseAcknowledgements(1);
        Taken<Input> taken = fresh();
        router.handle(taken);
        paid = false;

        router.handle(taken);

        assertThat(outbox.sent).hasSize(2).allMatch(sent -> sent.event() instanceof Attempt);
    }

    @Test
    void shouldBelieveNoEpochOfAnAttemptThatMayBeThereUnderTwo() {
        loseAcknowledgements(2);
        Taken<Input> taken = fresh();
        router.handle(taken);
        epoch = "e2";
        router.handle(taken);

        router.handle(taken);

        assertThat(outbox.last(Attempt.class).maybe()).isEqualTo("none");
    }

    @Test
    void shouldEndNothingOfAPartitionThatHasMoved() {
        FailedAttempt failed = failure();
        right = Future.failedFuture("moved");

        Future<Void> done = router.handle(taken(new Input.Returned(failed)));

        assertThat(done.failed()).isTrue();
        assertThat(outbox.sent).isEmpty();
    }

    @Test
    void shouldWriteNoFactOfAPartitionThatMovedWhileTheClientWasTold() {
        FailedAttempt failed = failure();
        outbox.holding = true;
        router.handle(taken(new Input.Returned(failed)));
        right = Future.failedFuture("moved");

        outbox.held.getFirst().complete();

        assertThat(outbox.topics()).containsExactly("lw.cloud.replies/3");
    }

    @Test
    void shouldDrawNothingFromAFailureWhoseConsequenceIsInTheLog() {
        FailedAttempt failed = failure();
        drawn = true;

        Future<Void> done = router.handle(taken(new Input.Returned(failed.perhapsAgain("e1"))));

        assertThat(done.succeeded()).isTrue();
        assertThat(outbox.sent).isEmpty();
    }

    @Test
    void shouldDrawNothingFromAFailureWhileItsOtherRecordIsHandled() {
        FailedAttempt failed = failure();
        outbox.holding = true;
        router.handle(taken(new Input.Returned(failed)));

        Future<Void> second = router.handle(taken(new Input.Returned(failed.perhapsAgain("e1"))));

        assertThat(outbox.topics()).containsExactly("lw.cloud.replies/3");
        assertThat(second.isComplete()).isFalse();
    }

    @Test
    void shouldDrawNothingFromAFailureWhileTheConsequenceOfItsOtherRecordIsUnseen() {
        FailedAttempt failed = ((Input.Returned) factUnseen().event()).failed();
        int before = outbox.sent.size();

        Future<Void> second = router.handle(taken(new Input.Returned(failed.perhapsAgain("e1"))));

        assertThat(second.failed()).isTrue();
        assertThat(outbox.sent).hasSize(before);
    }

    @Test
    void shouldDecideAnewWhereARecordMovedAwayAndCameBack() {
        Taken<Input> before = factUnseen();

        Future<Void> done =
                router.handle(new Taken<>(before.event(), "t", 0, before.offset(), START, "e1", false, new byte[0]));

        assertThat(done.succeeded()).isTrue();
        assertThat(outbox.topics()).endsWith("lw.cloud.replies/3", "usage");
    }

    @Test
    void shouldAskTheLogOnlyWhereItMayKnow() {
        FailedAttempt failed = failure();
        drawn = true;

        router.handle(taken(new Input.Returned(failed)));

        assertThat(fact().requestId()).isEqualTo("req_1");
    }
}
