package dev.laneway.dialects.ollama;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.ObjectEdit;
import dev.laneway.dialects.json.Splice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes a {@code ChatRequest} in place: the model, and what policy demands. Every other byte stays. One body. */
final class RequestSplicer {
    private final byte[] body;
    private final Target target;
    private final Splice splice;
    private final JsonCursor at = new JsonCursor();
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean limited;

    RequestSplicer(byte[] body, Target target) {
        this.body = body;
        this.target = target;
        this.splice = new Splice(body);
    }

    /** What was changed beyond the model. */
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
            if (dropped(members)) {
                continue;
            }
            if (at.keyIs("model")) {
                at.skipValue();
                splice.replace(at.valueStart(), at.valueEnd(), Splice.quoted(target.model()));
            } else if (at.keyIs("options")) {
                options();
            } else {
                at.skipValue();
            }
            members.keep();
        }
        if (at.lost()) {
            return null;
        }
        var cap = target.policy().maxTokens();
        if (cap != null && !limited) {
            members.add("\"options\":{\"num_predict\":" + cap + "}");
        }
        return splice.apply();
    }

    private boolean dropped(ObjectEdit members) {
        for (var name : target.policy().dropParams()) {
            if (at.keyIs(name)) {
                members.drop();
                notes.add("dropped " + name + ": by the operator's policy");
                return true;
            }
        }
        return false;
    }

    private void options() {
        var cap = target.policy().maxTokens();
        var start = at.position();
        if (!at.enterObject()) {
            at.skipValue();
            if (cap != null) {
                limited = true;
                splice.replace(start, at.valueEnd(), "{\"num_predict\":" + cap + "}");
            }
            return;
        }
        var members = new ObjectEdit(at, splice);
        while (members.next()) {
            if (dropped(members)) {
                continue;
            }
            if (cap != null && at.keyIs("num_predict")) {
                limit(cap);
            } else {
                at.skipValue();
            }
            members.keep();
        }
        if (cap != null && !limited) {
            limited = true;
            members.add("\"num_predict\":" + cap);
        }
    }

    /** Zero and less stand for no limit. */
    private void limit(int cap) {
        limited = true;
        var isNull = at.kind() == 'n';
        var said = at.takeNumber();
        if (isNull || !(said > 0)) {
            splice.replace(at.valueStart(), at.valueEnd(), Integer.toString(cap));
        } else if (said > cap) {
            splice.replace(at.valueStart(), at.valueEnd(), Integer.toString(cap));
            notes.add("lowered num_predict: by the operator's policy");
        }
    }
}
