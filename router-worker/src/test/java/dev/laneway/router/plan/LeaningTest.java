package dev.laneway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.HealthBoard;
import dev.laneway.router.health.Loads;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.RoutingStrategy;
import dev.laneway.runtime.control.Directory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which of a group's deployments are called, by each strategy. */
class LeaningTest {
    private static final long NOW = 1_000_000;

    private final HealthBoard board = new HealthBoard(Zone.CLOUD);
    private final Map<String, Tariff.Most> prices = new HashMap<>();
    private final Map<String, RateLimits> limits = new HashMap<>();

    private final Directory directory = new Directory();

    private RoutingTable table(RoutingStrategy strategy) {
        return Gateway.version("v1")
                .strategy(strategy)
                .tariff((request, deployment, inputTokens) -> prices.get(deployment.id()))
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .cloud("first/a")
                .cloud("first/b")
                .cloud("first/c")
                .limits(limits)
                .directory(directory)
                .route("smart", "premium", Zone.CLOUD, true, "first")
                .table(Zone.CLOUD);
    }

    private void measured(String deployment, String worker, int calls, long firstTokenMillis, long at) {
        board.take(
                new Health(deployment, deployment.split("/")[1], at, new Health.Load(worker, calls, firstTokenMillis)));
    }

    private static Request asked(int number) {
        return Requests.of("req_" + number, "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, NOW + 60_000);
    }

    /** Those that a hundred requests go to. */
    private Set<String> chosen(RoutingStrategy strategy) {
        RoutingTable table = table(strategy);
        Set<String> chosen = new TreeSet<>();
        Planner planner = new Planner(RetryRule.DEFAULT);
        for (int i = 0; i < 100; i++) {
            Decision decision = planner.plan(asked(i), new Situation(table, board, NOW, true));
            chosen.add(((Decision.Publish) decision).attempt().deployment());
        }
        return chosen;
    }

    @Test
    void shouldShareByWeightWhereNothingElseIsSaid() {
        measured("first/a", "w", 9, 9_000, NOW);

        assertThat(chosen(RoutingStrategy.WEIGHT)).containsExactly("first/a", "first/b", "first/c");
    }

    @Test
    void shouldTakeTheLeastBusyOfAllWorkersTogether() {
        measured("first/a", "one", 2, 0, NOW - 1_000);
        measured("first/a", "two", 2, 0, NOW - 1_000);
        measured("first/b", "one", 3, 0, NOW - 1_000);
        measured("first/c", "two", 5, 0, NOW - 1_000);

        assertThat(chosen(RoutingStrategy.LEAST_BUSY)).containsExactly("first/b");
    }

    @Test
    void shouldCountWhatItSentSinceAWorkerTold() {
        RoutingTable table = table(RoutingStrategy.LEAST_BUSY);
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Decision decision = new Planner(RetryRule.DEFAULT).plan(asked(i), new Situation(table, board, NOW, true));
            Attempt attempt = ((Decision.Publish) decision).attempt();
            board.sent(attempt);
            chosen.add(attempt.deployment());
        }

        assertThat(chosen.stream().filter("first/a"::equals)).hasSize(3);
        assertThat(chosen.stream().filter("first/b"::equals)).hasSize(3);
    }

    @Test
    void shouldForgetTheCallsOfAWorkerThatIsSilent() {
        measured("first/a", "dead", 50, 0, NOW - Loads.CALLS_HOLD_MILLIS - 1);
        measured("first/b", "one", 1, 0, NOW);
        measured("first/c", "one", 1, 0, NOW);

        assertThat(chosen(RoutingStrategy.LEAST_BUSY)).containsExactly("first/a");
    }

    @Test
    void shouldTakeTheFastestAndWhatIsAboutAsFast() {
        measured("first/a", "one", 0, 1_000, NOW);
        measured("first/b", "one", 0, 1_090, NOW);
        measured("first/c", "one", 0, 1_200, NOW);

        assertThat(chosen(RoutingStrategy.LATENCY)).containsExactly("first/a", "first/b");
    }

    @Test
    void shouldTryFirstWhatNobodyKnowsTheSpeedOf() {
        measured("first/a", "one", 0, 10, NOW);
        measured("first/b", "one", 0, 10, NOW - Loads.LATENCY_HOLDS_MILLIS - 1);
        measured("first/c", "one", 0, 10, NOW);

        assertThat(chosen(RoutingStrategy.LATENCY)).containsExactly("first/b");
    }

    @Test
    void shouldTakeTheCheapestAndTheUnpricedLast() {
        prices.put("first/a", new Tariff.Most(10, 5, 0));
        prices.put("first/b", new Tariff.Most(900, 3, 0));

        assertThat(chosen(RoutingStrategy.COST)).containsExactly("first/b");
    }

    private void used(String deployment, String worker, long requests, long tokens) {
        board.take(new Health(
                deployment, deployment.split("/")[1], NOW - 1_000, new Health.Load(worker, 0, 0, requests, tokens)));
    }

    @Test
    void shouldTakeTheLeastUsedOfAllWorkersTogetherWhereNotAllHaveLimits() {
        limits.put("first/a", new RateLimits(1_000, 0, 0, 0, 0, 0));
        used("first/a", "one", 1, 700);
        used("first/b", "one", 90, 300);
        used("first/b", "two", 90, 300);
        used("first/c", "one", 1, 900);

        assertThat(chosen(RoutingStrategy.USAGE)).containsExactly("first/b");
    }

    @Test
    void shouldTakeTheOneOfWhichTheSmallestShareIsUsed() {
        limits.put("first/a", new RateLimits(100, 10_000, 0, 0, 0, 0));
        limits.put("first/b", new RateLimits(0, 1_000, 0, 0, 0, 0));
        limits.put("first/c", new RateLimits(1_000, 0, 0, 0, 0, 0));
        used("first/a", "one", 40, 100);
        used("first/b", "one", 1, 500);
        used("first/c", "one", 390, 99_999);

        assertThat(chosen(RoutingStrategy.USAGE)).containsExactly("first/c");
    }

    @Test
    void shouldShareByLimitsThatWereChangedWhileItRuns() {
        limits.put("first/a", new RateLimits(100, 0, 0, 0, 0, 0));
        limits.put("first/b", new RateLimits(100, 0, 0, 0, 0, 0));
        limits.put("first/c", new RateLimits(100, 0, 0, 0, 0, 0));
        used("first/a", "one", 50, 0);
        used("first/b", "one", 40, 0);
        used("first/c", "one", 60, 0);
        Set<String> before = chosen(RoutingStrategy.USAGE);

        directory.put(new Control.Purse(
                1, Scope.DEPLOYMENT, "first/c", Terms.limited(new RateLimits(1_000, 0, 0, 0, 0, 0)), false, null));

        assertThat(before).containsExactly("first/b");
        assertThat(chosen(RoutingStrategy.USAGE)).containsExactly("first/c");
    }

    @Test
    void shouldCountWhatIsOnItsWayAndWhatIsNotAfterAll() {
        RoutingTable table = table(RoutingStrategy.USAGE);
        List<Attempt> chosen = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Decision decision = new Planner(RetryRule.DEFAULT).plan(asked(i), new Situation(table, board, NOW, true));
            Attempt attempt = ((Decision.Publish) decision).attempt();
            board.sent(attempt);
            chosen.add(attempt);
        }
        chosen.stream()
                .filter(attempt -> attempt.deployment().equals("first/b"))
                .forEach(board::unsent);

        assertThat(chosen.stream().map(Attempt::deployment).filter("first/a"::equals))
                .hasSize(3);
        assertThat(chosen(RoutingStrategy.USAGE)).containsExactly("first/b");
    }

    @Test
    void shouldShareByWeightWhereNothingHasAPrice() {
        assertThat(chosen(RoutingStrategy.COST)).hasSize(3);
    }

    @Test
    void shouldNotTakeAMeasureForAWordOnHealth() {
        board.take(new Health("first/a", "a", Health.State.COOLING, NOW + 5_000, null, NOW - 100));
        measured("first/a", "one", 0, 1, NOW);

        assertThat(chosen(RoutingStrategy.LATENCY)).containsExactly("first/b", "first/c");
    }
}
