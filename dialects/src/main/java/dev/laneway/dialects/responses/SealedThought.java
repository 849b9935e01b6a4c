package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.Part;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A proven thought of a vendor of another dialect in a reasoning item's {@code encrypted_content}, which clients keep and send back as
 * it is: {@code lw1.} and base64url of a JSON object with the text {@code t} and its signature {@code s}, or with redacted data {@code
 * r}. It is encoded, not encrypted: it holds nothing that its client was not given. Vendors of this dialect never see one.
 */
final class SealedThought {
    static final String START = "lw1.";

    private SealedThought() {}

    static String of(String text, String signature) {
        return seal(Json.object().put("t", text).put("s", signature));
    }

    static String redacted(String data) {
        return seal(Json.object().put("r", data));
    }

    private static String seal(ObjectNode json) {
        return START + Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
    }

    static boolean is(String encrypted) {
        return encrypted.startsWith(START);
    }

    /** The thought, or null where it is not whole. */
    static @Nullable Part open(String encrypted) {
        try {
            var bytes = Base64.getUrlDecoder().decode(encrypted.substring(START.length()));
            var json = Json.object(new String(bytes, StandardCharsets.UTF_8));
            if (json == null) {
                return null;
            }
            var data = json.path("r").textValue();
            return data != null
                    ? new Part.RedactedThinking(data)
                    : new Part.Thinking(
                            json.path("t").asText(""), json.path("s").textValue());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
