package dev.laneway.router.plan;

import static dev.laneway.router.Requests.START;
import static dev.laneway.router.Requests.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Said;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.Standing;
import dev.laneway.runtime.config.Privacy;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows from each kind of failure of a called attempt at the first hop, which has one deployment. */
class FailureTableTest {
    private static final String TABLE = """
            kind               | turns+hop | turns     | hop       | neither
            timeout            | again     | again     | next      | end 504
            rate_limited       | again     | again     | next      | end 429
            overloaded         | again     | again     | next      | end 503
            server_error       | again     | again     | next      | end 502
            unreachable        | again     | again     | next      | end 502
            unauthorized       | next      | end 502   | next      | end 502
            rejected           | next      | end 400   | next      | end 400
            context_window     | next      | end 400   | next      | end 400
            content_policy     | next      | end 400   | next      | end 400
            empty_answer       | again     | again     | next      | end 502
            cut_stream         | again     | again     | next      | end 502
            stalled_stream     | again     | again     | next      | end 504
            malformed          | again     | again     | next      | end 502
            unknown_deployment | again     | again     | again     | again
            zone_refused       | end 403   | end 403   | end 403   | end 403
            no_deployment      | next      | end 503   | next      | end 503
            body_lost          | end 503   | end 503   | end 503   | end 503
            budget_exceeded    | next      | end 429   | next      | end 429
            budgets_away       | end 503   | end 503   | end 503   | end 503
            limit_reached      | next      | end 429   | next      | end 429
            limits_away        | next      | end 503   | next      | end 503
            unpriced           | next      | end 400   | next      | end 400
            unbounded_cost     | next      | end 400   | next      | end 400
            unknown            | end 502   | end 502   | end 502   | end 502
            cancelled          | drop      | drop      | drop      | drop
            expired            | drop      | drop      | drop      | drop
            internal           | end 500   | end 500   | end 500   | end 500
            """;

    private final Planner planner = new Planner(RetryRule.DEFAULT);

    record Row(FailureKind kind, List<String> expected) {}

    static Stream<Row> rows() {
        return TABLE.lines().skip(1).map(line -> {
            String[] cells = line.split("\\|");
            FailureKind kind = Stream.of(FailureKind.values())
                    .filter(one -> one.id().equals(cells[0].strip()))
                    .findFirst()
                    .orElseThrow();
            return new Row(kind, Stream.of(cells).skip(1).map(String::strip).toList());
        });
    }

    @Test
    void shouldHaveARowForEveryKind() {
        assertThat(rows().map(Row::kind)).containsExactlyInAnyOrder(FailureKind.values());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldFollowTheTable(Row row) {
        List<String> actual = List.of(
                follow(row.kind, 1, true, 0),
                follow(row.kind, 1, false, 0),
                follow(row.kind, 0, true, 0),
                follow(row.kind, 0, false, 0));

        assertThat(actual).isEqualTo(row.expected);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldEndInBandWhatTheClientHasSeenABeginningOf(Row row) {
        String actual = follow(row.kind, 1, true, 1);

        assertThat(actual)
                .isEqualTo(row.expected.getFirst().equals("drop") ? "drop" : "end " + row.kind.clientStatus());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldContinueWhatMayBeTriedAgainWhereTheRouteAllowsIt(Row row) {
        String actual = follow(row.kind, 1, true, 1, new Said("a", 7, 1, 0, 10));

        String inBand = row.expected.getFirst().equals("drop") ? "drop" : "end " + row.kind.clientStatus();
        assertThat(actual).isEqualTo(row.kind.next() == FailureKind.Next.RETRY ? "again" : inBand);
    }

    private String follow(FailureKind kind, int retries, boolean fallback, int frames) {
        return follow(kind, retries, fallback, frames, null);
    }

    private String follow(FailureKind kind, int retries, boolean fallback, int frames, @Nullable Said said) {
        Gateway gateway = said == null
                ? Gateway.version(VERSION)
                : Gateway.version(VERSION).continueStreams();
        RoutingTable table = gateway.retries(retries)
                .lane("premium", Privacy.CLOUD_ALLOWED)
                .cloud("first/a")
                .cloud("second/b")
                .route("smart", "premium", Zone.CLOUD, fallback, "first", "second")
                .table(Zone.CLOUD);
        Request request = Requests.interactive("smart", "premium", Zone.CLOUD);
        Situation situation = new Situation(table, (deployment, now) -> Standing.SERVING, START, true);
        Attempt attempt = ((Decision.Publish) planner.plan(request, situation)).attempt();
        Decision decision = planner.next(
                new FailedAttempt(attempt, Failure.of(kind, "secret words"), true, frames, START, said), situation);
        return switch (decision) {
            case Decision.Publish publish -> hop(publish.attempt().plan());
            case Decision.Later later -> hop(((Pending.InTurn) later.pending()).plan());
            case Decision.End end -> "end " + end.status();
            case Decision.Drop drop -> "drop";
        };
    }

    private static String hop(Plan plan) {
        return plan.hop() == 0 ? "again" : "next";
    }
}
