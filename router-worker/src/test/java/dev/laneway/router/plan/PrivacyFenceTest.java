package dev.laneway.router.plan;

import static dev.laneway.router.Requests.START;
import static dev.laneway.router.Requests.VERSION;
import static dev.laneway.router.Requests.interactive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.Standing;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.OnUnknown;
import dev.laneway.runtime.config.Privacy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fence, attacked from behind the first one: by config that should not have been loaded, and by events that nobody should have made. */
class PrivacyFenceTest {
    private final Planner planner = new Planner(RetryRule.DEFAULT);

    private Decision plan(Request request, RoutingTable table) {
        return planner.plan(request, situation(table));
    }

    private static Situation situation(RoutingTable table) {
        return new Situation(table, (deployment, now) -> Standing.SERVING, START, true);
    }

    private static void assertRefused(Decision decision) {
        assertThat(decision).isInstanceOfSatisfying(Decision.End.class, end -> {
            assertThat(end.status()).isEqualTo(403);
            assertThat(end.failure().kind()).isEqualTo(FailureKind.ZONE_REFUSED);
            assertThat(end.trail().fenced()).isNotEmpty();
        });
    }

    @Test
    void shouldNotSendLocalWorkToACloudDeploymentThatItsRouteNames() {
        RoutingTable table = Gateway.version(VERSION)
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .cloud("claude/x")
                .route("smart", "premium", Zone.CLOUD, true, "claude")
                .table(Zone.LOCAL);

        assertRefused(plan(interactive("smart", "premium", Zone.LOCAL), table));
    }

    @Test
    void shouldTakeTheLocalHopBehindAForbiddenOne() {
        RoutingTable table = Gateway.version(VERSION)
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .cloud("claude/x")
                .local("llama/home")
                .route("smart", "premium", Zone.CLOUD, true, "claude", "llama")
                .route("near", "premium", Zone.LOCAL, true, "llama")
                .table(Zone.LOCAL);

        Decision decision = plan(interactive("smart", "premium", Zone.LOCAL), table);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Publish.class,
                        publish -> assertThat(publish.attempt().deployment()).isEqualTo("llama/home"));
    }

    @Test
    void shouldNotLeaveTheNetworkForWhatALaneDoesNotApprove() {
        RoutingTable table = Gateway.version(VERSION)
                .lane("routine", Privacy.LOCAL_FIRST, "other")
                .cloud("claude/x")
                .route("smart", "routine", Zone.CLOUD, true, "claude")
                .table(Zone.CLOUD);

        assertRefused(plan(interactive("smart", "routine", Zone.CLOUD), table));
    }

    @Test
    void shouldLeaveTheNetworkForWhatALaneApproves() {
        RoutingTable table = Gateway.version(VERSION)
                .lane("routine", Privacy.LOCAL_FIRST, "claude")
                .cloud("claude/x")
                .route("smart", "routine", Zone.CLOUD, true, "claude")
                .table(Zone.CLOUD);

        assertThat(plan(interactive("smart", "routine", Zone.CLOUD), table)).isInstanceOf(Decision.Publish.class);
    }

    @Test
    void shouldHoldARequestToItsOwnLaneWhenItsRouteHasMoved() {
        RoutingTable table = Gateway.version(VERSION)
                .lane("private", Privacy.LOCAL_ONLY)
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .cloud("claude/x")
                .route("smart", "premium", Zone.CLOUD, true, "claude")
                .table(Zone.CLOUD);

        assertRefused(plan(interactive("smart", "private", Zone.CLOUD), table));
    }

    @Test
    void shouldRefuseTheCloudToALaneThatNobodyKnows() {
        RoutingTable table = Gateway.version(VERSION)
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .cloud("claude/x")
                .route("smart", "premium", Zone.CLOUD, true, "claude")
                .table(Zone.CLOUD);

        assertRefused(plan(interactive("smart", "gone", Zone.CLOUD), table));
    }

    @Test
    void shouldNotFollowAForgedPlanOutOfTheNetwork() {
        RoutingTable table = Gateway.version(VERSION)
                .lane("private", Privacy.LOCAL_ONLY)
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .local("llama/home")
                .cloud("claude/x")
                .route("core", "private", Zone.LOCAL, true, "llama")
                .route("smart", "premium", Zone.CLOUD, true, "claude")
                .table(Zone.LOCAL);
        Request request = interactive("core", "private", Zone.LOCAL);
        Plan forged = Plan.untried(
                VERSION,
                List.of(new Hop("llama", List.of("llama/home")), new Hop("llama", List.of("claude/x"))),
                0,
                true);
        Attempt attempt = new Attempt(request, forged, 0, 0, "llama/home", "home", 0, START);

        assertRefused(planner.next(Requests.failed(attempt, FailureKind.REJECTED, START), situation(table)));
    }

    @Test
    void shouldNotTakeAForgedNameForAnApproval() {
        RoutingTable table = Gateway.version(VERSION)
                .lane("routine", Privacy.LOCAL_FIRST, "claude")
                .cloud("claude/x")
                .cloud("other/y")
                .route("smart", "routine", Zone.CLOUD, true, "claude", "other")
                .table(Zone.CLOUD);
        Request request = interactive("smart", "routine", Zone.CLOUD);
        Plan forged = Plan.untried(
                VERSION,
                List.of(new Hop("claude", List.of("claude/x")), new Hop("claude", List.of("other/y"))),
                0,
                true);
        Attempt attempt = new Attempt(request, forged, 0, 0, "claude/x", "x", 0, START);

        assertRefused(planner.next(Requests.failed(attempt, FailureKind.REJECTED, START), situation(table)));
    }

    @Test
    void shouldHoldDataToTheRegionsOfItsLane() {
        RoutingTable table = Gateway.version(VERSION)
                .lane(new Lane(
                        "premium", Privacy.CLOUD_ALLOWED, List.of(), 1, OnUnknown.FAIL, false, "", List.of("eu")))
                .cloud("claude/x")
                .route("smart", "premium", Zone.CLOUD, true, "claude")
                .table(Zone.CLOUD);

        assertRefused(plan(interactive("smart", "premium", Zone.CLOUD), table));
    }
}
