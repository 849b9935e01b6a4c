package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.GoogleSignature;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code systemInstruction} and {@code contents}. Instructions go to the former, wherever they stood; messages of one side in a
 * row become one content. A signature of Google's stands before what it signed: it goes to the next call of a function, or, in a turn
 * without calls, to a text.
 */
final class ContentWriter {
    /** What Google documents for calls that no Gemini made, such as another vendor's. */
    static final String UNSIGNED = "skip_thought_signature_validator";

    private static final String SIGNATURE = "thoughtSignature";

    private final GeminiModel model;
    private final Losses losses;
    private final PartWriter parts;

    ContentWriter(GeminiModel model, boolean ids, Losses losses) {
        this.model = model;
        this.losses = losses;
        this.parts = new PartWriter(ids, losses);
    }

    void write(List<Message> messages, ObjectNode root) {
        var instructions = new ArrayList<Part>();
        var contents = Json.object().putArray("contents");
        for (var message : messages) {
            if (message.name() != null) {
                losses.dropped("messages.name", "Gemini has no such field");
            }
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> {
                    if (!contents.isEmpty()) {
                        losses.approximated("a system message after the first turn", "moved to the front");
                    }
                    instructions.addAll(message.parts());
                }
                case USER, TOOL -> turn("user", plain(message), contents);
                case ASSISTANT -> turn("model", answer(message), contents);
            }
        }
        if (contents.isEmpty()) {
            losses.approximated("the system message", "as the user's, since there is no other");
            turn("user", plain(new Message(Role.USER, instructions)), contents);
            instructions.clear();
        }
        if (contents.isEmpty()) {
            losses.refuse("The request has no message with content.");
        }
        var instruction = plain(new Message(Role.SYSTEM, instructions));
        if (!instruction.isEmpty()) {
            root.putObject("systemInstruction").set("parts", instruction);
        }
        root.set("contents", contents);
    }

    private static void turn(String role, ArrayNode parts, ArrayNode contents) {
        if (parts.isEmpty()) {
            return;
        }
        var last = contents.path(contents.size() - 1);
        if (last instanceof ObjectNode before && before.path("role").asText().equals(role)) {
            before.withArrayProperty("parts").addAll(parts);
        } else {
            contents.addObject().put("role", role).set("parts", parts);
        }
    }

    private ArrayNode plain(Message message) {
        var written = Json.object().putArray("parts");
        message.parts().forEach(part -> parts.write(part, written));
        return written;
    }

    private ArrayNode answer(Message message) {
        var written = Json.object().putArray("parts");
        var calls = message.parts().stream().anyMatch(Part.ToolUse.class::isInstance);
        String pending = null;
        var called = false;
        for (var part : message.parts()) {
            var signature = part instanceof Part.Thinking(var _, var signed) ? GoogleSignature.bare(signed) : null;
            if (signature != null) {
                pending = signature;
                continue;
            }
            var before = written.size();
            parts.write(part, written);
            var last = written.path(written.size() - 1);
            if (written.size() == before || !(last instanceof ObjectNode signable)) {
                continue;
            }
            if (part instanceof Part.ToolUse) {
                sign(signable, pending == null && !called && model.demandsSignatures() ? UNSIGNED : pending);
                called = true;
                pending = null;
            } else if (!calls) {
                sign(signable, pending);
                pending = null;
            }
        }
        if (pending != null && written.path(written.size() - 1) instanceof ObjectNode last && !last.has(SIGNATURE)) {
            sign(last, pending);
        }
        return written;
    }

    private static void sign(ObjectNode part, @Nullable String signature) {
        if (signature != null && !part.has(SIGNATURE)) {
            part.put(SIGNATURE, signature);
        }
    }
}
