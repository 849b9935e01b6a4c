package dev.laneway.provider.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Request;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Continuation;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.provider.credentials.Credential;
import dev.laneway.provider.credentials.ServiceAccount;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.runtime.catalogue.WorstCall;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.money.Dues;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What an attempt's envelope and the config say to the dialects. */
final class Question {
    /** A half of such an answer can't be joined to another model's half. */
    private static final Set<Feature> WHOLE_ONLY =
            Set.of(Feature.JSON_OBJECT, Feature.JSON_SCHEMA, Feature.LOGPROBS, Feature.MULTIPLE_CHOICES);

    private Question() {}

    /**
     * The call that the attempt becomes.
     *
     * @param body the client's, whole
     */
    static Exchange put(Exchanges exchanges, Assignment assignment, byte[] body) {
        Attempt attempt = assignment.attempt();
        Request request = attempt.request();
        Deployment deployment = assignment.deployment();
        Target target = new Target(
                row(assignment, request.route()),
                deployment.vendorModel(request.route()),
                endpoint(deployment, assignment.served().credential()),
                attempt.id(),
                request.stream(),
                request.headers(),
                policy(attempt, deployment, DeploymentDefaults.cap(deployment.extra(), assignment.maxTokens())));
        RenderContext context = new RenderContext(
                request.id(), request.route(), request.acceptedAt() / 1_000, request.stream(), request.includeUsage());
        Exchange opened = exchanges.open(request.dialect(), body, target, context, continuation(assignment));
        Set<String> drops = deployment.rules().drops();
        Map<String, JsonNode> defaults = defaults(attempt, target.provider(), deployment.extra());
        return defaults.isEmpty() && drops.isEmpty() ? opened : withDefaults(opened, defaults, drops);
    }

    /** What the operator says, and how often tools of the vendor's own are paid for. */
    private static Map<String, JsonNode> defaults(
            Attempt attempt, ProviderRow vendor, Map<String, JsonNode> operators) {
        if (attempt.hold() == null
                || vendor.dialect() != Dialect.OPENAI_RESPONSES
                || !WorstCall.setsToolCalls(attempt.request())) {
            return operators;
        }
        Map<String, JsonNode> all = new HashMap<>(operators);
        all.put("max_tool_calls", LongNode.valueOf(WorstCall.TOOL_CALLS));
        return all;
    }

    /** A pattern's models may go by several rows of one vendor. */
    private static ProviderRow row(Assignment assignment, String route) {
        Deployment deployment = assignment.deployment();
        String provider = deployment.provider(route);
        ProviderRow other = provider.equals(deployment.provider()) ? null : ProviderCatalogue.find(provider);
        return other == null ? assignment.served().provider() : other;
    }

    private static Target.Endpoint endpoint(Deployment deployment, Credential credential) {
        String key = credential instanceof Credential.Key(SecretText text) ? text.reveal() : null;
        String project = null;
        String location = null;
        String apiVersion = null;
        switch (deployment.cloud()) {
            case CloudAccess.Google google -> {
                location = google.location();
                project = google.project();
                if (project == null && credential instanceof Credential.Google(ServiceAccount account)) {
                    project = account.project();
                }
            }
            case CloudAccess.Azure azure -> apiVersion = azure.apiVersion();
            case CloudAccess.Aws _ -> {}
            case null -> {}
        }
        return new Target.Endpoint(
                deployment.baseUrl().toString(),
                key,
                lowerCase(deployment.extraHeaders()),
                project,
                location,
                apiVersion);
    }

    private static Continuation continuation(Assignment assignment) {
        Attempt attempt = assignment.attempt();
        byte[] said = AttemptValue.said(attempt, assignment.taken().value());
        if (said != null) {
            return Continuation.of(Beginning.read(said));
        }
        Request request = attempt.request();
        return attempt.plan().continuation() && request.stream() && Collections.disjoint(request.features(), WHOLE_ONLY)
                ? Continuation.POSSIBLE
                : Continuation.NONE;
    }

    private static Exchange withDefaults(Exchange opened, Map<String, JsonNode> defaults, Set<String> drops) {
        return switch (opened) {
            case Exchange.Refused refused -> refused;
            case Exchange.Ready ready ->
                ready.calling(DroppedFields.without(
                        DeploymentDefaults.apply(ready.call(), ready.vendor().id(), defaults), drops));
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

    /** Where the client set no limit: the operator's, or what the money that is held is enough for. */
    static Target.Policy policy(Attempt attempt, Deployment deployment, int operatorsCap) {
        Hold hold = attempt.hold();
        long paidFor = hold == null ? 0 : hold.maxTokens() / Dues.answers(attempt.request(), deployment);
        long cap = operatorsCap == 0 || (paidFor > 0 && paidFor < operatorsCap) ? paidFor : operatorsCap;
        return cap == 0 || attempt.request().maxTokens() > 0
                ? Target.Policy.NONE
                : new Target.Policy((int) Math.min(Integer.MAX_VALUE, cap), Set.of());
    }
}
