package dev.laneway.chaos.oracle;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds the vendor's log of calls, the facts and the ledger against each other. Pure. */
public final class Rules {
    private Rules() {}

    /** Calls against facts of attempts. */
    public static List<Finding> calls(List<Call> calls, PipelineLog log, Leniency leniency) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<Call>> made =
                calls.stream().collect(Collectors.groupingBy(Call::attemptId, TreeMap::new, Collectors.toList()));
        Map<String, List<Fact.Attempted>> told = log.called();
        made.forEach((attempt, seen) -> {
            if (seen.size() > 1) {
                findings.add(new Finding(Promise.ONE_CALL, attempt, seen.size() + " calls"));
            }
            if (!told.containsKey(attempt)) {
                findings.add(new Finding(Promise.CALLS_REPORTED, attempt, "the vendor was called and no fact says so"));
            }
        });
        told.forEach((attempt, facts) -> {
            if (facts.size() > 1 && !(leniency.factsAgain() && same(facts))) {
                findings.add(new Finding(Promise.FACTS_TRUE, attempt, facts.size() + " facts: " + outcomes(facts)));
            }
            List<Call> seen = made.get(attempt);
            if (seen == null) {
                if (facts.stream().anyMatch(fact -> impliesCall(fact, leniency))) {
                    findings.add(new Finding(
                            Promise.FACTS_TRUE, attempt, outcomes(facts) + " of a call that the vendor never saw"));
                }
            } else {
                tokens(seen.getFirst(), best(facts), leniency).forEach(findings::add);
            }
        });
        return findings;
    }

    /**
     * The vendor's bill against the facts' charges, to the trillionth of a dollar: where the config has the vendor's prices, and the vendor
     * reported what it used.
     */
    public static List<Finding> charges(List<Call> calls, PipelineLog log) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<Fact.Attempted>> called = log.called();
        for (Call call : calls) {
            List<Fact.Attempted> facts = called.getOrDefault(call.attemptId(), List.of());
            Fact.Attempted fact = facts.isEmpty() ? null : best(facts);
            Charge charge = fact == null ? null : fact.charge();
            if (fact != null
                    && charge != null
                    && isWhole(call)
                    && isExact(fact, charge)
                    && charge.cost().picos() != call.pricePicos()) {
                findings.add(new Finding(
                        Promise.TOKENS,
                        call.attemptId(),
                        "charged with " + charge.cost().picos() + " trillionths; the vendor's: " + call.pricePicos()));
            }
        }
        return findings;
    }

    private static boolean isWhole(Call call) {
        return call.finish() == Finish.COMPLETE
                && call.status() == 200
                && call.fault().isEmpty();
    }

    private static boolean isExact(Fact.Attempted fact, Charge charge) {
        return fact.usage() != null
                && !charge.estimate()
                && charge.price() != null
                && charge.price().startsWith("config/");
    }

    /** How requests ended. */
    public static List<Finding> ends(PipelineLog log, Leniency leniency) {
        List<Finding> findings = new ArrayList<>();
        for (String request : new TreeSet<>(log.accepted())) {
            if (!log.terminals().containsKey(request)) {
                findings.add(new Finding(Promise.ENDED, request, "accepted, and without a terminal fact"));
            }
        }
        new TreeMap<>(log.terminals()).forEach((request, facts) -> {
            if (!log.accepted().contains(request)) {
                findings.add(new Finding(Promise.ENDED, request, "ended, and nobody accepted it"));
            }
            if (facts.size() > 1 && !leniency.lateTerminals()) {
                findings.add(new Finding(Promise.ENDED_ONCE, request, facts.size() + " terminal facts"));
            }
        });
        return findings;
    }

    /** Each call of a request after its first follows a failure or an unknown outcome that was reported. */
    public static List<Finding> explained(List<Call> calls, PipelineLog log) {
        Map<String, Long> made = calls.stream()
                .collect(Collectors.groupingBy(
                        call -> requestOf(call.attemptId()), TreeMap::new, Collectors.counting()));
        Map<String, Set<String>> failed = new TreeMap<>();
        log.attempts()
                .forEach((attempt, facts) -> facts.stream()
                        .filter(fact -> fact.outcome() != Outcome.SUCCEEDED)
                        .forEach(fact -> failed.computeIfAbsent(fact.requestId(), id -> new TreeSet<>())
                                .add(attempt)));
        List<Finding> findings = new ArrayList<>();
        made.forEach((request, count) -> {
            int reasons = failed.getOrDefault(request, Set.of()).size();
            if (count > 1 + reasons) {
                findings.add(new Finding(
                        Promise.CALLS_EXPLAINED, request, count + " calls after " + reasons + " failed attempts"));
            }
        });
        return findings;
    }

    /**
     * What the ledger has against what the facts say.
     *
     * @param entries as {@link Ledger#entries} has them
     * @param requests as {@link Ledger#requests} has them
     */
    public static List<Finding> ledger(PipelineLog log, Set<String> entries, Set<String> requests) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> expected = new TreeMap<>();
        log.called()
                .forEach((attempt, facts) -> facts.forEach(
                        fact -> expected.putIfAbsent(attempt + (fact.usage() == null), Ledger.entry(fact))));
        differences(Set.copyOf(expected.values()), entries, "entry").forEach(findings::add);
        Set<String> ended = log.terminals().values().stream()
                .map(List::getFirst)
                .map(Ledger::request)
                .collect(Collectors.toSet());
        differences(ended, requests, "request").forEach(findings::add);
        return findings;
    }

    /** The request of an attempt id. */
    public static String requestOf(String attemptId) {
        int colon = attemptId.indexOf(':');
        return colon < 0 ? attemptId : attemptId.substring(0, colon);
    }

    private static List<Finding> differences(Set<String> expected, Set<String> found, String what) {
        List<Finding> findings = new ArrayList<>();
        expected.stream()
                .filter(one -> !found.contains(one))
                .forEach(one -> findings.add(new Finding(Promise.LEDGER, one, what + " is missing")));
        found.stream()
                .filter(one -> !expected.contains(one))
                .forEach(one -> findings.add(new Finding(Promise.LEDGER, one, what + " is of no fact")));
        return findings;
    }

    /** One story, told again; what was given up as unknown may be known later. */
    private static boolean same(List<Fact.Attempted> facts) {
        return facts.stream()
                        .filter(fact -> fact.outcome() != Outcome.UNKNOWN && !fact.late())
                        .map(Ledger::entry)
                        .distinct()
                        .count()
                <= 1;
    }

    private static Fact.Attempted best(List<Fact.Attempted> facts) {
        return facts.stream()
                .filter(fact -> fact.outcome() == Outcome.SUCCEEDED)
                .findFirst()
                .orElse(facts.getFirst());
    }

    private static String outcomes(List<Fact.Attempted> facts) {
        return facts.stream().map(fact -> fact.outcome().id()).collect(Collectors.joining(", "));
    }

    private static boolean impliesCall(Fact.Attempted fact, Leniency leniency) {
        return !leniency.lostCalls() || fact.outcome() == Outcome.SUCCEEDED || fact.vendorStatus() > 0;
    }

    private static List<Finding> tokens(Call call, Fact.Attempted fact, Leniency leniency) {
        if (!isWhole(call) || (leniency.lostCalls() && fact.outcome() != Outcome.SUCCEEDED)) {
            return List.of();
        }
        TokenUsage usage = fact.usage();
        String vendor = call.usage().prompt() + " in, " + call.usage().completion() + " out";
        boolean untold = call.usage().prompt() == 0 && call.usage().completion() == 0;
        if (usage == null && untold) {
            return List.of(); // some vendors tell none of some calls
        }
        if (usage == null) {
            return List.of(new Finding(Promise.TOKENS, call.attemptId(), "no usage; the vendor's: " + vendor));
        }
        if (usage.input() != call.usage().prompt()
                || usage.output() != call.usage().completion()) {
            return List.of(new Finding(
                    Promise.TOKENS,
                    call.attemptId(),
                    usage.input() + " in, " + usage.output() + " out; the vendor's: " + vendor));
        }
        return List.of();
    }
}
