package dev.laneway.dialects.openai;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.ObjectEdit;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.providers.Quirk;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a Chat Completions body in place: the model, which an address may have named instead; {@code stream_options.include_usage}, since the ledger needs it; what
 * policy demands; what the vendor's row says it can't take. Every other byte stays. One body.
 */
final class RequestSplicer {
    /** What other vendors' answers and habits leave in messages, parts, calls and tools. */
    private static final String[] STRAY = {"reasoning_content", "thinking_blocks", "cache_control", GoogleExtra.FIELD};

    private static final int PARTS = 2;

    private final boolean legacy;
    private final byte[] body;
    private final Target target;
    private final Splice splice;
    private final JsonCursor at = new JsonCursor();
    private final Set<String> notes = new LinkedHashSet<>();
    private final boolean asksUsage;
    private final boolean inside;
    private boolean usageAsked;
    private boolean limited;
    private boolean modelSeen;

    RequestSplicer(byte[] body, Target target) {
        this(body, target, false);
    }

    /** @param legacy whether it is a body for {@code /completions}, which know {@code max_tokens} only */
    RequestSplicer(byte[] body, Target target, boolean legacy) {
        this.legacy = legacy;
        this.body = body;
        this.target = target;
        this.splice = new Splice(body);
        this.inside = has(Quirk.STRICT_MESSAGES) || has(Quirk.NO_DEVELOPER_ROLE) || has(Quirk.NINE_LETTER_CALL_IDS);
        this.asksUsage = target.stream() && !has(Quirk.NO_STREAM_OPTIONS);
    }

    private boolean has(Quirk quirk) {
        return (legacy && quirk == Quirk.MAX_TOKENS_ONLY)
                || target.provider().quirks().contains(quirk);
    }

    /** What was changed beyond the model and the request for usage. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** @return null where the body is not a JSON object */
    byte @Nullable [] apply() {
        at.reset(body, 0, body.length);
        if (!at.enterObject()) {
            return null;
        }
        var members = new ObjectEdit(at, splice);
        while (members.next()) {
            var reason = dropped();
            if (reason == null) {
                member();
                members.keep();
            } else {
                members.drop();
                notes.add(reason);
            }
        }
        if (at.lost()) {
            return null;
        }
        append(members);
        return splice.apply();
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
            modelSeen = true;
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
        } else if (inside && (at.keyIs("messages") || at.keyIs("tools"))) {
            clean(PARTS);
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
        var said = at.takeNumber();
        if (isNull) {
            if (cap != null && fills) {
                limited = true;
                splice.replace(at.valueStart(), at.valueEnd(), cap.toString());
            }
            return;
        }
        limited = true;
        if (cap != null && cap < said) {
            splice.replace(at.valueStart(), at.valueEnd(), cap.toString());
            notes.add("lowered max_tokens: by the operator's policy");
        }
    }

    /** Cleans messages and their parts, or tools and their functions: so many levels of objects, and arrays of them. */
    private void clean(int levels) {
        if (at.enterArray()) {
            while (at.nextElement()) {
                clean(levels);
            }
        } else if (levels > 0 && at.enterObject()) {
            var members = new ObjectEdit(at, splice);
            while (members.next()) {
                var stray = stray();
                if (stray == null) {
                    inner(levels);
                    members.keep();
                } else {
                    members.drop();
                    notes.add("dropped " + stray + ": the vendor does not take it");
                }
            }
        } else {
            at.skipValue();
        }
    }

    /** The name of the current member, if the vendor would refuse the request for it. */
    private @Nullable String stray() {
        if (has(Quirk.STRICT_MESSAGES)) {
            for (var name : STRAY) {
                if (at.keyIs(name)) {
                    return name;
                }
            }
        }
        return null;
    }

    private void inner(int levels) {
        var shortens = has(Quirk.NINE_LETTER_CALL_IDS);
        if (at.keyIs("content") || at.keyIs("function") || at.keyIs("tool_calls")) {
            clean(levels - 1);
        } else if (shortens && at.keyIs(levels == PARTS ? "tool_call_id" : "id")) {
            callId();
        } else if (at.keyIs("role") && has(Quirk.NO_DEVELOPER_ROLE)) {
            if ("developer".equals(at.takeString())) {
                splice.replace(at.valueStart(), at.valueEnd(), "\"system\"");
            }
        } else {
            at.skipValue();
        }
    }

    private void callId() {
        var id = at.takeString();
        if (id != null && !CallIds.nine(id).equals(id)) {
            splice.replace(at.valueStart(), at.valueEnd(), Splice.quoted(CallIds.nine(id)));
            notes.add("approximated ids of calls: the vendor takes nine letters and digits");
        }
    }

    private void append(ObjectEdit members) {
        if (!modelSeen) {
            members.add("\"model\":" + Splice.quoted(target.model()));
        }
        var cap = target.policy().maxTokens();
        if (asksUsage && !usageAsked) {
            members.add("\"stream_options\":{\"include_usage\":true}");
        }
        if (cap != null && !limited) {
            members.add((has(Quirk.MAX_TOKENS_ONLY) ? "\"max_tokens\":" : "\"max_completion_tokens\":") + cap);
        }
    }
}
