package dev.laneway.standalone.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.standalone.client.ApiClient;
import java.time.Instant;

/** A key of the API as a line. */
final class KeyText {
    private KeyText() {}

    static String line(JsonNode key) {
        return String.join(
                "  ",
                key.path("id").asText(),
                state(key),
                "..." + ApiClient.said(key, "hint"),
                "alias=" + ApiClient.said(key, "alias"),
                "team=" + ApiClient.said(key, "team"),
                "user=" + ApiClient.said(key, "user"),
                "expires=" + ApiClient.said(key, "expires_at"));
    }

    /** Of an answer that shows a secret, nothing else. */
    static String secret(JsonNode made) {
        return made.path("key").asText();
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
}
