package dev.laneway.router;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import java.util.Set;

/** Requests and failures for tests. Time begins at {@link #START}, and a request has ten minutes. */
public final class Requests {
    public static final long START = 1_000_000;
    public static final long DEADLINE = START + 600_000;
    public static final String VERSION = "v1";

    private Requests() {}

    public static Request interactive(String route, String lane, Zone zone) {
        return of("req_1", route, lane, zone, WorkClass.INTERACTIVE, DEADLINE);
    }

    public static Request of(String id, String route, String lane, Zone zone, WorkClass workClass, long deadline) {
        return with(id, route, lane, zone, workClass, deadline, Set.of(), 0);
    }

    public static Request needing(String route, String lane, Set<Feature> features, long inputTokens) {
        return with("req_1", route, lane, Zone.CLOUD, WorkClass.INTERACTIVE, DEADLINE, features, inputTokens);
    }

    public static FailedAttempt failed(Attempt attempt, FailureKind kind, long at) {
        return failed(attempt, kind, 0, at);
    }

    public static FailedAttempt failed(Attempt attempt, FailureKind kind, long retryAfter, long at) {
        return new FailedAttempt(attempt, new Failure(kind, "secret words", 0, retryAfter), true, 0, at);
    }

    public static FailedAttempt uncalled(Attempt attempt, FailureKind kind, long retryAfter, long at) {
        return new FailedAttempt(attempt, new Failure(kind, "secret words", 0, retryAfter), false, 0, at);
    }

    private static Request with(
            String id,
            String route,
            String lane,
            Zone zone,
            WorkClass workClass,
            long deadline,
            Set<Feature> features,
            long inputTokens) {
        return RequestFixture.request()
                .id(id)
                .owner("owner")
                .route(route)
                .lane(lane)
                .zone(zone)
                .workClass(workClass)
                .stream(true)
                .features(features)
                .inputTokens(inputTokens)
                .acceptedAt(START)
                .deadline(deadline)
                .reply(new ReplyAddress(Topics.replies(zone), 3))
                .configVersion(VERSION)
                .build();
    }
}
