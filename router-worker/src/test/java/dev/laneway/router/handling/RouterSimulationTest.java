package dev.laneway.router.handling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Status;
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
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One request after another through routers as they are, over a model of the log and of workers, in virtual time: acknowledgements are lost,
 * records land late or never, failures are told twice, partitions move between routers and come back, money is reserved slowly, clients leave
 * and deadlines pass, at any step.
 * However it goes, a request ends, and ends once.
 */
class RouterSimulationTest {
    private static final int REQUESTS_PER_SEED = 2_000;
    private static final int MOST_STEPS = 5_000;

    private static final Vertx VERTX = Vertx.vertx();
    private static final RouterMeters METERS = new RouterMeters(Meters.create(), Zone.CLOUD);

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /** What a producer gave up is in the log by then, or never will be: there is one terminal fact, and not one record more. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldWriteOneTerminalFact(long seed) {
        Random random = new Random(seed);

        for (int i = 0; i < REQUESTS_PER_SEED; i++) {
            World world = new World(random, "req_" + seed + "_" + i, false, true);
            world.live();
            assertThat(world.ends)
                    .as("ends of %s: %s", world.request.id(), world.story)
                    .hasSize(1);
        }
    }

    /** What a producer gave up may land later yet: a fact may then be there twice, and is the same to the byte. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8})
    void shouldWriteNoOtherTerminalFact(long seed) {
        Random random = new Random(seed);
        int twice = 0;

        for (int i = 0; i < REQUESTS_PER_SEED; i++) {
            World world = new World(random, "req_" + seed + "_" + i, true, false);
            world.live();
            assertThat(new HashSet<>(world.ends))
                    .as("ends of %s: %s", world.request.id(), world.story)
                    .hasSize(1);
            twice += world.ends.size() > 1 ? 1 : 0;
        }

        assertThat(twice).as("requests that show that it may be").isPositive();
    }

    /** A record on its way to the broker. */
    private static final class Flight {
        final String what;
        final Runnable append;
        final Promise<Void> acknowledged = Promise.promise();
        boolean there;

        Flight(String what, Runnable append) {
            this.what = what;
            this.append = append;
        }
    }

    /** A record that routers read. */
    private static final class Place {
        final Input input;
        final int offset;

        @Nullable
        Taken<Input> taken;

        boolean busy;
        boolean begun;
        boolean done;

        Place(Input input, int offset) {
            this.input = input;
            this.offset = offset;
        }
    }

    /** One request, the log, and everybody who works on it. */
    private static final class World {
        private final Random random;
        private final boolean landsLate;
        private final boolean moves;
        private final Request request;
        private final List<String> story = new ArrayList<>();
        private final List<Place> inputs = new ArrayList<>();
        private final List<Attempt> attempts = new ArrayList<>();
        private final Set<String> worked = new HashSet<>();
        private final List<Fact> ends = new ArrayList<>();
        private final List<Flight> flights = new ArrayList<>();
        private final List<Runnable> reserving = new ArrayList<>();
        private final List<Router> routers = new ArrayList<>();
        private long now = Requests.START;
        private int owner;
        private long assignment = 1;
        private int read;
        private boolean cancelled;

        World(Random random, String id, boolean landsLate, boolean moves) {
            this.random = random;
            this.landsLate = landsLate;
            this.moves = moves;
            request = Requests.of(
                    id,
                    "smart",
                    "premium",
                    Zone.CLOUD,
                    WorkClass.INTERACTIVE,
                    Requests.START + 1 + random.nextInt(400));
            inputs.add(new Place(new Input.Fresh(request), 0));
            routers.add(router(0));
        }

        private Router router(int number) {
            return new Router(
                    Gateway.version(Requests.VERSION)
                            .retries(0)
                            .lane("premium", Privacy.CLOUD_ALLOWED)
                            .cloud("first/a")
                            .cloud("second/b")
                            .route("smart", "premium", Zone.CLOUD, true, "first", "second")
                            .table(Zone.CLOUD),
                    new Router.Ports(
                            (deployment, at) -> Standing.SERVING,
                            new Cancellations(600_000),
                            this::reserve,
                            new ToLog(),
                            taken -> owner == number && taken.assignment() == assignment
                                    ? Future.succeededFuture()
                                    : Future.failedFuture("the partition has moved"),
                            () -> "e1",
                            taken -> Future.succeededFuture(isDrawn(taken.event()))),
                    new Planner(RetryRule.DEFAULT),
                    new Waiting(VERTX, 2),
                    METERS,
                    () -> now);
        }

        private Future<Reservations.Answer> reserve(Attempt attempt) {
            Reservations.Answer granted = new Reservations.Granted(attempt);
            if (random.nextInt(3) > 0) {
                return Future.succeededFuture(granted);
            }
            Promise<Reservations.Answer> answer = Promise.promise();
            reserving.add(() -> answer.complete(granted));
            return answer.future();
        }

        private void answer() {
            if (!reserving.isEmpty()) {
                story.add("reserved");
                reserving.remove(random.nextInt(reserving.size())).run();
            }
        }

        private final class ToLog implements Outbox {
            @Override
            public Future<Void> attempt(String topic, Attempt attempt, byte[] body) {
                return fly(new Flight(attempt.id() + " maybe " + attempt.maybe(), () -> attempts.add(attempt)));
            }

            @Override
            public Future<Void> reply(ReplyAddress to, Reply.Failed reply) {
                return fly(new Flight("reply", () -> {}));
            }

            @Override
            public Future<Void> fact(Fact.Ended fact) {
                return fly(
                        new Flight("fact " + fact.terminal().status() + " at " + fact.endedAt(), () -> ends.add(fact)));
            }

            private Future<Void> fly(Flight flight) {
                flights.add(flight);
                return flight.acknowledged.future();
            }
        }

        private boolean isDrawn(Input input) {
            int after = switch (input) {
                case Input.Fresh fresh -> -1;
                case Input.Returned returned -> returned.failed().attempt().tryNumber();
            };
            return !ends.isEmpty() || attempts.stream().anyMatch(attempt -> attempt.tryNumber() > after);
        }

        void live() {
            for (int step = 0; !isOver(); step++) {
                assertThat(step).as("steps of %s: %s", request.id(), story).isLessThan(MOST_STEPS);
                now += random.nextInt(3);
                switch (random.nextInt(8)) {
                    case 7 -> answer();
                    case 0, 1 -> handle();
                    case 2, 3 -> land();
                    case 4 -> work();
                    case 5 -> cancel();
                    default -> move();
                }
            }
        }

        private boolean isOver() {
            return inputs.stream().allMatch(place -> place.done)
                    && flights.isEmpty()
                    && reserving.isEmpty()
                    && read == attempts.size();
        }

        /** Records are handed out in their order; those whose handling failed again in any. */
        private void handle() {
            List<Place> any = new ArrayList<>();
            inputs.stream()
                    .filter(place -> place.taken != null && !place.done && !place.busy)
                    .forEach(any::add);
            inputs.stream()
                    .filter(place -> place.taken == null && !place.done)
                    .findFirst()
                    .ifPresent(any::add);
            if (!any.isEmpty()) {
                handle(any.get(random.nextInt(any.size())));
            }
        }

        private void handle(Place place) {
            Taken<Input> mine = place.taken;
            if (mine == null) {
                String before = place.begun ? "e1" : null;
                mine = new Taken<>(place.input, "t", 0, place.offset, 0, before, false, assignment, new byte[0]);
            }
            Taken<Input> taken = mine;
            place.taken = taken;
            place.busy = true;
            place.begun = true;
            story.add(owner + " takes " + place.offset);
            routers.get(owner).handle(taken).onComplete((done, cause) -> {
                if (place.taken == taken) { // else it is delivered to another one by now
                    place.busy = false;
                    place.done = cause == null;
                }
            });
        }

        /** Something that is on its way arrives, is acknowledged, or is given up. */
        private void land() {
            if (flights.isEmpty()) {
                return;
            }
            Flight flight = flights.get(random.nextInt(flights.size()));
            switch (random.nextInt(5)) {
                case 0 -> {
                    append(flight);
                    settle(flight, false);
                }
                case 1 -> {
                    settle(flight, false);
                    if (landsLate && random.nextBoolean()) {
                        flights.add(flight);
                    }
                }
                case 2 -> append(flight);
                default -> {
                    append(flight);
                    settle(flight, true);
                }
            }
        }

        private void append(Flight flight) {
            if (!flight.there) {
                flight.there = true;
                story.add("there: " + flight.what);
                flight.append.run();
            }
        }

        private void settle(Flight flight, boolean good) {
            flights.remove(flight);
            story.add((good ? "acknowledged: " : "given up: ") + flight.what);
            if (good) {
                flight.acknowledged.tryComplete();
            } else {
                flight.acknowledged.tryFail("not acknowledged in time");
            }
        }

        /** A worker makes something of an attempt: once of each id. */
        private void work() {
            if (read == attempts.size()) {
                return;
            }
            Attempt attempt = attempts.get(read++);
            boolean refused = random.nextInt(5) == 0;
            boolean first = worked.add(attempt.id());
            story.add("worker: " + attempt.id() + (first ? "" : " again"));
            if (first && refused) {
                tell(new FailedAttempt(attempt, failure(FailureKind.ZONE_REFUSED), false, 0, now), attempt.maybe());
            } else if (first && cancelled) {
                tell(new FailedAttempt(attempt, failure(FailureKind.CANCELLED), false, 0, now), attempt.maybe());
            } else if (first && now >= request.deadline()) {
                tell(new FailedAttempt(attempt, failure(FailureKind.EXPIRED), false, 0, now), attempt.maybe());
            } else if (first && random.nextInt(3) == 0) {
                ends.add(answered(attempt));
            } else if (first) {
                FailureKind kind = random.nextBoolean() ? FailureKind.REJECTED : FailureKind.UNKNOWN;
                tell(new FailedAttempt(attempt, failure(kind), true, 0, now), attempt.maybe());
            }
        }

        /** Perhaps twice: what was not acknowledged is told again, and says so. */
        private void tell(FailedAttempt failed, @Nullable String maybe) {
            FailedAttempt told = maybe == null ? failed : failed.perhapsAgain(maybe);
            inputs.add(new Place(new Input.Returned(told), inputs.size()));
            if (random.nextInt(3) == 0) {
                inputs.add(new Place(new Input.Returned(failed.perhapsAgain("e1")), inputs.size()));
            }
        }

        private static Failure failure(FailureKind kind) {
            return Failure.of(kind, "");
        }

        private Fact.Attempted answered(Attempt attempt) {
            return new Fact.Attempted(
                    Fact.Subject.of(request),
                    attempt.id(),
                    attempt.deployment(),
                    "group",
                    "openai",
                    attempt.account(),
                    "model",
                    Zone.CLOUD,
                    "eu",
                    Outcome.SUCCEEDED,
                    null,
                    200,
                    true,
                    null,
                    now,
                    now,
                    now,
                    new Fact.Terminal(Status.COMPLETED, 200, null, 1, 0, "lw.cloud.replies", 3, 0, 1),
                    false);
        }

        private void cancel() {
            if (!cancelled && random.nextInt(6) == 0) {
                cancelled = true;
                story.add("cancelled");
                routers.forEach(router -> router.cancelled(request.id()));
            }
        }

        /** What the router before had on its way is there when the next one looks, or never will be. */
        private void move() {
            if (!moves || random.nextInt(4) > 0) {
                return;
            }
            owner = random.nextInt(routers.size() + 1);
            assignment++;
            story.add("moves to " + owner);
            if (owner == routers.size()) {
                Router next = router(owner);
                if (cancelled && random.nextBoolean()) {
                    next.cancelled(request.id());
                }
                routers.add(next);
            }
            for (Place place : inputs) {
                place.taken = null;
                place.busy = false;
            }
            while (!flights.isEmpty()) { // what is acknowledged may bring more of it on its way
                Flight flight = flights.getFirst();
                if (random.nextBoolean()) {
                    append(flight);
                }
                settle(flight, flight.there && random.nextBoolean());
            }
        }
    }
}
