package dev.laneway.provider.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Request;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.SecretText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What an attempt's envelope and the config say to the dialects. */
final class Question {
    private Question() {}

    /** The call that the attempt becomes. */
    static Exchange put(Exchanges exchanges, Assignment assignment, byte[] body) {
        Attempt attempt = assignment.attempt();
        Request request = attempt.request();
        Deployment deployment = assignment.deployment();
        SecretText key = assignment.served().key();
        Target target = new Target(
                assignment.served().provider(),
                deployment.vendorModel(request.route()),
                new Target.Endpoint(
                        deployment.baseUrl().toString(),
                        key == null ? null : key.reveal(),
                        lowerCase(deployment.extraHeaders())),
                attempt.id(),
                request.stream(),
                request.headers(),
                policy(request, DeploymentDefaults.cap(deployment.extra(), assignment.maxTokens())));
        RenderContext context = new RenderContext(
                request.id(), request.route(), request.acceptedAt() / 1_000, request.stream(), request.includeUsage());
        Exchange opened = exchanges.open(request.dialect(), body, target, context);
        return deployment.extra().isEmpty() ? opened : withDefaults(opened, deployment.extra());
    }

    private static Exchange withDefaults(Exchange opened, Map<String, JsonNode> defaults) {
        return switch (opened) {
            case Exchange.Refused refused -> refused;
            case Exchange.Ready ready ->
                new Exchange.Ready(
                        DeploymentDefaults.apply(ready.call(), ready.vendor().id(), defaults),
                        ready.answer(),
                        ready.vendor(),
                        ready.concealment());
        };
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return headers;
        }
        Map<String, String> lower = new HashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private static Target.Policy policy(Request request, int operatorsCap) {
        return operatorsCap == 0 || request.maxTokens() > 0
                ? Target.Policy.NONE
                : new Target.Policy(operatorsCap, Set.of());
    }
}
