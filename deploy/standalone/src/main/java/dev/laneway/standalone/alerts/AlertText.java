package dev.laneway.standalone.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.standalone.client.ApiClient;

/** Alerts and silences as lines. */
final class AlertText {
    private AlertText() {}

    static String alert(JsonNode alert) {
        String by = alert.path("silenced_by").asText("");
        String told = !alert.path("silenced").asBoolean()
                ? "told"
                : by.isEmpty() || by.equals("null") ? "silenced" : "silenced by " + by;
        return String.join(
                "  ",
                alert.path("raised_at").asText(),
                alert.path("kind").asText(),
                alert.path("subject").asText(),
                told,
                alert.path("title").asText());
    }

    static String silence(JsonNode silence) {
        return String.join(
                "  ",
                silence.path("id").asText(),
                silence.path("state").asText(),
                "kind=" + ApiClient.said(silence, "kind"),
                "subject=" + ApiClient.said(silence, "subject"),
                "from=" + ApiClient.said(silence, "from"),
                "until=" + ApiClient.said(silence, "until"),
                "by=" + ApiClient.said(silence, "by"),
                "reason=" + ApiClient.said(silence, "reason"));
    }
}
