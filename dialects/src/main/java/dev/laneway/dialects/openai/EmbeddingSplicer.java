package dev.laneway.dialects.openai;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.ObjectEdit;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.providers.Quirk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes a body for {@code /embeddings} in place: the model, and what the vendor does not take. One body. */
final class EmbeddingSplicer {
    private final byte[] body;
    private final Target target;
    private final Splice splice;
    private final JsonCursor at = new JsonCursor();
    private final List<String> notes = new ArrayList<>();

    EmbeddingSplicer(byte[] body, Target target) {
        this.body = body;
        this.target = target;
        this.splice = new Splice(body);
    }

    /** What was changed beyond the model and how the vendor writes numbers. */
    List<String> notes() {
        return notes;
    }

    /** @return null where the body is not a JSON object */
    byte @Nullable [] apply() {
        at.reset(body, 0, body.length);
        if (!at.enterObject()) {
            return null;
        }
        var members = new ObjectEdit(at, splice);
        var modelSeen = false;
        while (members.next()) {
            if (isDropped()) {
                members.drop();
            } else {
                var isModel = at.keyIs("model");
                at.skipValue();
                modelSeen |= isModel;
                if (isModel) {
                    splice.replace(at.valueStart(), at.valueEnd(), Splice.quoted(target.model()));
                }
                members.keep();
            }
        }
        if (!modelSeen) {
            members.add("\"model\":" + Splice.quoted(target.model()));
        }
        return at.lost() ? null : splice.apply();
    }

    private boolean isDropped() {
        for (var name : target.policy().dropParams()) {
            if (at.keyIs(name)) {
                notes.add("dropped " + name + ": by the operator's policy");
                return true;
            }
        }
        var quirks = target.provider().quirks();
        if (at.keyIs("user") && quirks.contains(Quirk.NO_USER)) {
            notes.add("dropped user: the vendor does not take it");
            return true;
        }
        return at.keyIs("encoding_format") && !quirks.contains(Quirk.BASE64_EMBEDDINGS);
    }
}
