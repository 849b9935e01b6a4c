package dev.laneway.dialects.gemini;

import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ToolInput;
import org.jspecify.annotations.Nullable;

/** Parts of an answer, as text. A signature is a neutral one, or null. */
final class PartText {
    private PartText() {}

    static void text(String text, @Nullable String signature, ByteText to) {
        signed(to.ascii("{\"text\":").quoted(text), signature);
    }

    static void thought(String text, @Nullable String signature, ByteText to) {
        signed(to.ascii("{\"text\":").quoted(text).ascii(",\"thought\":true"), signature);
    }

    static void call(String id, String name, String arguments, @Nullable String signature, ByteText to) {
        to.ascii("{\"functionCall\":{\"id\":").quoted(id).ascii(",\"name\":").quoted(name);
        to.ascii(",\"args\":").raw(Json.bytes(ToolInput.of(arguments))).ascii("}");
        signed(to, signature);
    }

    private static void signed(ByteText to, @Nullable String signature) {
        if (signature != null) {
            to.ascii(",\"thoughtSignature\":").quoted(ForeignSignature.written(signature));
        }
        to.ascii("}");
    }
}
