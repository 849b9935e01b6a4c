package dev.laneway.standalone.prove;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.DeploymentGroup;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.OutOfService;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.config.Wildcard;
import dev.laneway.standalone.prove.Proof.Judgement;
import dev.laneway.standalone.prove.Proof.Try;
import dev.laneway.standalone.prove.Proof.Verdict;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what a route's rule permits with what its chain holds and with what was called. Asks none of the fences: it would not see
 * what they overlook. Pure.
 */
final class Judge {
    private final GatewayConfig original;
    private final GatewayConfig rehearsed;

    /**
     * A judge of one rehearsal.
     *
     * @param original the operator's, whose chains are judged
     * @param rehearsed what it was rewritten to, whose calls are judged
     */
    Judge(GatewayConfig original, GatewayConfig rehearsed) {
        this.original = original;
        this.rehearsed = rehearsed;
    }

    /** Judges a route of that name. */
    Judgement judge(String name, List<Try> tries) {
        Route route = Objects.requireNonNull(original.routes().get(name));
        Route played = Objects.requireNonNull(rehearsed.routes().get(name));
        List<String> left = tries.stream()
                .flatMap(tried -> tried.calls().stream()
                        .filter(call -> !permits(played, tried, call))
                        .map(call -> "request " + tried.requestId() + " ("
                                + tried.scenario().told() + ") called " + call.account() + " " + call.model()
                                + " outside"))
                .toList();
        if (!left.isEmpty()) {
            return new Judgement(
                    Verdict.LEFT, left.getFirst() + (left.size() > 1 ? " (and " + (left.size() - 1) + " more)" : ""));
        }
        Set<String> ways = forbiddenWays(route);
        if (!ways.isEmpty()) {
            return new Judgement(Verdict.COULD_LEAVE, String.join("; ", ways));
        }
        String untried = tries.stream().allMatch(tried -> tried.calls().isEmpty())
                ? "; by its chain alone: no call was made"
                : "";
        return route.zone() == Zone.LOCAL
                ? new Judgement(Verdict.STAYS_INSIDE, route.privacy().id() + untried)
                : new Judgement(Verdict.MAY_LEAVE, permission(route) + untried);
    }

    private static String permission(Route route) {
        return route.privacy() == Privacy.LOCAL_FIRST
                ? "approved " + String.join(", ", route.approved())
                : route.privacy().id();
    }

    private boolean permits(Route route, Try tried, SeenCall call) {
        if (call.runsIn() == Zone.LOCAL) {
            return true;
        }
        return route.zone() == Zone.CLOUD
                && switch (route.privacy()) {
                    case LOCAL_ONLY -> false;
                    case LOCAL_FIRST ->
                        isOfApproved(route, tried.model(), call)
                                && !(tried.scenario() == Scenario.ALL_ANSWER && beginsInside(route, tried.model()));
                    case CLOUD_ALLOWED -> true;
                };
    }

    private boolean isOfApproved(Route route, String alias, SeenCall call) {
        return route.chain().stream()
                .anyMatch(hop -> deployments(hop, rehearsed)
                        .anyMatch(deployment -> deployment.account().equals(call.account())
                                && deployment.vendorModel(alias).equals(call.model())
                                && isApproved(route, hop.name(), deployment.group(), deployment.id())));
    }

    private boolean beginsInside(Route route, String alias) {
        ChainHop first = route.chain().getFirst();
        return !first.deployments().isEmpty()
                && deployments(first, rehearsed).allMatch(deployment -> deployment.zone(alias) == Zone.LOCAL);
    }

    /** Ways of the chain, those through deployments out of service among them, that the rule forbids. */
    Set<String> forbiddenWays(Route route) {
        Set<String> ways = new LinkedHashSet<>();
        if (route.privacy() == Privacy.CLOUD_ALLOWED) {
            return ways;
        }
        for (ChainHop hop : route.chain()) {
            String way =
                    route.name() + " -> " + hop.name() + " (" + hop.origin().id() + ") -> ";
            deployments(hop, original)
                    .filter(deployment -> deployment.zone() == Zone.CLOUD)
                    .filter(deployment -> !mayUse(route, hop.name(), deployment.group(), deployment.id()))
                    .forEach(deployment -> ways.add(way + deployment.provider() + "/" + deployment.vendorModel()));
            DeploymentGroup group = original.groups().get(hop.name());
            for (OutOfService out : group == null ? List.<OutOfService>of() : group.outOfService()) {
                if (out.zone() == Zone.CLOUD && !mayUse(route, hop.name())) {
                    ways.add(way + out.model() + " (out of service)");
                }
            }
        }
        return ways;
    }

    private static boolean mayUse(Route route, String... names) {
        return route.privacy() == Privacy.LOCAL_FIRST && isApproved(route, names);
    }

    private static boolean isApproved(Route route, String... names) {
        Set<String> called = Stream.of(names).collect(Collectors.toSet());
        return route.approved().stream()
                .anyMatch(approved ->
                        called.contains(approved) || called.stream().anyMatch(name -> fits(approved, name)));
    }

    private static boolean fits(String approved, String name) {
        Wildcard pattern = Wildcard.of(approved);
        return pattern != null && pattern.part(name) != null;
    }

    private static Stream<Deployment> deployments(ChainHop hop, GatewayConfig config) {
        return hop.deployments().stream()
                .map(id -> Objects.requireNonNull(config.deployments().get(id)));
    }
}
