package dev.laneway.ingress.spend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.ingress.keys.Json;
import dev.laneway.runtime.ledger.LoggedAttempt;
import dev.laneway.runtime.ledger.LoggedRequest;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Requests of the ledger as JSON: in our form, with every attempt, and in LiteLLM's. Which vendor, account and model it was, and by which
 * row of the catalogue it was priced, is told to admins alone.
 */
final class LogText {
    private LogText() {}

    /** @param everything whether the vendors' names are told */
    static ObjectNode ours(LoggedRequest request, boolean everything) {
        ObjectNode json = Json.object()
                .put("id", request.id())
                .put("object", "request")
                .put("status", request.status())
                .put("http_status", request.httpStatus())
                .put("failure", request.failure())
                .put("key", request.owner())
                .put("team", request.team())
                .put("user", request.user());
        json.set("tags", Json.texts(request.tags()));
        json.put("route", request.route())
                .put("lane", request.lane())
                .put("zone", request.zone())
                .put("class", request.workClass())
                .put("cost", request.dollars())
                .put("fallbacks", request.fallbacks());
        Json.time(json, "accepted_at", request.acceptedAt());
        Json.time(json, "ended_at", request.endedAt());
        ArrayNode attempts = Json.array();
        request.attempts().forEach(attempt -> attempts.add(ours(attempt, request, everything)));
        json.set("attempts", attempts);
        return json;
    }

    private static ObjectNode ours(LoggedAttempt attempt, LoggedRequest request, boolean everything) {
        Made made = Made.of(attempt, request.attempts());
        ObjectNode json = Json.object()
                .put("id", attempt.id())
                .put("kind", attempt.kind())
                .put("counts", attempt.counts())
                .put("answered", attempt.id().equals(request.answeredBy()) && !attempt.late())
                .put("reason", made.why())
                .put("after", made.after())
                .put("outcome", attempt.outcome())
                .put("failure", attempt.failure())
                .put("vendor_status", attempt.vendorStatus())
                .put("deployment", attempt.deployment())
                .put("model_name", attempt.group())
                .put("provider", everything ? attempt.provider() : null)
                .put("account", everything ? attempt.account() : null)
                .put("model", everything ? attempt.model() : null)
                .put("zone", attempt.zone())
                .put("region", attempt.region());
        TokenUsage usage = attempt.usage();
        if (usage == null) {
            json.putNull("usage");
        } else {
            json.set("usage", UsageText.json(usage));
        }
        Json.put(json, "cost", attempt.cost());
        ObjectNode parts = json.putObject("cost_parts");
        new TreeMap<>(attempt.parts()).forEach((part, amount) -> Json.put(parts, part.id(), amount));
        json.put("price", everything ? attempt.price() : null)
                .put("estimated", attempt.estimated())
                .put("late", attempt.late());
        Json.time(json, "sent_at", attempt.sentAt());
        Json.time(json, "first_token_at", attempt.firstTokenAt());
        Json.time(json, "ended_at", attempt.endedAt());
        return json;
    }

    /** @param everything whether the vendors' names are told; else the {@code model} is the group */
    static ObjectNode litellm(LoggedRequest request, Whose whose, boolean everything) {
        LoggedAttempt shown = request.shown();
        String group = shown == null || shown.group() == null ? request.route() : shown.group();
        List<TokenUsage> usages = request.attempts().stream()
                .filter(LoggedAttempt::counts)
                .map(LoggedAttempt::usage)
                .filter(Objects::nonNull)
                .toList();
        long input = usages.stream().mapToLong(TokenUsage::input).sum();
        long output = usages.stream().mapToLong(TokenUsage::output).sum();
        ObjectNode json = Json.object()
                .put("request_id", request.id())
                .put("api_key", whose.hash(request.owner()))
                .put("model", shown == null ? "" : everything ? shown.model() : group)
                .put("model_group", group)
                .put("custom_llm_provider", shown == null || !everything ? "" : shown.provider())
                .put("spend", request.dollars())
                .put("total_tokens", input + output)
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("user", request.user() == null ? "" : request.user())
                .put("team_id", request.team())
                .put("status", request.status().equals("completed") ? "success" : "failure");
        Json.time(json, "startTime", request.acceptedAt());
        Json.time(json, "endTime", request.endedAt());
        json.set("request_tags", Json.texts(request.tags()));
        return json;
    }
}
