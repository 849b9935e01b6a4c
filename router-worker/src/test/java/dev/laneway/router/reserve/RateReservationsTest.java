package dev.laneway.router.reserve;

import static dev.laneway.router.Requests.START;
import static dev.laneway.router.Requests.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Allotment;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WhenAway;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.HealthBoard;
import dev.laneway.router.meters.RateMeters;
import dev.laneway.router.plan.Decision;
import dev.laneway.router.plan.Planner;
import dev.laneway.router.plan.RetryRule;
import dev.laneway.router.plan.RoutingTable;
import dev.laneway.router.plan.Situation;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.ProcessRates;
import dev.laneway.runtime.rate.RateStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateReservationsTest {
    private final Meters meters = Meters.create();
    private final Directory directory = new Directory();
    private final GatheredNotices notices = new GatheredNotices(meters);
    private long now = START;
    private final ProcessRates counts = new ProcessRates(() -> now);
    private final RoutingTable table = Gateway.version(VERSION)
            .lane("premium", Privacy.CLOUD_ALLOWED)
            .cloud("first/a")
            .cloud("first/b")
            .cloud("second/c")
            .provider("second/c", "openai_responses")
            .route("smart", "premium", Zone.CLOUD, true, "first")
            .table(Zone.CLOUD);
    private final List<Attempt> paid = new ArrayList<>();
    private @Nullable Failure unpaid;
    private @Nullable String heldFor;
    private boolean away;
    private int trips;

    @AfterEach
    void close() {
        meters.close();
    }

    /** One of several routers over the same counts. */
    private RateReservations router() {
        return new RateReservations(
                directory,
                new Counts(),
                table::deployment,
                this::pay,
                new RateMeters(meters, Zone.CLOUD),
                notices.board());
    }

    private Future<Reservations.Answer> pay(Attempt attempt) {
        paid.add(attempt);
        return Future.succeededFuture(
                unpaid != null
                        ? new Reservations.Denied(unpaid)
                        : new Reservations.Granted(heldFor == null ? attempt : attempt.to(heldFor, "x")));
    }

    private void limit(Scope scope, String id, RateLimits limits, @Nullable WhenAway then) {
        Terms terms = new Terms(null, null, null, List.of(), null, limits, List.of(), null, then);
        directory.put(new Control.Purse(1, scope, id, terms, false, null));
    }

    private void limit(Scope scope, String id, RateLimits limits) {
        limit(scope, id, limits, null);
    }

    private Attempt attempt(String request, String deployment) {
        Attempt planned = ((Decision.Publish) new Planner(RetryRule.DEFAULT)
                        .plan(
                                Requests.of(
                                        request,
                                        "smart",
                                        "premium",
                                        Zone.CLOUD,
                                        WorkClass.INTERACTIVE,
                                        Requests.DEADLINE),
                                new Situation(table, new HealthBoard(Zone.CLOUD), START, true)))
                .attempt();
        return planned.to(deployment, deployment.split("/")[1]);
    }

    private static Reservations.Answer ask(RateReservations router, Attempt attempt) {
        return router.reserve(attempt).result();
    }

    private Failure refused(Attempt attempt) {
        return ((Reservations.Denied) ask(router(), attempt)).failure();
    }

    private RateStore.Use used(Scope scope, String id, RateLimits limits) {
        return counts.look(List.of(new Limited(scope, id, limits, false)))
                .result()
                .used()
                .getFirst();
    }

    @Test
    void shouldAskNobodyWhereThereIsNoLimit() {
        Attempt attempt = attempt("req_1", "first/a");

        Reservations.Answer answer = ask(router(), attempt);

        assertThat(answer).isEqualTo(new Reservations.Granted(attempt));
        assertThat(trips).isZero();
    }

    @Test
    void shouldLetThroughExactlyTheLimitOverAllRouters() {
        limit(Scope.DEPLOYMENT, "first/a", new RateLimits(7, 0, 0, 0, 0, 0));
        List<RateReservations> routers = List.of(router(), router());
        List<Reservations.Answer> answers = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            answers.add(ask(routers.get(i % 2), attempt("req_" + i, "first/a")));
        }

        assertThat(answers.stream().filter(Reservations.Granted.class::isInstance))
                .hasSize(7);
        assertThat(meters.scrape())
                .contains(
                        "laneway_router_limited_total{kind=\"requests_per_minute\",scope=\"deployment\",zone=\"cloud\"} 13.0");
    }

    @Test
    void shouldSayWhoseLimitItIsAndWhenThereIsRoom() {
        limit(Scope.PROVIDER, "openai", new RateLimits(1, 0, 0, 0, 0, 0));
        ask(router(), attempt("req_1", "first/a"));
        now += 20_000;

        Failure failure = refused(attempt("req_2", "first/b"));

        assertThat(failure.kind()).isEqualTo(FailureKind.LIMIT_REACHED);
        assertThat(failure.message()).isEqualTo("Rate limit reached of provider openai: 1 requests per minute.");
        assertThat(failure.retryAfterMillis()).isBetween(40_000L, 41_000L);
        now += failure.retryAfterMillis();
        assertThat(ask(router(), attempt("req_3", "first/b"))).isInstanceOf(Reservations.Granted.class);
    }

    @Test
    void shouldCountAProvidersModelsByWhateverApiTheyAreCalled() {
        limit(Scope.PROVIDER, "openai", new RateLimits(1, 0, 0, 0, 0, 0));
        ask(router(), attempt("req_1", "first/a"));

        Failure failure = refused(attempt("req_2", "second/c"));

        assertThat(failure.message()).isEqualTo("Rate limit reached of provider openai: 1 requests per minute.");
    }

    @Test
    void shouldCountAModelThatTheRequestHasAnotherNameFor() {
        RateLimits limits = new RateLimits(1, 0, 0, 0, 0, 0);
        limit(Scope.MODEL, "first", limits);
        ask(router(), attempt("req_1", "first/a"));

        Failure failure = refused(attempt("req_2", "first/b"));

        assertThat(failure.message()).isEqualTo("Rate limit reached of model first: 1 requests per minute.");
        assertThat(used(Scope.MODEL, "first", limits).requestsPerMinute()).isEqualTo(1);
    }

    @Test
    void shouldNotCountAModelTwiceThatTheRequestNames() {
        limit(Scope.MODEL, "smart", new RateLimits(1, 0, 0, 0, 0, 0));

        ask(router(), attempt("req_1", "first/a"));

        assertThat(trips).isZero();
    }

    @Test
    void shouldTellTheWorkerWhatWasCounted() {
        RateLimits limits = new RateLimits(0, 50_000, 0, 0, 3, 0);
        limit(Scope.DEPLOYMENT, "first/a", limits);

        Reservations.Answer answer = ask(router(), attempt("req_1", "first/a"));

        assertThat(((Reservations.Granted) answer).attempt().allotment())
                .isEqualTo(
                        new Allotment(START, 1_001, List.of(new Allotment.Share(Scope.DEPLOYMENT, "first/a", limits))));
    }

    @Test
    void shouldGiveAnAttemptThatIsPlannedAgainWhatItHad() {
        RateLimits limits = new RateLimits(1, 0, 0, 0, 0, 0);
        limit(Scope.DEPLOYMENT, "first/a", limits);
        limit(Scope.DEPLOYMENT, "first/b", limits);
        Reservations.Answer first = ask(router(), attempt("req_1", "first/a"));
        now += 3_000;

        Reservations.Answer again = ask(router(), attempt("req_1", "first/b"));

        assertThat(again).isEqualTo(first);
        assertThat(used(Scope.DEPLOYMENT, "first/a", limits).requestsPerMinute())
                .isEqualTo(1);
        assertThat(used(Scope.DEPLOYMENT, "first/b", limits).requestsPerMinute())
                .isZero();
    }

    @Test
    void shouldTakeBackWhatThereIsNoMoneyFor() {
        RateLimits limits = new RateLimits(5, 10_000, 0, 0, 2, 0);
        limit(Scope.DEPLOYMENT, "first/a", limits);
        unpaid = Failure.of(FailureKind.BUDGET_EXCEEDED, "no money");

        Failure failure = refused(attempt("req_1", "first/a"));

        assertThat(failure).isEqualTo(unpaid);
        assertThat(used(Scope.DEPLOYMENT, "first/a", limits)).isEqualTo(new RateStore.Use(0, 0, 0, 0, 0));
    }

    @Test
    void shouldCountNothingWhereTheMoneyIsHeldForAnother() {
        RateLimits limits = new RateLimits(5, 0, 0, 0, 0, 0);
        limit(Scope.DEPLOYMENT, "first/a", limits);
        heldFor = "first/b";

        Reservations.Answer answer = ask(router(), attempt("req_1", "first/a"));

        assertThat(((Reservations.Granted) answer).attempt().deployment()).isEqualTo("first/b");
        assertThat(((Reservations.Granted) answer).attempt().allotment()).isNull();
        assertThat(used(Scope.DEPLOYMENT, "first/a", limits).requestsPerMinute())
                .isZero();
    }

    @Test
    void shouldReserveNoMoneyWhereThereIsNoRoom() {
        limit(Scope.DEPLOYMENT, "first/a", new RateLimits(1, 0, 0, 0, 0, 0));
        ask(router(), attempt("req_1", "first/a"));

        refused(attempt("req_2", "first/a"));

        assertThat(paid).hasSize(1);
    }

    @Test
    void shouldGoOnUncountedWhereItsHoldersSaySo() {
        limit(Scope.DEPLOYMENT, "first/a", new RateLimits(1, 0, 0, 0, 0, 0));
        away = true;

        Reservations.Answer answer = ask(router(), attempt("req_1", "first/a"));

        assertThat(((Reservations.Granted) answer).attempt().allotment()).isNull();
        assertThat(meters.scrape()).contains("laneway_router_limits_open_total{zone=\"cloud\"} 1.0");
    }

    @Test
    void shouldTellOncePerKeyAndSecondOfAllThatGoesOnUncounted() {
        limit(Scope.DEPLOYMENT, "first/a", new RateLimits(1, 0, 0, 0, 0, 0));
        away = true;

        for (int i = 0; i < 50; i++) {
            ask(router(), attempt("req_" + i, "first/a"));
            notices.publish();
        }
        notices.secondLater();

        assertThat(notices.published()).containsExactly("owner uncounted 1", "owner uncounted 49");
        assertThat(meters.scrape()).contains("laneway_router_noticed_total{zone=\"cloud\"} 50.0");
    }

    @Test
    void shouldTellNothingOfWhatIsThenRefused() {
        limit(Scope.DEPLOYMENT, "first/a", new RateLimits(1, 0, 0, 0, 0, 0));
        away = true;
        unpaid = Failure.of(FailureKind.BUDGETS_AWAY, "no budget");

        refused(attempt("req_1", "first/a"));

        assertThat(notices.publish()).isEmpty();
    }

    @Test
    void shouldMakeNoAttemptThatNobodyCountsWhereAHolderIsClosed() {
        limit(Scope.DEPLOYMENT, "first/a", new RateLimits(1, 0, 0, 0, 0, 0));
        limit(Scope.PROVIDER, "openai", new RateLimits(9, 0, 0, 0, 0, 0), WhenAway.CLOSED);
        away = true;

        Failure failure = refused(attempt("req_1", "first/a"));

        assertThat(failure.kind()).isEqualTo(FailureKind.LIMITS_AWAY);
        assertThat(paid).isEmpty();
        assertThat(meters.scrape()).contains("laneway_router_limits_away_total{zone=\"cloud\"} 1.0");
    }

    /** The shared counts, as far as they can be reached. */
    private final class Counts implements RateStore {
        @Override
        public Future<Verdict> admit(Ask ask) {
            trips++;
            return away ? Future.failedFuture("away") : counts.admit(ask);
        }

        @Override
        public void settle(Settlement settlement) {
            counts.settle(settlement);
        }

        @Override
        public void renew(List<Ask> underWay) {
            counts.renew(underWay);
        }

        @Override
        public Future<Counted> look(List<Limited> holders) {
            return counts.look(holders);
        }

        @Override
        public Future<Void> ready() {
            return counts.ready();
        }

        @Override
        public Future<Void> close() {
            return counts.close();
        }
    }
}
