package dev.laneway.chaos.oracle;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import dev.laneway.testkit.wire.Vendor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Calls, facts and logs for tests of what compares them. */
public final class Made {
    private static final int IN = 11;
    private static final int OUT = 7;

    private Made() {}

    /** A whole call. */
    public static Call call(String attempt, long startedAt, long millis) {
        return new Call(
                1,
                Instant.ofEpochMilli(startedAt),
                attempt,
                Vendor.OPENAI,
                "/v1/chat/completions",
                "sim",
                false,
                200,
                "",
                new Usage(IN, 0, 0, OUT, 0),
                1,
                0,
                millis < 0 ? Finish.IN_PROGRESS : Finish.COMPLETE,
                false,
                OptionalLong.empty(),
                millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis * 1000),
                "",
                "");
    }

    /** The fact of a call; one that succeeded ends its request. */
    public static Fact.Attempted fact(String attempt, Outcome outcome) {
        boolean succeeded = outcome == Outcome.SUCCEEDED;
        return new Fact.Attempted(
                subject(Rules.requestOf(attempt)),
                attempt,
                "d_1",
                "sim",
                "openai",
                "openai-1",
                "sim",
                Zone.CLOUD,
                "eu",
                outcome,
                succeeded ? null : FailureKind.UNKNOWN,
                0,
                true,
                succeeded ? new TokenUsage(IN, OUT, 0, 0, 0) : null,
                1,
                2,
                3,
                succeeded ? new Fact.Terminal(Status.COMPLETED, 200, null, 1, 0, "lw.cloud.replies", 0, 0, 1) : null,
                false);
    }

    /** The fact of a call that succeeded and was charged with that. */
    public static Fact.Attempted charged(String attempt, Charge charge) {
        Fact.Attempted fact = fact(attempt, Outcome.SUCCEEDED);
        return new Fact.Attempted(
                fact.request(),
                fact.attempt(),
                fact.deployment(),
                fact.group(),
                fact.provider(),
                fact.account(),
                fact.model(),
                fact.zone(),
                fact.region(),
                fact.outcome(),
                fact.failure(),
                fact.vendorStatus(),
                fact.called(),
                fact.usage(),
                fact.sentAt(),
                fact.firstTokenAt(),
                fact.endedAt(),
                fact.terminal(),
                fact.late(),
                charge,
                List.of());
    }

    public static Fact.Ended ended(String request) {
        return new Fact.Ended(subject(request), 5, Fact.Terminal.failed(FailureKind.UNKNOWN, 502, 1, 0));
    }

    private static Fact.Subject subject(String request) {
        return new Fact.Subject(request, "master", "sim", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, 1);
    }

    /** What the topics say where these requests were accepted and these facts published. */
    public static PipelineLog log(Set<String> accepted, Fact... facts) {
        PipelineLog log = new PipelineLog(new HashSet<>(accepted), new HashMap<>(), new HashMap<>());
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.Attempted attempted -> {
                    log.attempts()
                            .computeIfAbsent(attempted.attempt(), id -> new ArrayList<>())
                            .add(attempted);
                    if (attempted.terminal() != null) {
                        ends(log, fact);
                    }
                }
                case Fact.Accepted began -> {}
                case Fact.Noticed noticed -> {}
                case Fact.Ended ended -> ends(log, ended);
            }
        }
        return log;
    }

    private static void ends(PipelineLog log, Fact fact) {
        log.terminals()
                .computeIfAbsent(fact.requestId(), id -> new ArrayList<>())
                .add(fact);
    }

    /** The promises of findings, in order. */
    public static List<Promise> promises(List<Finding> findings) {
        return findings.stream().map(Finding::promise).toList();
    }
}
