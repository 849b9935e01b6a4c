package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.provider.reply.ReplyStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a vendor's head means for the client. */
final class AnswerHead {
    /** As OpenAI names them; clients of other dialects get them too. */
    private static final List<String> RATE_LIMITS = List.of(
            "x-ratelimit-limit-requests",
            "x-ratelimit-limit-tokens",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-requests",
            "x-ratelimit-reset-tokens");

    private static final String COST = "x-litellm-response-cost";
    private static final String NOTES = "x-laneway-dropped";
    private static final int LONGEST_NOTE = 1_000;

    private AnswerHead() {}

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
                assignment.deployment().zone(request.route()),
                attempt.plan().attempts(),
                attempt.fallbacks(),
                Dialects.caller(request.dialect()).contentType(request.stream()),
                passedOn(headers, notes));
        return new ReplyStream(
                        desk.context(),
                        desk.outbox(),
                        reply,
                        request.id(),
                        attempt.id(),
                        head,
                        onAcknowledged,
                        onBroken)
                .continuing(attempt.continues());
    }

    /** Says what the answer cost, where anybody knows; to be called before any of it is published. */
    static void cost(ReplyStream frames, Charge charge) {
        if (charge.price() != null) {
            frames.header(COST, charge.cost().dollars().toPlainString());
        }
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
