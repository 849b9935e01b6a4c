package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.reply.ReplyStream;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.SecretText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an attempt's envelope and config say to the dialects, and the vendor's head to the client. */
final class AnswerHead {
    /** As OpenAI names them; clients of other dialects get them too. */
    private static final List<String> RATE_LIMITS = List.of(
            "x-ratelimit-limit-requests",
            "x-ratelimit-limit-tokens",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-requests",
            "x-ratelimit-reset-tokens");

    private static final String NOTES = "x-laneway-dropped";
    private static final int LONGEST_NOTE = 1_000;

    private AnswerHead() {}

    /** The call that the attempt becomes. */
    static Exchange exchange(Exchanges exchanges, Assignment assignment, byte[] body) {
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
                policy(request, assignment.maxTokens()));
        RenderContext context = new RenderContext(
                request.id(), request.route(), request.acceptedAt() / 1_000, request.stream(), request.includeUsage());
        return exchanges.open(request.dialect(), body, target, context);
    }

    /** The frames of a vendor's good answer. */
    static ReplyStream stream(
            Desk desk,
            Assignment assignment,
            HeaderLookup headers,
            List<String> notes,
            Runnable onAcknowledged,
            Runnable onBroken) {
        Attempt attempt = assignment.attempt();
        Request request = attempt.request();
        ReplyAddress reply = request.reply();
        if (reply == null) {
            throw new IllegalStateException("an answer that nobody waits for");
        }
        Reply.Head head = new Reply.Head(
                assignment.deployment().id(),
                assignment.deployment().zone(),
                attempt.plan().attempts(),
                attempt.fallbacks(),
                request.stream() ? "text/event-stream" : "application/json",
                passedOn(headers, notes));
        return new ReplyStream(
                desk.context(), desk.outbox(), reply, request.id(), attempt.id(), head, onAcknowledged, onBroken);
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

    private static Map<String, String> passedOn(HeaderLookup headers, List<String> notes) {
        Map<String, String> passed = null;
        for (String name : RATE_LIMITS) {
            String value = headers.get(name);
            if (value != null) {
                passed = with(passed, name, value);
            }
        }
        if (!notes.isEmpty()) {
            String all = String.join("; ", notes);
            passed = with(passed, NOTES, all.substring(0, Math.min(LONGEST_NOTE, all.length())));
        }
        return passed == null ? Map.of() : passed;
    }

    private static Map<String, String> with(@Nullable Map<String, String> headers, String name, String value) {
        Map<String, String> map = headers == null ? new HashMap<>() : headers;
        map.put(name, value);
        return map;
    }
}
