package dev.laneway.ingress.requests;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.ingress.call.AnswerText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a client is told of its request. */
final class RequestJson {
    private RequestJson() {}

    static boolean completed(Past past) {
        Fact.Terminal terminal = past.end() == null ? null : past.end().terminal();
        return terminal != null && terminal.status() == Status.COMPLETED;
    }

    /**
     * Tells it.
     *
     * @param everything whether the caller may know the operator's names of deployments
     * @param text the answer; null where there is none, or it can't be read just now
     */
    static JsonObject of(Past past, boolean everything, @Nullable AnswerText text) {
        Fact.Subject subject = past.subject();
        Fact end = past.end();
        Fact.Terminal terminal = end == null ? null : end.terminal();
        JsonObject json = new JsonObject()
                .put("object", "request")
                .put("id", subject.id())
                // a synchronous request is planned at once
                .put(
                        "status",
                        terminal == null ? "in_progress" : terminal.status().id())
                .put("route", subject.route())
                .put("lane", subject.lane())
                .put("zone", subject.zone().id())
                .put("accepted_at", time(subject.acceptedAt()));
        JsonArray attempts = new JsonArray();
        past.attempts().forEach(made -> attempts.add(attempt(made, everything)));
        if (end != null && terminal != null) {
            json.put("ended_at", time(end.endedAt()))
                    .put("http_status", terminal.httpStatus())
                    .put("fallbacks", terminal.fallbacks());
        }
        json.put("attempts", attempts);
        if (terminal != null && terminal.failure() != null) {
            json.put("failure", terminal.failure().id());
        }
        if (completed(past)) {
            json.put("answer", answer(subject.id(), text));
        }
        return json;
    }

    private static JsonObject answer(String id, @Nullable AnswerText text) {
        JsonObject json = new JsonObject();
        if (text != null && text.gone()) {
            return json.put("gone", true);
        }
        json.put("url", "/v1/requests/" + id + "/answer");
        if (text != null) {
            json.put("content_type", text.contentType());
            if (text.body() != null) {
                json.put("body", text.body());
            }
        }
        return json;
    }

    private static JsonObject attempt(Fact.Attempted made, boolean everything) {
        JsonObject json = new JsonObject().put("id", made.attempt()).put("deployment", made.deployment());
        if (everything) {
            json.put("group", made.group()).put("provider", made.provider()).put("model", made.model());
        }
        json.put("zone", made.zone().id()).put("outcome", made.outcome().id());
        if (made.failure() != null) {
            json.put("failure", made.failure().id());
        }
        if (made.vendorStatus() != 0) {
            json.put("vendor_status", made.vendorStatus());
        }
        TokenUsage usage = made.usage();
        if (usage != null) {
            json.put("input_tokens", usage.input()).put("output_tokens", usage.output());
        }
        return json.put("sent_at", time(made.sentAt()))
                .put("first_token_at", time(made.firstTokenAt()))
                .put("ended_at", time(made.endedAt()));
    }

    private static @Nullable String time(long epochMillis) {
        return epochMillis == 0 ? null : Instant.ofEpochMilli(epochMillis).toString();
    }
}
