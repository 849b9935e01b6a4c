package dev.laneway.chaos;

import dev.laneway.chaos.attack.Strike;
import dev.laneway.chaos.cluster.Role;
import dev.laneway.chaos.load.Asked;
import dev.laneway.chaos.load.Ending;
import dev.laneway.chaos.oracle.Finding;
import dev.laneway.chaos.oracle.PipelineLog;
import dev.laneway.chaos.oracle.Promise;
import dev.laneway.chaos.oracle.Rules;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Status;
import dev.laneway.testkit.calls.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What clients saw, and what came after the strikes. Pure. */
final class Judge {
    /** From a kill until every request is worked on again. */
    static final long RESUMED_MILLIS = 15_000;
    /** Requests sent so soon after a kill tell how long it was felt. */
    private static final long FELT_MILLIS = 10_000;
    /** An answer that came so shortly before a kill may not have been reported yet. */
    private static final long UNREPORTED_MILLIS = 1_000;

    private Judge() {}

    /** Whole answers are completed requests, nothing looks whole that isn't, and nobody hung. */
    static List<Finding> clients(List<Asked> asked, PipelineLog log, List<Strike> strikes) {
        List<Finding> findings = new ArrayList<>();
        for (Asked one : asked) {
            String subject = one.requestId().isEmpty() ? one.shape().route() + "@" + one.sentAt() : one.requestId();
            switch (one.ending()) {
                case WHOLE -> {
                    List<Fact> ends = log.terminals().getOrDefault(one.requestId(), List.of());
                    if (ends.stream().noneMatch(Judge::completed)) {
                        findings.add(new Finding(
                                Promise.ANSWERS_TRUE,
                                subject,
                                "a client has the whole answer, and no fact completes it"));
                    }
                }
                case BROKEN_OFF ->
                    findings.add(new Finding(Promise.ANSWERS_TRUE, subject, "an answer that looks whole is not"));
                case HUNG -> {
                    if (strikes.stream().noneMatch(strike -> silenced(strike, one))) {
                        findings.add(new Finding(
                                Promise.NO_HANG, subject, "nothing after " + (one.endedAt() - one.sentAt()) + " ms"));
                    }
                }
                case ERROR_IN_BAND, STATUS, CONNECTION_LOST -> {}
            }
        }
        return findings;
    }

    private static boolean silenced(Strike strike, Asked one) {
        return one.ingress().equals(strike.silenced())
                && one.sentAt() <= strike.until()
                && one.endedAt() >= strike.at();
    }

    private static boolean completed(Fact fact) {
        return terminal(fact) == Status.COMPLETED;
    }

    private static @Nullable Status terminal(Fact fact) {
        return fact.terminal() == null ? null : fact.terminal().status();
    }

    /** Attempts whose outcome nobody knows. */
    static Set<String> unknown(PipelineLog log) {
        return log.attempts().entrySet().stream()
                .filter(attempt -> attempt.getValue().stream().anyMatch(fact -> fact.outcome() == Outcome.UNKNOWN))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many calls were under way at a strike, or were begun until it was mended; of a kill only the former. */
    static int inFlight(Strike strike, List<Call> calls) {
        long until = strike.killed() == null ? strike.until() : strike.at();
        return (int) calls.stream()
                .filter(call -> call.started().toEpochMilli() <= until)
                .filter(call -> call.endMicros().isEmpty()
                        || call.started().toEpochMilli() + call.endMicros().getAsLong() / 1000
                                >= strike.at() - UNREPORTED_MILLIS)
                .count();
    }

    /**
     * How long a kill was felt: the longest that a request sent soon after it waited until a vendor was called for it, in
     * milliseconds; -1 where none was sent. Of accounting: until it had read what there was to read.
     *
     * @param usageRead by the time of the strike
     */
    static long resumed(Strike strike, List<Asked> asked, List<Call> calls, Map<Long, Long> usageRead) {
        if (strike.killed() == Role.ACCOUNTING) {
            return usageRead.getOrDefault(strike.at(), -1L);
        }
        Map<String, Long> begun = new HashMap<>();
        for (Call call : calls) {
            begun.merge(Rules.requestOf(call.attemptId()), call.started().toEpochMilli(), Math::min);
        }
        return asked.stream()
                .filter(one -> one.sentAt() >= strike.at() && one.sentAt() <= strike.at() + FELT_MILLIS)
                .filter(one -> one.ending() != Ending.CONNECTION_LOST)
                .mapToLong(one -> begun.getOrDefault(one.requestId(), one.endedAt()) - one.sentAt())
                .max()
                .orElse(-1);
    }

    /** Terminal facts after a request's first. */
    static int late(PipelineLog log) {
        return log.terminals().values().stream()
                .mapToInt(facts -> facts.size() - 1)
                .sum();
    }
}
