package dev.laneway.router;

import static dev.laneway.router.Requests.DEADLINE;
import static dev.laneway.router.Requests.START;
import static dev.laneway.router.Requests.VERSION;
import static dev.laneway.router.Requests.failed;
import static dev.laneway.router.Requests.interactive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Privacy;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Standings ALL_SERVE = (deployment, now) -> Standing.SERVING;

    private final Planner planner = new Planner(RetryRule.DEFAULT);
    private final Request request = interactive("smart", "premium", Zone.CLOUD);

    private static Gateway gateway() {
        return Gateway.version(VERSION)
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .cloud("first/a")
                .cloud("second/b");
    }

    private static Situation at(RoutingTable table, long now) {
        return new Situation(table, ALL_SERVE, now, true);
    }

    @Test
    void shouldPublishTheFirstHopToItsAccountsTopic() {
        RoutingTable table = gateway()
                .route("smart", "premium", Zone.CLOUD, true, "first", "second")
                .table(Zone.CLOUD);

        Decision decision = planner.plan(request, at(table, START));

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
        RoutingTable table = gateway()
                .route("smart", "premium", Zone.CLOUD, true, "first", "second")
                .table(Zone.CLOUD);
        Attempt attempt = ((Decision.Publish) planner.plan(request, at(table, START))).attempt();

        Decision decision = planner.next(failed(attempt, FailureKind.SERVER_ERROR, START), at(table, START));

        assertThat(decision).isInstanceOfSatisfying(Decision.Publish.class, publish -> {
            assertThat(publish.attempt().id()).isEqualTo("req_1:1:1");
            assertThat(publish.attempt().fallbacks()).isEqualTo(1);
            assertThat(publish.attempt().plan().attempts()).isEqualTo(2);
            assertThat(publish.trail().fallbacks()).containsExactly(new Fallback("first/a", FailureKind.SERVER_ERROR));
        });
    }

    @Test
    void shouldDropWhatNobodyWaitsForAnyMore() {
        RoutingTable table =
                gateway().route("smart", "premium", Zone.CLOUD, true, "first").table(Zone.CLOUD);

        Decision decision = planner.plan(request, at(table, DEADLINE));

        assertThat(decision).isEqualTo(new Decision.Drop(request, FailureKind.EXPIRED, 0, 0));
    }
}
