package dev.laneway.dialects.openai;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.providers.Quirk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a Chat Completions body in place: the model; {@code stream_options.include_usage}, since the ledger needs it; what
 * policy demands; what the vendor's row says it can't take. Every other byte stays. One body.
 */
final class RequestSplicer {
    private final byte[] body;
    private final Target target;
    private final Splice splice;
    private final JsonCursor at = new JsonCursor();
    private final List<String> notes = new ArrayList<>();
    private final boolean asksUsage;
    private boolean usageAsked;
    private boolean limited;
    private boolean kept;
    private int lastEnd;

    RequestSplicer(byte[] body, Target target) {
        this.body = body;
        this.target = target;
        this.splice = new Splice(body);
        this.asksUsage = target.stream() && !has(Quirk.NO_STREAM_OPTIONS);
    }

    private boolean has(Quirk quirk) {
        return target.provider().quirks().contains(quirk);
    }

    /** What was changed beyond the model and the request for usage. */
    List<String> notes() {
        return notes;
    }

    /** @return null where the body is not a JSON object */
    byte @Nullable [] apply() {
        at.reset(body, 0, body.length);
        if (!at.enterObject()) {
            return null;
        }
        lastEnd = at.position();
        var more = at.nextMember();
        while (more) {
            var nameStart = at.keyStart();
            var previousEnd = lastEnd;
            var drop = dropped();
            if (drop != null) {
                at.skipValue();
                lastEnd = at.valueEnd();
                notes.add(drop);
                more = at.nextMember();
                remove(nameStart, previousEnd, more);
            } else {
                member();
                kept = true;
                lastEnd = at.position();
                more = at.nextMember();
            }
        }
        if (at.lost()) {
            return null;
        }
        append();
        return splice.apply();
    }

    private void remove(int nameStart, int previousEnd, boolean more) {
        if (kept) {
            splice.remove(previousEnd, lastEnd);
        } else {
            splice.remove(nameStart, more ? at.keyStart() : lastEnd);
        }
    }

    /** Why the current member is not sent; null where it is. */
    private @Nullable String dropped() {
        for (var name : target.policy().dropParams()) {
            if (at.keyIs(name)) {
                return "dropped " + name + ": by the operator's policy";
            }
        }
        if (limited && has(Quirk.MAX_TOKENS_ONLY) && (at.keyIs("max_tokens") || at.keyIs("max_completion_tokens"))) {
            return "dropped a second limit of tokens: the vendor takes one";
        }
        if (at.keyIs("stream_options") && has(Quirk.NO_STREAM_OPTIONS)) {
            return "dropped stream_options: the vendor does not take it";
        }
        if (at.keyIs("user") && has(Quirk.NO_USER)) {
            return "dropped user: the vendor does not take it";
        }
        return null;
    }

    private void member() {
        if (at.keyIs("model")) {
            at.skipValue();
            splice.replace(at.valueStart(), at.valueEnd(), Splice.quoted(target.model()));
        } else if (asksUsage && at.keyIs("stream_options")) {
            streamOptions();
        } else if (at.keyIs("max_tokens")) {
            limit(has(Quirk.MAX_TOKENS_ONLY));
        } else if (at.keyIs("max_completion_tokens")) {
            if (has(Quirk.MAX_TOKENS_ONLY) && at.kind() != 'n') {
                splice.replace(at.keyStart(), at.keyEnd(), "\"max_tokens\"");
            }
            limit(true);
        } else if (has(Quirk.NO_DEVELOPER_ROLE) && at.keyIs("messages") && at.enterArray()) {
            while (at.nextElement()) {
                message();
            }
        } else {
            at.skipValue();
        }
    }

    private void streamOptions() {
        usageAsked = true;
        var start = at.position();
        if (!at.enterObject()) {
            at.skipValue();
            splice.replace(start, at.valueEnd(), "{\"include_usage\":true}");
            return;
        }
        var inside = at.position();
        var found = false;
        var empty = true;
        while (at.nextMember()) {
            empty = false;
            var isUsage = at.keyIs("include_usage");
            at.skipValue();
            if (isUsage) {
                found = true;
                splice.replace(at.valueStart(), at.valueEnd(), "true");
            }
        }
        if (!found) {
            splice.insert(inside, empty ? "\"include_usage\":true" : "\"include_usage\":true,");
        }
    }

    /** @param fills whether an unsaid limit may be written here */
    private void limit(boolean fills) {
        var cap = target.policy().maxTokens();
        var isNull = at.kind() == 'n';
        at.skipValue();
        if (isNull) {
            if (cap != null && fills) {
                limited = true;
                splice.replace(at.valueStart(), at.valueEnd(), cap.toString());
            }
            return;
        }
        limited = true;
        if (cap != null && cap < number(at.valueStart(), at.valueEnd())) {
            splice.replace(at.valueStart(), at.valueEnd(), cap.toString());
            notes.add("lowered max_tokens: by the operator's policy");
        }
    }

    private double number(int from, int to) {
        try {
            return Double.parseDouble(new String(body, from, to - from, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    private void message() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            var isRole = at.keyIs("role");
            if (isRole && "developer".equals(at.takeString())) {
                splice.replace(at.valueStart(), at.valueEnd(), "\"system\"");
            } else if (!isRole) {
                at.skipValue();
            }
        }
    }

    private void append() {
        var cap = target.policy().maxTokens();
        if (asksUsage && !usageAsked) {
            add("\"stream_options\":{\"include_usage\":true}");
        }
        if (cap != null && !limited) {
            add((has(Quirk.MAX_TOKENS_ONLY) ? "\"max_tokens\":" : "\"max_completion_tokens\":") + cap);
        }
    }

    private void add(String member) {
        splice.insert(lastEnd, kept ? "," + member : member);
        kept = true;
    }
}
