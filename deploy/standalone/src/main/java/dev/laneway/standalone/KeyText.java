package dev.laneway.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A key of the API as a line. */
final class KeyText {
    private KeyText() {}

    static String line(JsonNode key) {
        return String.join(
                "  ",
                key.path("id").asText(),
                state(key),
                "..." + word(key, "hint"),
                "alias=" + word(key, "alias"),
                "team=" + word(key, "team"),
                "user=" + word(key, "user"),
                "expires=" + word(key, "expires_at"));
    }

    static String state(JsonNode key) {
        if (key.path("deleted").asBoolean()) {
            return "deleted";
        }
        if (key.path("blocked").asBoolean()) {
            return "blocked";
        }
        boolean expired = key.hasNonNull("expires_at")
                && Instant.parse(key.get("expires_at").asText()).isBefore(Instant.now());
        return expired ? "expired" : "active";
    }

    private static String word(JsonNode key, String name) {
        return key.hasNonNull(name) ? key.get(name).asText() : "-";
    }
}
