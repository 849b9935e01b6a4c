package dev.laneway.router.plan;

import static dev.laneway.router.Requests.DEADLINE;
import static dev.laneway.router.Requests.START;
import static dev.laneway.router.Requests.VERSION;
import static dev.laneway.router.Requests.failed;
import static dev.laneway.router.Requests.interactive;
import static dev.laneway.router.Requests.uncalled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.HealthBoard;
import dev.laneway.runtime.config.CallRules;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.OnUnknown;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.RetryPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private final Planner planner = new Planner(RetryRule.DEFAULT);
    private final HealthBoard board = new HealthBoard(Zone.CLOUD);
    private final Request request = interactive("smart", "premium", Zone.CLOUD);
    private final Request deferred = Requests.of("req_1", "smart", "premium", Zone.CLOUD, WorkClass.DEFERRED, DEADLINE);

    private static Gateway gateway() {
        return Gateway.version(VERSION).lane("premium", Privacy.CLOUD_ALLOWED);
    }

    /** Two hops of one deployment each. */
    private static RoutingTable twoHops(int retries) {
        return gateway()
                .retries(retries)
                .cloud("first/a")
                .cloud("second/b")
                .route("smart", "premium", Zone.CLOUD, true, "first", "second")
                .table(Zone.CLOUD);
    }

    /** One hop of two accounts, the first with two deployments. */
    private static RoutingTable oneHop(int retries) {
        return gateway()
                .retries(retries)
                .cloud("first/a")
                .cloud("first/b")
                .route("smart", "premium", Zone.CLOUD, true, "first")
                .table(Zone.CLOUD);
    }

    private static RoutingTable single(int retries) {
        return gateway()
                .retries(retries)
                .cloud("first/a")
                .route("smart", "premium", Zone.CLOUD, true, "first")
                .table(Zone.CLOUD);
    }

    private Situation at(RoutingTable table, long now) {
        return new Situation(table, board, now, true);
    }

    private Attempt planned(Request asked, RoutingTable table) {
        return attempt(planner.plan(asked, at(table, START)));
    }

    private static Attempt attempt(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Publish.class);
        return ((Decision.Publish) decision).attempt();
    }

    private static Decision.Later later(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Later.class);
        return (Decision.Later) decision;
    }

    private static Decision.End end(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.End.class);
        return (Decision.End) decision;
    }

    private void health(String deployment, Health.State state, long until) {
        board.take(new Health(deployment, deployment.split("/")[1], state, until, null, START));
    }

    @Test
    void shouldPublishTheFirstHopToItsAccountsTopic() {
        Decision decision = planner.plan(request, at(twoHops(0), START));

        assertThat(decision).isInstanceOfSatisfying(Decision.Publish.class, publish -> {
            assertThat(publish.topic()).isEqualTo("lw.cloud.attempts.a.premium.interactive");
            assertThat(publish.attempt().id()).isEqualTo("req_1:0:0");
            assertThat(publish.attempt().deployment()).isEqualTo("first/a");
            assertThat(publish.attempt().plan().attempts()).isEqualTo(1);
            assertThat(publish.attempt().plan().tries()).isEqualTo(1);
        });
    }

    @Test
    void shouldTakeTheNextHopAfterAFailureAndSayWhy() {
        RoutingTable table = twoHops(0);
        Attempt first = planned(request, table);

        Decision decision = planner.next(failed(first, FailureKind.SERVER_ERROR, START), at(table, START));

        assertThat(decision).isInstanceOfSatisfying(Decision.Publish.class, publish -> {
            assertThat(publish.attempt().id()).isEqualTo("req_1:1:1");
            assertThat(publish.attempt().fallbacks()).isEqualTo(1);
            assertThat(publish.attempt().plan().attempts()).isEqualTo(2);
            assertThat(publish.attempt().plan().tries()).isEqualTo(1);
            assertThat(publish.trail().fallbacks()).containsExactly(new Fallback("first/a", FailureKind.SERVER_ERROR));
        });
    }

    @Test
    void shouldDropWhatNobodyWaitsForAnyMore() {
        Decision decision = planner.plan(request, at(twoHops(0), DEADLINE));

        assertThat(decision).isEqualTo(new Decision.Drop(request, FailureKind.EXPIRED, 0, 0));
    }

    @Test
    void shouldPlanTheSameEventTheSameWayTwice() {
        RoutingTable table = oneHop(2);

        Attempt first = planned(request, table);

        assertThat(planned(request, table)).isEqualTo(first);
    }

    @Test
    void shouldSpreadAGroupByWeight() {
        RoutingTable table = gateway()
                .deployment("first/a", Zone.CLOUD, Gateway.info(null), 3)
                .deployment("first/b", Zone.CLOUD, Gateway.info(null), 1)
                .route("smart", "premium", Zone.CLOUD, true, "first")
                .table(Zone.CLOUD);

        Map<String, Integer> taken = new TreeMap<>();
        for (int i = 0; i < 4_000; i++) {
            Request one = Requests.of("req_" + i, "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, DEADLINE);
            taken.merge(planned(one, table).deployment(), 1, Integer::sum);
        }

        assertThat(taken.get("first/a")).isBetween(2_850, 3_150);
    }

    @Test
    void shouldCallOnlyThoseOfTheLowestOrder() {
        RoutingTable table = ordered();

        Set<String> taken = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            Request one = Requests.of("req_" + i, "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, DEADLINE);
            taken.add(planned(one, table).deployment());
        }

        assertThat(taken).containsExactly("first/b", "first/c");
    }

    @Test
    void shouldCallTheNextOrderWhereNoneOfTheLowestCanBe() {
        health("first/b", Health.State.COOLING, DEADLINE);
        health("first/c", Health.State.OUT_OF_SERVICE, DEADLINE);

        Attempt attempt = planned(request, ordered());

        assertThat(attempt.deployment()).isEqualTo("first/a");
    }

    private static RoutingTable ordered() {
        return gateway()
                .deployment("first/a", Zone.CLOUD, Gateway.info(null), 100)
                .cloud("first/b")
                .cloud("first/c")
                .cloud("first/d")
                .rules("first/a", 2, null)
                .rules("first/b", 1, null)
                .rules("first/c", 1, null)
                .route("smart", "premium", Zone.CLOUD, true, "first")
                .table(Zone.CLOUD);
    }

    @Test
    void shouldTryAgainAsOftenAsThePolicyOfItsFailureSays() {
        RoutingTable table = gateway()
                .retries(5)
                .retryPolicy(new RetryPolicy(0, null, null, 1, null))
                .cloud("first/a")
                .cloud("second/b")
                .route("smart", "premium", Zone.CLOUD, true, "first", "second")
                .table(Zone.CLOUD);
        Attempt first = planned(request, table);

        Decision afterTimeout = planner.next(failed(first, FailureKind.TIMEOUT, START), at(table, START));
        Decision afterError = planner.next(failed(first, FailureKind.SERVER_ERROR, START), at(table, START));

        assertThat(attempt(afterTimeout).deployment()).isEqualTo("second/b");
        assertThat(later(afterError).reason()).isEqualTo(WaitReason.BACKOFF);
    }

    @Test
    void shouldPutThePolicyOfAGroupBeforeTheOneForAll() {
        RoutingTable table = gateway()
                .retryPolicy(new RetryPolicy(0, null, null, null, null))
                .retryPolicy("first", new RetryPolicy(3, null, null, null, null))
                .cloud("first/a")
                .route("smart", "premium", Zone.CLOUD, true, "first")
                .table(Zone.CLOUD);
        Attempt first = planned(request, table);

        Decision decision = planner.next(failed(first, FailureKind.TIMEOUT, START), at(table, START));

        assertThat(later(decision).reason()).isEqualTo(WaitReason.BACKOFF);
    }

    @Test
    void shouldTryAgainAsOftenAsTheDeploymentSaysWhereNoPolicyDoes() {
        RoutingTable table = gateway()
                .retries(5)
                .cloud("first/a")
                .cloud("second/b")
                .rules("first/a", CallRules.LAST, 0)
                .route("smart", "premium", Zone.CLOUD, true, "first", "second")
                .table(Zone.CLOUD);
        Attempt first = planned(request, table);

        Decision decision = planner.next(failed(first, FailureKind.TIMEOUT, START), at(table, START));

        assertThat(attempt(decision).deployment()).isEqualTo("second/b");
    }

    @Test
    void shouldTakeAnotherAccountAtOnceWhenOneIsRateLimited() {
        RoutingTable table = oneHop(1);
        Attempt first = planned(request, table);

        Attempt second =
                attempt(planner.next(failed(first, FailureKind.RATE_LIMITED, 30_000, START), at(table, START + 5)));

        assertThat(second.deployment()).isNotEqualTo(first.deployment());
        assertThat(second.id()).isEqualTo("req_1:0:1");
        assertThat(second.fallbacks()).isZero();
    }

    @Test
    void shouldTakeAnotherAccountAtOnceWhenCredentialsAreRefused() {
        RoutingTable table = oneHop(0);
        Attempt first = planned(request, table);

        Attempt second = attempt(planner.next(failed(first, FailureKind.UNAUTHORIZED, START), at(table, START + 5)));

        assertThat(second.deployment()).isNotEqualTo(first.deployment());
    }

    @Test
    void shouldWaitAtLeastAsLongAsTheVendorAsked() {
        RoutingTable table = single(2);
        Attempt first = planned(request, table);

        Decision.Later wait =
                later(planner.next(failed(first, FailureKind.RATE_LIMITED, 20_000, START), at(table, START + 5)));

        assertThat(wait.at()).isBetween(START + 20_000, START + 21_000);
        assertThat(attempt(planner.resume(wait.pending(), at(table, wait.at())))
                        .plan()
                        .tries())
                .isEqualTo(2);
    }

    @Test
    void shouldWaitAFullMinuteForAVendor() {
        RoutingTable table = single(2);
        Attempt first = planned(request, table);

        Decision.Later wait =
                later(planner.next(failed(first, FailureKind.RATE_LIMITED, 60_000, START), at(table, START)));

        assertThat(wait.at()).isBetween(START + 60_000, START + 60_270);
    }

    @Test
    void shouldNotWaitLongerThanItsBoundForAVendor() {
        RoutingTable table = single(2);
        Attempt first = planned(request, table);

        Decision.End end = end(planner.next(failed(first, FailureKind.RATE_LIMITED, 61_000, START), at(table, START)));

        assertThat(end.status()).isEqualTo(429);
        assertThat(end.failure().retryAfterMillis()).isEqualTo(61_000);
    }

    @Test
    void shouldTakeTheNextHopAtOnceWhenAVendorAsksForALongWait() {
        RoutingTable table = twoHops(2);
        Attempt first = planned(request, table);

        Attempt second = attempt(planner.next(failed(first, FailureKind.RATE_LIMITED, 6_000, START), at(table, START)));

        assertThat(second.deployment()).isEqualTo("second/b");
    }

    @Test
    void shouldNotBeginAWaitThatEndsAfterTheDeadline() {
        RoutingTable table = single(2);
        Request brief = Requests.of("req_1", "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, START + 10_000);
        Attempt first = planned(brief, table);

        Decision.End end = end(planner.next(failed(first, FailureKind.RATE_LIMITED, 9_900, START), at(table, START)));

        assertThat(end.status()).isEqualTo(429);
    }

    @Test
    void shouldDoubleTheBoundOfItsWaits() {
        RetryRule rule = RetryRule.DEFAULT;

        List<Long> bounds = List.of(
                rule.backoffMillis(0, 1),
                rule.backoffMillis(1, 1),
                rule.backoffMillis(2, 1),
                rule.backoffMillis(9, 1),
                rule.backoffMillis(400, 1));

        assertThat(bounds).containsExactly(250L, 500L, 1_000L, 8_000L, 8_000L);
    }

    @Test
    void shouldNotCountAnUncalledReturn() {
        RoutingTable table = oneHop(0);
        Attempt first = planned(request, table);

        Attempt second =
                attempt(planner.next(uncalled(first, FailureKind.RATE_LIMITED, 9_000, START), at(table, START)));

        assertThat(second.deployment()).isNotEqualTo(first.deployment());
        assertThat(second.plan().attempts()).isEqualTo(1);
        assertThat(second.plan().tries()).isEqualTo(1);
        assertThat(second.tryNumber()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAPausedHopForTheNextOneWhileSomebodyWaits() {
        RoutingTable table = twoHops(2);
        health("first/a", Health.State.PAUSED, START + 1_000);

        Decision decision = planner.plan(request, at(table, START));

        assertThat(attempt(decision).deployment()).isEqualTo("second/b");
        assertThat(((Decision.Publish) decision).trail().fallbacks())
                .containsExactly(new Fallback("first", FailureKind.RATE_LIMITED));
    }

    @Test
    void shouldWaitForThePauseOfTheOnlyHop() {
        RoutingTable table = single(1);
        health("first/a", Health.State.PAUSED, START + 3_000);

        Decision.Later wait = later(planner.plan(request, at(table, START)));

        assertThat(wait.at()).isBetween(START + 3_000, START + 3_600);
        assertThat(attempt(planner.resume(wait.pending(), at(table, wait.at())))
                        .plan()
                        .attempts())
                .isEqualTo(1);
    }

    @Test
    void shouldNotSpendARetryOnWaiting() {
        RoutingTable table = single(1);
        Attempt first = planned(request, table);
        FailedAttempt paused = uncalled(first, FailureKind.RATE_LIMITED, 1_000, START);
        Decision.Later wait = later(planner.next(paused, at(table, START)));
        Attempt second = attempt(planner.resume(wait.pending(), at(table, wait.at())));

        Decision decision = planner.next(failed(second, FailureKind.SERVER_ERROR, wait.at()), at(table, wait.at()));

        assertThat(second.plan().tries()).isEqualTo(1);
        assertThat(second.plan().waits()).isEqualTo(1);
        assertThat(decision).isInstanceOf(Decision.Later.class);
    }

    @Test
    void shouldNotWaitForPausesMoreOftenThanItMayTryAgain() {
        RoutingTable table = single(1);
        Attempt attempt = planned(request, table);
        Decision.Later wait =
                later(planner.next(uncalled(attempt, FailureKind.RATE_LIMITED, 1_000, START), at(table, START)));
        Attempt again = attempt(planner.resume(wait.pending(), at(table, wait.at())));

        Decision decision =
                planner.next(uncalled(again, FailureKind.RATE_LIMITED, 1_000, wait.at()), at(table, wait.at()));

        assertThat(end(decision).status()).isEqualTo(429);
    }

    @Test
    void shouldProbeWhatRestsWhereNothingElseIsLeft() {
        RoutingTable table = twoHops(0);
        health("first/a", Health.State.COOLING, START + 6_000);
        health("second/b", Health.State.OUT_OF_SERVICE, START + 30_000);

        Decision decision = planner.plan(request, at(table, START));

        assertThat(attempt(decision).deployment()).isEqualTo("second/b");
    }

    @Test
    void shouldNotProbeInALoop() {
        RoutingTable table = single(1);
        health("first/a", Health.State.COOLING, START + 6_000);
        Attempt attempt = planned(request, table);

        Decision decision = planner.next(uncalled(attempt, FailureKind.OVERLOADED, 0, START), at(table, START));

        assertThat(later(decision).at()).isGreaterThanOrEqualTo(START + 250);
    }

    @Test
    void shouldSayWhenToComeBackWhenThePauseOfTheOnlyHopIsTooLong() {
        RoutingTable table = single(1);
        health("first/a", Health.State.PAUSED, START + 120_000);

        Decision.End end = end(planner.plan(request, at(table, START)));

        assertThat(end.status()).isEqualTo(429);
        assertThat(end.failure().retryAfterMillis()).isEqualTo(120_000);
    }

    @Test
    void shouldLetDeferredWorkWaitInThePausedAccountsTopic() {
        RoutingTable table = twoHops(2);
        health("first/a", Health.State.PAUSED, START + 120_000);

        Attempt first = planned(deferred, table);

        assertThat(first.deployment()).isEqualTo("first/a");
    }

    @Test
    void shouldPutRateLimitedDeferredWorkBackIntoTheAccountsTopic() {
        RoutingTable table = single(2);
        Attempt first = planned(deferred, table);

        Attempt second =
                attempt(planner.next(failed(first, FailureKind.RATE_LIMITED, 120_000, START), at(table, START)));

        assertThat(second.deployment()).isEqualTo("first/a");
    }

    @Test
    void shouldPassOverWhatIsOutOfServiceOrCooling() {
        RoutingTable table = gateway()
                .cloud("first/a")
                .cloud("first/b")
                .cloud("first/c")
                .route("smart", "premium", Zone.CLOUD, true, "first")
                .table(Zone.CLOUD);
        health("first/a", Health.State.OUT_OF_SERVICE, 0);
        health("first/c", Health.State.COOLING, START + 1);

        assertThat(planned(request, table).deployment()).isEqualTo("first/b");
    }

    @Test
    void shouldSayThatNothingIsInService() {
        RoutingTable table = gateway()
                .cloud("other/a")
                .route("smart", "premium", Zone.CLOUD, true, "empty")
                .table(Zone.CLOUD);

        Decision.End end = end(planner.plan(request, at(table, START)));

        assertThat(end.status()).isEqualTo(503);
        assertThat(end.failure().kind()).isEqualTo(FailureKind.NO_DEPLOYMENT);
    }

    @Test
    void shouldPassOverModelsThatLackWhatTheRequestNeeds() {
        RoutingTable table = gateway()
                .deployment("first/a", Zone.CLOUD, Gateway.info(null, "vision"), 1)
                .cloud("second/b")
                .route("smart", "premium", Zone.CLOUD, true, "first", "second")
                .table(Zone.CLOUD);

        Attempt attempt = planned(Requests.needing("smart", "premium", Set.of(Feature.VISION), 0), table);

        assertThat(attempt.deployment()).isEqualTo("second/b");
    }

    @Test
    void shouldTakeTheHopMadeForPromptsThatDoNotFit() {
        RoutingTable table = gateway()
                .deployment("first/a", Zone.CLOUD, Gateway.info(1_000), 1)
                .cloud("second/b")
                .cloud("long/c")
                .route("smart", "premium", Zone.CLOUD, true, "first", "second", "long@CONTEXT_WINDOW_FALLBACKS")
                .table(Zone.CLOUD);

        Attempt attempt = planned(Requests.needing("smart", "premium", Set.of(), 1_001), table);

        assertThat(attempt.deployment()).isEqualTo("long/c");
    }

    @Test
    void shouldNotTakeAHopMadeForAnotherFailure() {
        RoutingTable table = gateway()
                .cloud("first/a")
                .cloud("long/c")
                .route("smart", "premium", Zone.CLOUD, true, "first", "long@CONTEXT_WINDOW_FALLBACKS")
                .table(Zone.CLOUD);
        Attempt first = planned(request, table);

        Decision decision = planner.next(failed(first, FailureKind.SERVER_ERROR, START), at(table, START));

        assertThat(end(decision).status()).isEqualTo(502);
    }

    @Test
    void shouldNeverFallBackWhereTheRouteForbidsIt() {
        RoutingTable table = gateway()
                .cloud("first/a")
                .cloud("second/b")
                .route("smart", "premium", Zone.CLOUD, false, "first", "second")
                .table(Zone.CLOUD);
        Attempt first = planned(request, table);

        Decision decision = planner.next(failed(first, FailureKind.OVERLOADED, START), at(table, START));

        assertThat(end(decision).status()).isEqualTo(503);
    }

    @Test
    void shouldAnswer502WhenSeveralHopsFailed() {
        RoutingTable table = twoHops(0);
        Attempt first = planned(request, table);
        Attempt second = attempt(planner.next(failed(first, FailureKind.TIMEOUT, START), at(table, START)));

        Decision.End end = end(planner.next(failed(second, FailureKind.RATE_LIMITED, START), at(table, START)));

        assertThat(end.status()).isEqualTo(502);
        assertThat(end.attempts()).isEqualTo(2);
        assertThat(end.fallbacks()).isEqualTo(1);
    }

    @Test
    void shouldAnswer429WhenEveryHopWasRateLimited() {
        RoutingTable table = twoHops(0);
        Attempt first = planned(request, table);
        Attempt second = attempt(planner.next(failed(first, FailureKind.RATE_LIMITED, START), at(table, START)));

        Decision.End end = end(planner.next(failed(second, FailureKind.RATE_LIMITED, START), at(table, START)));

        assertThat(end.status()).isEqualTo(429);
    }

    @Test
    void shouldTellTheClientItsOwnMistakeRatherThanWhatCameAfter() {
        RoutingTable table = twoHops(0);
        Attempt first = planned(request, table);
        Attempt second = attempt(planner.next(failed(first, FailureKind.REJECTED, START), at(table, START)));

        Decision.End end = end(planner.next(failed(second, FailureKind.SERVER_ERROR, START), at(table, START)));

        assertThat(end.status()).isEqualTo(400);
        assertThat(end.failure().kind()).isEqualTo(FailureKind.REJECTED);
    }

    @Test
    void shouldTryAgainWhatNobodySawTheAnswerOfWhereTheLaneSaysSo() {
        RoutingTable table = gateway()
                .retries(1)
                .lane(new Lane("premium", Privacy.CLOUD_ALLOWED, List.of(), 1, OnUnknown.RETRY, false, "", List.of()))
                .cloud("first/a")
                .route("smart", "premium", Zone.CLOUD, true, "first")
                .table(Zone.CLOUD);
        Attempt first = planned(request, table);

        Decision decision = planner.next(failed(first, FailureKind.UNKNOWN, START), at(table, START));

        assertThat(decision).isInstanceOfAny(Decision.Later.class, Decision.Publish.class);
    }

    @Test
    void shouldHoldARequestForAConfigThatKnowsItsRoute() {
        RoutingTable before = Gateway.version("v0").table(Zone.CLOUD);
        Decision.Later wait = later(planner.plan(request, at(before, START)));

        Decision decision = planner.resume(wait.pending(), at(single(0), wait.at()));

        assertThat(wait.at()).isLessThanOrEqualTo(START + 100);
        assertThat(attempt(decision).deployment()).isEqualTo("first/a");
    }

    @Test
    void shouldEndARequestWhoseRouteNoConfigKnows() {
        RoutingTable before = Gateway.version("v0").table(Zone.CLOUD);
        Decision decision = planner.plan(request, at(before, START));
        while (decision instanceof Decision.Later wait) {
            assertThat(wait.at()).isLessThanOrEqualTo(START + 2_000);
            decision = planner.resume(wait.pending(), at(before, wait.at()));
        }

        assertThat(end(decision).status()).isEqualTo(404);
    }

    @Test
    void shouldEndAtOnceWhatTheIngressShouldHaveRefused() {
        Decision decision = planner.plan(request, at(Gateway.version(VERSION).table(Zone.CLOUD), START));

        assertThat(end(decision).status()).isEqualTo(404);
    }

    @Test
    void shouldPlanAnewUnderTheConfigInForce() {
        Attempt first = planned(request, single(0));
        RoutingTable newer = Gateway.version("v2")
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .cloud("other/b")
                .route("smart", "premium", Zone.CLOUD, true, "other")
                .table(Zone.CLOUD);

        Attempt second =
                attempt(planner.next(uncalled(first, FailureKind.UNKNOWN_DEPLOYMENT, 0, START), at(newer, START)));

        assertThat(second.deployment()).isEqualTo("other/b");
        assertThat(second.plan().configVersion()).isEqualTo("v2");
        assertThat(second.plan().replans()).isEqualTo(1);
        assertThat(second.plan().attempts()).isEqualTo(1);
        assertThat(second.id()).isEqualTo("req_1:0:1");
    }

    @Test
    void shouldWaitForAWorkerThatLagsBehind() {
        RoutingTable table = single(0);
        Attempt attempt = planned(request, table);
        long now = START;
        for (int replan = 1; replan <= Planner.MAX_REPLANS; replan++) {
            Decision.Later wait =
                    later(planner.next(uncalled(attempt, FailureKind.UNKNOWN_DEPLOYMENT, 0, now), at(table, now)));
            assertThat(wait.at()).isGreaterThanOrEqualTo(now + 250);
            now = wait.at();
            attempt = attempt(planner.resume(wait.pending(), at(table, now)));
        }

        Decision last = planner.next(uncalled(attempt, FailureKind.UNKNOWN_DEPLOYMENT, 0, now), at(table, now));

        assertThat(end(last).status()).isEqualTo(503);
    }

    @Test
    void shouldLeaveTheHopWhenThereIsNoRoomToWait() {
        RoutingTable table = twoHops(5);
        Attempt first = planned(request, table);
        Situation full = new Situation(table, board, START, false);

        Decision decision = planner.next(failed(first, FailureKind.RATE_LIMITED, 1_000, START), full);

        assertThat(attempt(decision).deployment()).isEqualTo("second/b");
        assertThat(((Decision.Publish) decision).trail().waitRefused()).isTrue();
    }

    @Test
    void shouldKeepAnAccountPassedOverWhoseOwnPauseIsTheLonger() {
        RoutingTable table = oneHop(2);
        Attempt first = planned(request, table);
        String other = first.deployment().equals("first/a") ? "first/b" : "first/a";
        health(other, Health.State.PAUSED, START + 2_000);
        FailedAttempt limited = failed(first, FailureKind.RATE_LIMITED, 30_000, START);

        Decision.Later wait = later(planner.next(limited, at(table, START)));

        assertThat(wait.at()).isBetween(START + 2_000, START + 3_000);
        assertThat(attempt(planner.resume(wait.pending(), at(table, wait.at()))).deployment())
                .isEqualTo(other);
    }

    private static FailedAttempt noRoom(Attempt attempt, long until) {
        return uncalled(attempt, FailureKind.LIMIT_REACHED, until, START);
    }

    @Test
    void shouldTakeAnotherDeploymentOfTheHopWhereOneHasNoRoom() {
        RoutingTable table = oneHop(0);
        Attempt first = planned(request, table);

        Attempt second = attempt(planner.next(noRoom(first, 30_000), at(table, START)));

        assertThat(second.deployment()).isNotEqualTo(first.deployment());
        assertThat(second.hop()).isZero();
        assertThat(second.plan().attempts()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheNextHopWhereNoneHasRoom() {
        RoutingTable table = twoHops(2);

        Decision decision = planner.next(noRoom(planned(request, table), 30_000), at(table, START));

        assertThat(attempt(decision).deployment()).isEqualTo("second/b");
        assertThat(attempt(decision).fallbacks()).isEqualTo(1);
        assertThat(((Decision.Publish) decision).trail().fallbacks())
                .containsExactly(new Fallback("first/a", FailureKind.LIMIT_REACHED));
    }

    @Test
    void shouldSayWhenTheFirstOfThemHasRoom() {
        RoutingTable table = oneHop(2);
        Attempt second = attempt(planner.next(noRoom(planned(request, table), 9_000), at(table, START)));

        Decision.End end = end(planner.next(noRoom(second, 30_000), at(table, START)));

        assertThat(end.status()).isEqualTo(429);
        assertThat(end.failure().kind()).isEqualTo(FailureKind.LIMIT_REACHED);
        assertThat(end.failure().retryAfterMillis()).isEqualTo(9_000);
        assertThat(end.attempts()).isZero();
    }

    @Test
    void shouldAnswer429WhereSomeHadNoRoomAndOthersWereRateLimited() {
        RoutingTable table = twoHops(0);
        Attempt second = attempt(planner.next(noRoom(planned(request, table), 9_000), at(table, START)));

        Decision.End end = end(planner.next(failed(second, FailureKind.RATE_LIMITED, 70_000, START), at(table, START)));

        assertThat(end.status()).isEqualTo(429);
    }

    @Test
    void shouldLetDeferredWorkWaitForRoomWithoutSpendingRetries() {
        RoutingTable table = oneHop(0);
        Attempt second = attempt(planner.next(noRoom(planned(deferred, table), 9_000), at(table, START)));

        Decision.Later later = later(planner.next(noRoom(second, 30_000), at(table, START)));

        assertThat(later.reason()).isEqualTo(WaitReason.LIMIT);
        assertThat(later.at()).isBetween(START + 9_000, START + 9_300);
        Decision resumed = planner.resume(later.pending(), at(table, later.at()));
        assertThat(attempt(resumed).plan().attempts()).isEqualTo(1);
    }

    @Test
    void shouldNotLetDeferredWorkWaitForRoomPastItsDeadline() {
        RoutingTable table = single(0);

        Decision.End end = end(planner.next(noRoom(planned(deferred, table), 700_000), at(table, START)));

        assertThat(end.status()).isEqualTo(429);
    }

    @Test
    void shouldAnswer503WhereNobodyCanTellWhetherThereIsRoom() {
        RoutingTable table = single(3);
        FailedAttempt unknown = uncalled(planned(request, table), FailureKind.LIMITS_AWAY, 2_000, START);

        Decision.End end = end(planner.next(unknown, at(table, START)));

        assertThat(end.status()).isEqualTo(503);
    }
}
