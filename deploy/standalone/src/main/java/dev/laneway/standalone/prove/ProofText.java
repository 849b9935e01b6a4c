package dev.laneway.standalone.prove;

import dev.laneway.runtime.config.RouteReport;
import dev.laneway.standalone.prove.Proof.Attack;
import dev.laneway.standalone.prove.Proof.OfRoute;
import dev.laneway.standalone.prove.Proof.Try;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a proof for people: each route's verdict, where it could run and what was called; then the attacks; then the sum. */
public final class ProofText {
    private ProofText() {}

    public static String of(Proof proof) {
        StringBuilder text = new StringBuilder(proof.method()).append("\n\n");
        proof.problems().forEach(problem -> text.append(problem).append('\n'));
        proof.routes().forEach(route -> route(text, route, proof.attacks()));
        proof.strayCalls()
                .forEach(call -> text.append("STRAY CALL that no try explains: ")
                        .append(call(call))
                        .append('\n'));
        if (proof.routes().isEmpty() && proof.problems().isEmpty()) {
            text.append("no route: no model can be called\n");
        }
        if (proof.configVersion() != null) {
            text.append("config version ").append(proof.configVersion());
            text.append(", sha256 ").append(proof.configSha256()).append('\n');
        }
        text.append(proof.laneway()).append(", ").append(proof.time()).append(": ");
        return text.append(sum(proof)).append('\n').toString();
    }

    private static String sum(Proof proof) {
        if (!proof.problems().isEmpty()) {
            return "REFUSED: " + proof.config() + " can't be put in force, nothing of it runs";
        }
        if (proof.kept()) {
            return "every privacy rule was kept";
        }
        List<String> broken = new ArrayList<>();
        proof.routes().stream()
                .filter(route -> !route.verdict().kept())
                .forEach(route ->
                        broken.add(route.route() + " " + route.verdict().told()));
        long attacks = proof.attacks().stream().filter(attack -> !attack.held()).count();
        if (attacks > 0) {
            broken.add(attacks + " forged events were not refused");
        }
        if (!proof.strayCalls().isEmpty()) {
            broken.add(proof.strayCalls().size() + " stray calls");
        }
        return "NOT KEPT: " + String.join(", ", broken);
    }

    private static void route(StringBuilder text, OfRoute route, List<Attack> attacks) {
        text.append(route.route()).append("  ").append(route.verdict().told());
        text.append(": ").append(route.because());
        text.append("   (lane ").append(route.lane()).append(", ");
        text.append(route.privacy().id()).append(")\n");
        for (RouteReport.Hop hop : route.could()) {
            hop.deployments().forEach(target -> could(text, target));
        }
        route.tries().forEach(tried -> tried(text, tried));
        for (Attack attack : attacks) {
            if (attack.route().equals(route.route())) {
                text.append("    attacked      ").append(attack.what());
                text.append(": ").append(attack.outcome()).append('\n');
            }
        }
        text.append('\n');
    }

    private static void could(StringBuilder text, RouteReport.Target target) {
        text.append("    could run on  ").append(target.model()).append("  ");
        text.append(target.zone().id()).append("  ");
        text.append(target.address() == null ? "out of service: " + target.reason() : target.address());
        text.append('\n');
    }

    private static void tried(StringBuilder text, Try tried) {
        Map<String, Long> ran = tried.calls().stream()
                .collect(Collectors.groupingBy(ProofText::call, LinkedHashMap::new, Collectors.counting()));
        String where = ran.entrySet().stream()
                .map(call -> call.getKey() + (call.getValue() > 1 ? " x" + call.getValue() : ""))
                .collect(Collectors.joining(", then "));
        text.append("    ran on        ").append(where.isEmpty() ? "nothing" : where);
        text.append("   [").append(tried.model()).append(", ");
        text.append(tried.scenario().told()).append(tried.stream() ? ", streamed" : "");
        text.append(", status ").append(tried.status()).append(", ");
        text.append(tried.requestId().isEmpty() ? "no request id" : tried.requestId());
        text.append("]\n");
    }

    private static String call(SeenCall call) {
        return call.account() + " " + call.model() + " " + call.runsIn().id();
    }
}
