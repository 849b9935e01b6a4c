package dev.laneway.dialects.anthropic;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.ObjectEdit;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.neutral.SignatureMark;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a Messages body in place: the model; what policy demands; and thoughts without a signature of its own, which another vendor's
 * answer left in the history and Anthropic refuses, are taken out. On Vertex AI, whose path names the model, its version takes the place
 * of the model. Every other byte stays. One body.
 */
final class RequestSplicer {
    private final byte[] body;
    private final Target target;
    private final Splice splice;
    private final JsonCursor at = new JsonCursor();
    private final Set<String> notes = new LinkedHashSet<>();
    private final boolean vertex;

    RequestSplicer(byte[] body, Target target) {
        this.body = body;
        this.target = target;
        this.splice = new Splice(body);
        this.vertex = AnthropicMessagesOutbound.onVertex(target);
    }

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
            if (vertex && (at.keyIs("model") || at.keyIs("anthropic_version"))) {
                members.drop();
            } else if (dropped == null) {
                member();
                members.keep();
            } else {
                members.drop();
                notes.add("dropped " + dropped + ": by the operator's policy");
            }
        }
        if (vertex) {
            members.add("\"anthropic_version\":" + Splice.quoted(AnthropicMessagesOutbound.VERTEX_VERSION));
        }
        return at.lost() ? null : splice.apply();
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
        } else if (at.keyIs("max_tokens")) {
            var said = at.takeNumber();
            var cap = target.policy().maxTokens();
            if (cap != null && cap < said) {
                splice.replace(at.valueStart(), at.valueEnd(), cap.toString());
                notes.add("lowered max_tokens: by the operator's policy");
            }
        } else if (at.keyIs("messages") && at.enterArray()) {
            while (at.nextElement()) {
                message();
            }
        } else {
            at.skipValue();
        }
    }

    private void message() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            if (at.keyIs("content") && at.enterArray()) {
                blocks();
            } else {
                at.skipValue();
            }
        }
    }

    /** Takes unsigned thoughts out with the comma that follows; a last one stays, and with it the vendor's refusal. */
    private void blocks() {
        var from = -1;
        while (at.nextElement()) {
            if (from >= 0) {
                splice.remove(from, at.position());
                notes.add("dropped thinking: this vendor did not sign it");
            }
            var start = at.position();
            from = isUnsignedThought() ? start : -1;
        }
    }

    private boolean isUnsignedThought() {
        var thought = false;
        var signed = true;
        if (!at.enterObject()) {
            at.skipValue();
            return false;
        }
        while (at.nextMember()) {
            if (at.keyIs("type")) {
                thought = "thinking".equals(at.takeString());
            } else if (at.keyIs("signature")) {
                var signature = at.takeString();
                signed = signature != null
                        && !signature.isEmpty()
                        && !SignatureMark.isForeign(Dialect.ANTHROPIC_MESSAGES, signature);
            } else {
                at.skipValue();
            }
        }
        return thought && !signed;
    }
}
