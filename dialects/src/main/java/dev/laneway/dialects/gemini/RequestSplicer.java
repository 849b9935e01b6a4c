package dev.laneway.dialects.gemini;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.ObjectEdit;
import dev.laneway.dialects.json.Splice;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a Gemini body in place: what policy demands; and signatures of other vendors in the history, which Google refuses, are taken
 * out. A model that demands a signature with the first call of a turn, and finds none there, since another vendor made the call, is told
 * so as Google documents it. Every other byte stays. One body.
 */
final class RequestSplicer {
    private static final byte[] FOREIGN = ('"' + ForeignSignature.PREFIX).getBytes(StandardCharsets.US_ASCII);
    private static final String[] LIMIT = {"maxOutputTokens", "max_output_tokens"};

    private final byte[] body;
    private final Target target;
    private final boolean signs;
    private final Splice splice;
    private final JsonCursor at = new JsonCursor();
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean limited;

    RequestSplicer(byte[] body, Target target) {
        this.body = body;
        this.target = target;
        this.signs = GeminiModel.of(target.model()).demandsSignatures();
        this.splice = new Splice(body);
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
            if (dropped()) {
                members.drop();
            } else {
                member();
                members.keep();
            }
        }
        if (at.lost()) {
            return null;
        }
        var cap = target.policy().maxTokens();
        if (cap != null && !limited) {
            members.add("\"generationConfig\":{\"maxOutputTokens\":" + cap + "}");
        }
        return splice.apply();
    }

    private boolean dropped() {
        for (var name : target.policy().dropParams()) {
            if (at.keyIs(name) || at.keyIs(Spelling.camel(name))) {
                notes.add("dropped " + name + ": by the operator's policy");
                return true;
            }
        }
        return false;
    }

    private boolean keyIs(String[] spellings) {
        return at.keyIs(spellings[0]) || at.keyIs(spellings[1]);
    }

    private void member() {
        if (at.keyIs("model")) {
            at.skipValue();
            splice.replace(at.valueStart(), at.valueEnd(), Splice.quoted("models/" + target.model()));
        } else if (at.keyIs("generationConfig") || at.keyIs("generation_config")) {
            config();
        } else if (at.keyIs("contents")) {
            each(this::content);
        } else {
            at.skipValue();
        }
    }

    private void config() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        var cap = target.policy().maxTokens();
        var members = new ObjectEdit(at, splice);
        while (members.next()) {
            if (dropped()) {
                members.drop();
                continue;
            }
            var isLimit = keyIs(LIMIT);
            at.skipValue();
            if (isLimit) {
                limited = true;
                limit();
            }
            members.keep();
        }
        if (cap != null && !limited) {
            limited = true;
            members.add("\"maxOutputTokens\":" + cap);
        }
    }

    /** The limit that the cursor has passed over: a number, possibly in quotes. */
    private void limit() {
        var cap = target.policy().maxTokens();
        var text = new String(body, at.valueStart(), at.valueEnd() - at.valueStart(), StandardCharsets.UTF_8)
                .replace("\"", "");
        if (cap != null && !(text.matches("\\d{1,18}") && Long.parseLong(text) <= cap)) {
            splice.replace(at.valueStart(), at.valueEnd(), cap.toString());
            notes.add("lowered maxOutputTokens: by the operator's policy");
        }
    }

    private void each(Runnable element) {
        if (!at.enterArray()) {
            element.run();
            return;
        }
        while (at.nextElement()) {
            element.run();
        }
    }

    private void content() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            if (at.keyIs("parts")) {
                var called = new boolean[1];
                each(() -> part(called));
            } else {
                at.skipValue();
            }
        }
    }

    /** @param called whether the content had a call before; set where this is one */
    private void part(boolean[] called) {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        var signed = false;
        var call = false;
        var members = new ObjectEdit(at, splice);
        while (members.next()) {
            var signature = at.keyIs("thoughtSignature") || at.keyIs("thought_signature");
            if (signature && isForeign()) {
                members.drop();
                notes.add("dropped a thought's signature: another vendor's");
                continue;
            }
            signed |= signature;
            call |= at.keyIs("functionCall") || at.keyIs("function_call");
            at.skipValue();
            members.keep();
        }
        if (call && !called[0]) {
            called[0] = true;
            if (!signed && signs) {
                members.add("\"thoughtSignature\":\"" + ContentWriter.UNSIGNED + "\"");
                notes.add("approximated a thought's signature: the call came without one");
            }
        }
    }

    private boolean isForeign() {
        var from = at.position();
        if (from + FOREIGN.length > body.length) {
            return false;
        }
        for (var i = 0; i < FOREIGN.length; i++) {
            if (body[from + i] != FOREIGN[i]) {
                return false;
            }
        }
        return true;
    }
}
