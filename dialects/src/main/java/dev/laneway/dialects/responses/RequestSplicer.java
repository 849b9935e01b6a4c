package dev.laneway.dialects.responses;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.ObjectEdit;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.openai.Models;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a Responses body in place: the model; {@code store}, which is the gateway's; ids of items, which get the form back that
 * the vendor gave them; reasoning that is another vendor's, which this one would refuse; that a model which reasons gives its
 * reasoning back encrypted, since it keeps none; what policy demands. Every other byte stays.
 * One body.
 */
final class RequestSplicer {
    private static final String THOUGHTS = "reasoning.encrypted_content";

    private final byte[] body;
    private final Target target;
    private final Splice splice;
    private final JsonCursor at = new JsonCursor();
    private final Set<String> notes = new LinkedHashSet<>();
    private final boolean asksThoughts;
    private boolean thoughtsAsked;
    private boolean stored;
    private boolean limited;

    RequestSplicer(byte[] body, Target target) {
        this.body = body;
        this.target = target;
        this.splice = new Splice(body);
        this.asksThoughts = Models.reason(target.model());
    }

    /** What was changed beyond the model and what is the gateway's own. */
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
            var dropped = dropped();
            if (dropped != null) {
                members.drop();
                notes.add("dropped " + dropped + ": by the operator's policy");
            } else if (at.keyIs("previous_response_id") || at.keyIs("background")) {
                members.drop();
            } else {
                member();
                members.keep();
            }
        }
        if (at.lost()) {
            return null;
        }
        append(members);
        return splice.apply();
    }

    private @Nullable String dropped() {
        for (var name : target.policy().dropParams()) {
            if (at.keyIs(name)) {
                return name;
            }
        }
        return null;
    }

    private void member() {
        if (at.keyIs("model")) {
            at.skipValue();
            splice.replace(at.valueStart(), at.valueEnd(), Splice.quoted(target.model()));
        } else if (at.keyIs("store")) {
            at.skipValue();
            stored = true;
            splice.replace(at.valueStart(), at.valueEnd(), "false");
        } else if (asksThoughts && at.keyIs("include") && at.kind() == '[') {
            include();
        } else if (at.keyIs("max_output_tokens")) {
            limit();
        } else if (at.keyIs("input") && at.kind() == '[') {
            input();
        } else {
            at.skipValue();
        }
    }

    private void include() {
        at.enterArray();
        var inside = at.position();
        var empty = true;
        while (at.nextElement()) {
            empty = false;
            thoughtsAsked |= THOUGHTS.equals(at.takeString());
        }
        if (!thoughtsAsked) {
            thoughtsAsked = true;
            splice.insert(inside, Splice.quoted(THOUGHTS) + (empty ? "" : ","));
        }
    }

    private void limit() {
        var cap = target.policy().maxTokens();
        var isNull = at.kind() == 'n';
        var said = at.takeNumber();
        if (isNull && cap == null) {
            return;
        }
        limited = true;
        if (cap != null && (isNull || cap < said)) {
            splice.replace(at.valueStart(), at.valueEnd(), cap.toString());
            if (!isNull) {
                notes.add("lowered max_output_tokens: by the operator's policy");
            }
        }
    }

    /** Items are taken out with the comma that follows, or, behind the last one that is kept, with the comma before. */
    private void input() {
        at.enterArray();
        var keptEnd = -1;
        var dropFrom = -1;
        while (at.nextElement()) {
            var start = at.position();
            if (dropFrom >= 0 && keptEnd < 0) {
                splice.remove(dropFrom, start);
                dropFrom = -1;
            }
            var end = endOf(start);
            if (isForeignThought(start, end)) {
                notes.add("dropped reasoning: only its own vendor can read it");
                if (keptEnd >= 0) {
                    splice.remove(keptEnd, end);
                    keptEnd = end;
                } else {
                    dropFrom = start;
                }
            } else {
                id(start, end);
                keptEnd = end;
            }
        }
        if (dropFrom >= 0) {
            splice.remove(dropFrom, at.valueEnd());
        }
    }

    private int endOf(int start) {
        at.skipValue();
        return start + (at.valueEnd() - at.valueStart());
    }

    /** Reasoning that this vendor did not encrypt: it stores nothing, and so could not know it. */
    private boolean isForeignThought(int start, int end) {
        var inner = new JsonCursor().reset(body, start, end);
        var reasoning = false;
        var own = false;
        if (!inner.enterObject()) {
            return false;
        }
        while (inner.nextMember()) {
            if (inner.keyIs("type")) {
                reasoning = "reasoning".equals(inner.takeString());
            } else if (inner.keyIs("encrypted_content")) {
                var encrypted = inner.takeString();
                own = encrypted != null && !encrypted.isEmpty() && !SealedThought.is(encrypted);
            } else {
                inner.skipValue();
            }
        }
        return reasoning && !own;
    }

    private void id(int start, int end) {
        var inner = new JsonCursor().reset(body, start, end);
        if (!inner.enterObject()) {
            return;
        }
        while (inner.nextMember()) {
            if (inner.keyIs("id")) {
                var id = inner.takeString();
                if (id != null && !ItemIds.vendors(id).equals(id)) {
                    splice.replace(inner.valueStart(), inner.valueEnd(), Splice.quoted(ItemIds.vendors(id)));
                }
            } else {
                inner.skipValue();
            }
        }
    }

    private void append(ObjectEdit members) {
        var cap = target.policy().maxTokens();
        if (!stored) {
            members.add("\"store\":false");
        }
        if (asksThoughts && !thoughtsAsked) {
            members.add("\"include\":[" + Splice.quoted(THOUGHTS) + "]");
        }
        if (cap != null && !limited) {
            members.add("\"max_output_tokens\":" + cap);
        }
    }
}
